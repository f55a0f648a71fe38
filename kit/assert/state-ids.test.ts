import { describe, expect, it } from 'vitest';
import type { Outcome } from '../wire/outcome.js';
import { assertKnowsAll, assertToldLess, assertToldOfWhatItIsShown, type Taught } from './id-covers.js';
import { assertIdsInOrder, assertIdsNotLower } from './id-order.js';
import { assertServesWhatItSays } from './id-served.js';
import { assertIdsCarried, assertNoIds, assertNotInvented, idIn } from './state-id.js';
import { answered, failureOf, notLeader, refused, unanswered, volume } from './test/outcomes.js';
import { assertWaits } from './waits.js';

const saying = (
  outcome: Outcome,
  id: string | undefined,
  at: { sent: number; ended: number } = { sent: 0, ended: 1 },
) => ({
  ...outcome,
  trailers: new Map(id === undefined ? [] : [['om-state-id', id]]),
  sentAtMs: at.sent,
  endedAtMs: at.ended,
});
const GROUP = '0f0e0d0c-0b0a-0908-0706-050403020100';

describe('state-id-carried and state-id-form', () => {
  it('take every decided call with an id, whatever it came to', () => {
    assertIdsCarried([
      saying(answered('OK'), 'main:7'),
      saying(answered('VOLUME_NOT_FOUND'), `${GROUP}:1,main:7`),
      saying(notLeader(), 'main:0'),
      saying(refused('om-state-id: x', undefined, {}, 3), 'main:7'),
      unanswered('deadline'),
    ]);
  });
  it.each([
    ['an answer without', answered('OK')],
    ['a business failure without', answered('VOLUME_NOT_FOUND')],
    ['a refusal without', notLeader()],
  ])('%s', (_, outcome) => {
    const failure = failureOf(() => assertIdsCarried([saying(answered('OK'), 'main:7'), saying(outcome, undefined)]));
    expect(failure).toMatchObject({ assertion: 'state-id-carried', calls: [7] });
  });
  it('an id that says nothing of main', () => {
    expect(failureOf(() => idIn(saying(answered('OK'), `${GROUP}:1`)))).toMatchObject({
      assertion: 'state-id-carried',
      message: `expected an om-state-id, found none for main, but ${GROUP}:1 with OK from om1`,
    });
  });
  it.each(['', '7', 'main:-1', 'main:1,main:1'])('an id that is none: %j', (id) => {
    expect(failureOf(() => assertIdsCarried([saying(answered('OK'), id)]))).toMatchObject({
      assertion: 'state-id-form',
      message: expect.stringContaining(JSON.stringify(id)),
    });
  });
  it('judges nothing where nobody decided anything', () => {
    expect(() => assertIdsCarried([unanswered('deadline')])).toThrow('no answer to judge');
    expect(() => assertNoIds([])).toThrow('no answer to judge');
    expect(() => assertNotInvented([], new Map())).toThrow('no answer to judge');
  });
});

describe('no-state-id', () => {
  it('takes answers without, and none with', () => {
    assertNoIds([saying(answered('OK'), undefined), saying(notLeader(), undefined)]);
    for (const id of ['main:7', '', 'x']) {
      expect(failureOf(() => assertNoIds([saying(answered('OK'), undefined), saying(notLeader(), id)])).assertion).toBe(
        'no-state-id',
      );
    }
  });
});

describe('id-not-invented', () => {
  const sent = new Map([['main', 9n]]);
  it('takes lower ids and fails for one that covers what was sent', () => {
    assertNotInvented([saying(answered('OK'), 'main:8'), saying(notLeader(), 'main:0'), unanswered('deadline')], sent);
    for (const id of ['main:9', 'main:10']) {
      expect(failureOf(() => assertNotInvented([saying(answered('OK'), id)], sent)).assertion).toBe('id-not-invented');
    }
  });
});

describe('id-covers and id-not-ahead', () => {
  const taught = (name: string, main: bigint | undefined, node = 'om1'): Taught => ({
    name,
    vector: new Map(main === undefined ? [] : [['main', main]]),
    calls: [saying(answered('OK', { node }), main === undefined ? undefined : `main:${main}`)],
  });
  it('are each other’s opposite', () => {
    assertKnowsAll(taught('bar', 7n), taught('foo', 7n));
    assertKnowsAll(taught('bar', 8n), taught('foo', 7n));
    assertToldLess(taught('bar', 6n), taught('foo', 7n));
    expect(failureOf(() => assertKnowsAll(taught('bar', 6n), taught('foo', 7n)))).toMatchObject({
      assertion: 'id-covers',
      message:
        'expected an id at or above main:7, which client "foo" was told, found main:6, which client "bar" was told',
    });
    expect(failureOf(() => assertToldLess(taught('bar', 7n), taught('foo', 7n)))).toMatchObject({
      assertion: 'id-not-ahead',
      message: 'expected an id below main:7, which client "foo" was told, found main:7 with OK from om1',
    });
  });
  it('look at trailers where an msync taught more than its node claims', () => {
    const { name, calls } = taught('bar', 6n);
    assertToldLess({ name, vector: new Map([['main', 9n]]), calls }, taught('foo', 7n));
    const answers = [...calls, saying(notLeader({ call: 9 }), 'main:8')];
    expect(
      failureOf(() => assertToldLess({ name, vector: new Map([['main', 9n]]), calls: answers }, taught('foo', 7n))),
    ).toMatchObject({
      assertion: 'id-not-ahead',
      calls: [7, 9],
    });
  });
  it('ask more of an answer that shows a later write than of those before it, and of no other', () => {
    const bar = taught('bar', 6n);
    const judge = (owner: string, told: bigint) => () => {
      const read = saying({ ...volume({ ownerName: owner }), callNumber: 9 }, `main:${told}`);
      assertToldOfWhatItIsShown([read], { ...bar, calls: [...bar.calls, read] }, { volume: 'alpha', owner: 'bob' });
    };
    judge('bob', 7n)();
    judge('ann', 6n)();
    expect(failureOf(judge('bob', 6n))).toMatchObject({
      assertion: 'id-covers',
      message: 'expected an id above main:6, which client "bar" was told before, found main:6',
    });
    const write = { volume: 'alpha', owner: 'bob' };
    expect(() => assertToldOfWhatItIsShown([], bar, write)).toThrow('no read to judge');
    const first = saying(volume({ ownerName: 'bob' }), 'main:7');
    expect(() => assertToldOfWhatItIsShown([first], { ...bar, calls: [first] }, write)).toThrow('told nothing before');
  });
  it('judge nobody who was taught nothing', () => {
    expect(() => assertKnowsAll(taught('bar', undefined), taught('foo', 7n))).toThrow(
      'client "bar" was taught nothing',
    );
    expect(() => assertToldLess(taught('bar', 7n), taught('foo', undefined))).toThrow(
      'client "foo" was taught nothing',
    );
    expect(() => assertKnowsAll({ ...taught('bar', 7n), calls: [] }, taught('foo', 7n))).toThrow('has called nobody');
  });
});

