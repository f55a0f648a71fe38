import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../failure.js';
import type { History, HistoryCall } from './call.js';
import { historyJsonSchema, historyText, readHistory } from './file.js';

const call = (process: number, beganUs: number, endedUs: number, more: Partial<HistoryCall> = {}): HistoryCall => ({
  process,
  client: process,
  node: 'om1',
  beganUs,
  endedUs,
  operation: { kind: 'read-key', volume: 'v', bucket: 'b', key: 'k' },
  outcome: { kind: 'answered', status: 'OK', shown: { content: '1-1' } },
  ...more,
});
const place = { volume: 'v', bucket: 'b', key: 'k' };
const commit = (content: string) => ({ operation: { kind: 'commit-key', ...place, content } as const });
const unknown = { outcome: { kind: 'unknown', why: 'deadline' } as const };
const header = {
  seed: 's',
  target: 'Ozone 2.2.0',
  kit: '0.1.0',
  clients: 2,
  initial: { volumes: [{ name: 'v', owner: 'ann', buckets: ['b'] }] },
};

function history(...calls: HistoryCall[]): History {
  return { header, calls };
}

const good = history(
  call(1, 0, 5, commit('1-1')),
  call(2, 3, 9, { operation: { kind: 'list-keys', volume: 'v', bucket: 'b', prefix: 'a', count: 2 } }),
  call(1, 6, 2 ** 52, unknown),
  call(3, 2 ** 52, 2 ** 53 - 1),
);

function lines(of: History = good): string[] {
  return historyText(of).trimEnd().split('\n');
}

/** What is said of a file with these lines. */
function complaint(content: string): string {
  try {
    readHistory(content, 'h.jsonl');
  } catch (error) {
    if (error instanceof UsageError && error.code === 'HISTORY_DAMAGED') return error.message;
    throw error;
  }
  return 'nothing';
}

describe('a saved history', () => {
  it('is read as it was written', () => {
    expect(readHistory(historyText(good), 'h.jsonl')).toEqual(good);
  });
  it('has 64-bit numbers as decimal strings', () => {
    expect(lines()[4]).toContain(`"beganUs":"${2 ** 52}","endedUs":"${2 ** 53 - 1}"`);
  });
  it.each<[string, string, string]>([
    ['is empty', '', 'h.jsonl: it is empty'],
    ['is cut in a line', historyText(good).slice(0, -3), 'h.jsonl: its last line is cut short'],
    ['is cut between lines', `${lines().slice(0, -1).join('\n')}\n`, 'line 5 is not the number of calls'],
    ['lacks a call', `${lines().toSpliced(2, 1).join('\n')}\n`, 'its last line says 4 calls, and there are 3'],
    ['begins with a call', `${lines().slice(1).join('\n')}\n`, 'line 1 is not the header of a history: format:'],
    ['is of a later version', historyText(good).replace('"version":1', '"version":2'), 'line 1 is not the header'],
    ['holds no JSON', `${lines().toSpliced(2, 1, '{').join('\n')}\n`, 'line 3 is not a call:'],
    [
      'says more than calls have',
      historyText(good).replace('"process":2', '"process":2,"x":1'),
      'line 3 is not a call: the line: Unrecognized key: "x"',
    ],
    [
      'names no known operation',
      historyText(good).replace('list-keys', 'list-all'),
      'line 3 is not a call: operation.kind:',
    ],
    ['has a negative time', historyText(good).replace('"3"', '"-3"'), 'line 3 is not a call: beganUs: microseconds'],
  ])('that %s is refused by one message', (_, content, message) => {
    expect(complaint(content)).toContain(message);
  });
  it.each<[string, HistoryCall[], string]>([
    ['a call that ends before it begins', [call(1, 5, 4)], 'line 2: the call ends before it begins'],
    ['calls out of order', [call(1, 5, 6), call(2, 4, 9)], 'line 3: the call begins before the one above it'],
    ['two open calls of one process', [call(1, 0, 5), call(1, 4, 9)], 'line 3: process 1 has another call open'],
    ['a call behind an unknown one', [call(1, 0, 5, unknown), call(1, 6, 9)], 'process 1 has another call open'],
    [
      'a content that was committed twice',
      [call(1, 0, 5, commit('1-1')), call(1, 6, 9, commit('1-1'))],
      'its content was committed before',
    ],
  ])('with %s is refused', (_, calls, message) => {
    expect(complaint(historyText(history(...calls)))).toContain(message);
  });
});

test('the published schema is the one that files are read with', () => {
  const published = new URL('../../../docs/schema/history.schema.json', import.meta.url);
  // Written by: node -e "import('./dist/kit/history/file.js').then(m => console.log(JSON.stringify(m.historyJsonSchema(), null, 2)))"
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(historyJsonSchema())));
});
