import { expect, test } from 'vitest';
import { ReferenceFailure } from '../../errors.js';
import { judgeHello } from './hello.js';
import { PEER_FORMAT, type WireHello } from './peer-wire.js';

const expected = { cluster: 'c', nodes: ['om1', 'om3'], at: '127.0.0.1:1' };
const good: WireHello = { cluster: 'c', node: 'om3', format: PEER_FORMAT };

test('the right node is let in and named', () => {
  expect(judgeHello(good, expected)).toBe('om3');
});

test.each<[string, WireHello | undefined, string, string]>([
  ['another cluster', { ...good, cluster: 'd' }, 'PEER_REFUSED', 'cluster "d"'],
  ['another node', { ...good, node: 'om2' }, 'PEER_REFUSED', 'node "om2", expected was om1 or om3'],
  ['no node', { ...good, node: '' }, 'PEER_REFUSED', 'node ""'],
  ['another format', { ...good, format: 9 }, 'PEER_REFUSED', 'format 9'],
  ['no format', { cluster: 'c', node: 'om3' }, 'PEER_REFUSED', 'format 0'],
  ['no hello', undefined, 'PEER_PROTOCOL', 'did not begin with a hello'],
  ['a name of many lines', { ...good, node: `x\n${'y'.repeat(500)}` }, 'PEER_REFUSED', 'x\\ny'],
])('%s is refused, saying what was found and where', (_, hello, code, text) => {
  let caught: unknown;
  try {
    judgeHello(hello, expected);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ReferenceFailure);
  const failure = caught as ReferenceFailure;
  expect(failure.code).toBe(code);
  expect(failure.found).toContain(text);
  expect(failure.found).toContain('127.0.0.1:1');
  expect(failure.found).not.toContain('\n');
  expect(failure.found.length).toBeLessThan(250);
});