describe('id-order', () => {
  const at = (node: string, sent: number, ended: number, id: string) =>
    saying(answered('OK', { node, call: sent }), id, { sent, ended });
  it('takes ids that stay or grow, and any order of calls that were under way at once', () => {
    assertIdsInOrder([at('om1', 0, 1, 'main:5'), at('om1', 2, 3, 'main:5'), at('om1', 4, 5, 'main:6')]);
    assertIdsInOrder([at('om1', 0, 10, 'main:9'), at('om1', 5, 6, 'main:5'), at('om1', 10, 11, 'main:5')]);
    assertIdsInOrder([at('om1', 0, 1, 'main:9'), at('om2', 2, 3, 'main:5')]);
  });
  it.each([
    ['the next call', [at('om1', 0, 1, 'main:5'), at('om1', 2, 3, 'main:4')]],
    ['a later call, given first', [at('om1', 2, 3, 'main:4'), at('om1', 0, 1, 'main:5')]],
    [
      'a call between which others were',
      [at('om1', 0, 1, 'main:9'), at('om1', 2, 8, 'main:9'), at('om1', 4, 5, 'main:8')],
    ],
    ['one group of two', [at('om1', 0, 1, `main:5,${GROUP}:3`), at('om1', 2, 3, `main:6,${GROUP}:2`)]],
  ])('fails for %s', (_, outcomes) => {
    const failure = failureOf(() => assertIdsInOrder(outcomes));
    expect(failure.assertion).toBe('id-order');
    expect(failure.calls).toHaveLength(2);
  });
});

describe('id-not-lower', () => {
  const answer = (id: string, call: number) => saying(answered('OK', { call }), id);
  it('takes ids that stay or grow, and lower ones of refusals', () => {
    assertIdsNotLower([answer('main:5', 1), saying(notLeader(), 'main:2'), answer('main:5', 2), answer('main:6', 3)]);
  });
  it('fails for a lower one', () => {
    expect(failureOf(() => assertIdsNotLower([answer('main:5', 1), answer('main:4', 2)]))).toMatchObject({
      assertion: 'id-not-lower',
      calls: [1, 2],
    });
    expect(() => assertIdsNotLower([answer('main:5', 1), notLeader()])).toThrow('no two answers');
  });
});

describe('id-served', () => {
  const taught = (name: string, main: bigint): Taught => ({
    name,
    vector: new Map([['main', main]]),
    calls: [answered('OK', { call: 3 })],
  });
  const shown = { volume: 'alpha', owner: 'bob' };
  const judge = (read: Outcome, told: bigint) => () =>
    assertServesWhatItSays([read], taught('bar', told), taught('foo', 7n), shown);
  it('takes what the id says, a refusal for now, and anything under a lower id', () => {
    judge(volume({ ownerName: 'bob' }), 7n)();
    judge(notLeader(), 7n)();
    judge(volume({ ownerName: 'ann' }), 6n)();
    judge(unanswered('deadline'), 6n)();
  });
  it.each([
    ['what is old', volume({ ownerName: 'ann' })],
    ['that it is missing', answered('VOLUME_NOT_FOUND')],
    ['nothing', unanswered('deadline')],
    ['a refusal for good', refused('a.IOException: x', 'IOException')],
  ])('fails for %s', (_, read) => {
    expect(failureOf(judge(read, 8n)).assertion).toBe('id-served');
  });
  it('judges nothing by nothing', () => {
    expect(() => assertServesWhatItSays([], taught('bar', 7n), taught('foo', 7n), shown)).toThrow('no read to judge');
  });
});

describe('waits', () => {
  const witness = answered('OK', { command: 'EchoRPC', call: 9 });
  it('takes a call that is open while its node answers', () => {
    assertWaits([{ ended: undefined, witness }]);
  });
  it('fails for a call that has ended, and for a node that answers nobody', () => {
    const ended = answered('OK');
    expect(
      failureOf(() =>
        assertWaits([
          { ended: undefined, witness },
          { ended, witness },
        ]),
      ),
    ).toMatchObject({
      assertion: 'waits',
      calls: [7, 9],
    });
    expect(failureOf(() => assertWaits([{ ended: undefined, witness: unanswered('deadline') }])).assertion).toBe(
      'waits',
    );
    expect(() => assertWaits([])).toThrow('no open call');
  });
});
