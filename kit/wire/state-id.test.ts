import { describe, expect, test } from 'vitest';
import { answered, refused, unanswered } from '../assert/test/outcomes.js';
import type { Outcome } from './outcome.js';
import { ClientKnowledge, learntFrom, msyncedIn, stateIdOf } from './state-id.js';

const UUID = 'ffffffff-ffff-ffff-0000-000000000001';
const said = (outcome: Outcome, trailers: Record<string, string>): Outcome => ({
  ...outcome,
  trailers: new Map(Object.entries(trailers)),
});
const vector = (entries: Record<string, bigint>) => ({ kind: 'vector', vector: new Map(Object.entries(entries)) });
const msynced = (main: bigint, group?: bigint): Outcome =>
  answered(
    'OK',
    { command: 'Msync' },
    {
      msyncResponse: {
        lastAppliedIndex: main,
        groups: group === undefined ? [] : [{ group: { mostSigBits: -1n, leastSigBits: 1n }, lastAppliedIndex: group }],
      },
    },
  );

describe('what a call says', () => {
  test.each([
    ['an answer', answered('OK')],
    ['a business failure', answered('VOLUME_NOT_FOUND')],
    ['a refusal', refused('a.OMNotLeaderException: x', 'OMNotLeaderException')],
    ['a refusal of the request', refused('om-state-id: x', undefined, {}, 3)],
  ])('%s with an id', (_, outcome) => {
    expect(stateIdOf(said(outcome, { 'om-state-id': 'main:7' }))).toEqual(vector({ main: 7n }));
    expect(stateIdOf(outcome)).toEqual({ kind: 'none' });
  });

  test('an id that is none is told, and is not the same as no id', () => {
    for (const text of ['', '7', 'main:7,main:8', 'main:-1']) {
      expect(stateIdOf(said(answered('OK'), { 'om-state-id': text }))).toMatchObject({ kind: 'malformed', text });
    }
  });

  test('an Msync says how far every group is', () => {
    expect(msyncedIn(msynced(7n))).toEqual(vector({ main: 7n }));
    expect(msyncedIn(msynced(7n, 9n))).toEqual(vector({ main: 7n, [UUID]: 9n }));
    expect(msyncedIn(msynced(2n ** 63n))).toMatchObject({
      kind: 'malformed',
      why: '9223372036854775808 is more than 2^63-1',
    });
    expect(msyncedIn(answered('OK'))).toEqual({ kind: 'none' });
    expect(msyncedIn(unanswered('deadline'))).toEqual({ kind: 'none' });
  });

  test('what is learnt from an Msync is the greater of message and trailer', () => {
    expect(learntFrom(said(msynced(7n), { 'om-state-id': 'main:6' }))).toEqual(vector({ main: 7n }));
    expect(learntFrom(said(msynced(7n), { 'om-state-id': 'main:8' }))).toEqual(vector({ main: 8n }));
    expect(learntFrom(said(msynced(7n), { 'om-state-id': 'x' }))).toMatchObject({ kind: 'malformed' });
    expect(learntFrom(said(msynced(2n ** 63n), { 'om-state-id': 'main:8' }))).toMatchObject({ kind: 'malformed' });
    expect(learntFrom(msynced(7n))).toEqual(vector({ main: 7n }));
    expect(learntFrom(answered('OK'))).toEqual({ kind: 'none' });
  });
});

describe('what a client keeps', () => {
  const learn = (...outcomes: Outcome[]) => {
    const client = new ClientKnowledge();
    for (const outcome of outcomes) client.learn(outcome);
    return client.vector;
  };
  const ok = (trailers: Record<string, string>) => said(answered('OK'), trailers);

  test('nothing at first, the greatest afterwards, and also from refusals', () => {
    expect(learn()).toEqual(new Map());
    expect(learn(ok({ 'om-state-id': 'main:7' }), ok({ 'om-state-id': 'main:5' }))).toEqual(new Map([['main', 7n]]));
    const refusal = refused('a.OMNotLeaderException: x', 'OMNotLeaderException');
    expect(learn(ok({ 'om-state-id': 'main:7' }), said(refusal, { 'om-state-id': 'main:9' }))).toEqual(
      new Map([['main', 9n]]),
    );
  });

  test('silence, no id and what is no id change nothing', () => {
    const known = ok({ 'om-state-id': 'main:7' });
    expect(learn(known, unanswered('deadline'), ok({}), ok({ 'om-state-id': 'main:x' }))).toEqual(
      new Map([['main', 7n]]),
    );
  });

  test('another cluster makes it forget, the first one and silence about it do not', () => {
    const [known, first] = [ok({ 'om-state-id': 'main:7' }), ok({ 'om-state-id': 'main:5', 'om-cluster': 'a' })];
    expect(learn(known, first)).toEqual(new Map([['main', 7n]]));
    expect(learn(known, first, ok({ 'om-state-id': 'main:3' }))).toEqual(new Map([['main', 7n]]));
    expect(learn(known, first, ok({ 'om-state-id': 'main:3', 'om-cluster': 'b' }))).toEqual(new Map([['main', 3n]]));
    expect(learn(first, ok({ 'om-cluster': 'b' }))).toEqual(new Map());
  });
});
