import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { answered, notLeader, unanswered } from '../assert/test/outcomes.js';
import { Draws } from '../scenario/draws.js';
import { ScenarioNames } from '../scenario/names.js';
import { type Answers, scriptedRun } from '../scenario/test/scripted.js';
import { decode, encode } from '../wire/plain.js';
import { type HistoryCall, type HistoryOperation, isRead } from './call.js';
import { historyRequest } from './history-request.js';
import { EVERYTHING, MixedWorkload, type Space } from './mixed-workload.js';
import { Pace } from './pace.js';
import { type HistoryPlan, recordHistory } from './record-history.js';

const READS = new Set([
  'InfoVolume',
  'InfoBucket',
  'ListBuckets',
  'GetKeyInfo',
  'LookupKey',
  'ListKeys',
  'ListKeysLight',
]);
const plan: HistoryPlan = { clients: 3, operations: 40, reads: { at: 'the leader' } };
const nothing = async (): Promise<void> => {};

function recording(answers: Answers, more: Partial<HistoryPlan> = {}, during = nothing) {
  const { run, calls } = scriptedRun(async (...call) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return await answers(...call);
  });
  return { calls, history: recordHistory(run, new ScenarioNames(run.names), { ...plan, ...more }, during) };
}

/** om1 leads and answers OK to everything. */
const settled: Answers = ({ node, command }) =>
  node === 'om1' || READS.has(command)
    ? answered('OK', {}, command === 'CreateKey' ? { createKeyResponse: { ID: 7n } } : {})
    : notLeader({ node }, 'om1');

describe('recordHistory', () => {
  it('lets each process have one call open, and begins another after an unknown one', async () => {
    let writes = 0;
    const { history } = recording((call, number) => {
      if (call.command === 'DeleteKey') writes += 1;
      return call.command === 'DeleteKey' && writes % 2 === 1 ? unanswered('unavailable') : settled(call, number);
    });
    const { calls } = await history;
    const byProcess = new Map<number, HistoryCall[]>();
    for (const call of calls) byProcess.set(call.process, [...(byProcess.get(call.process) ?? []), call]);
    for (const own of byProcess.values()) {
      for (const [at, { beganUs, outcome }] of own.entries()) {
        expect(beganUs).toBeGreaterThanOrEqual(own[at - 1]?.endedUs ?? 0);
        expect(outcome.kind !== 'unknown' || at === own.length - 1).toBe(true);
      }
    }
    const unknown = calls.filter(({ outcome }) => outcome.kind === 'unknown').length;
    expect(unknown).toBeGreaterThan(0);
    // One of a client whose last call ended unknown made none.
    expect(byProcess.size).toBeGreaterThan(3 + 1);
    expect(byProcess.size).toBeLessThanOrEqual(3 + 1 + unknown);
  });
  it('sends no write after an undecided one before somebody accepts writes again', async () => {
    let led = true;
    const lost = { at: 0 };
    const { calls, history } = recording(
      (call, number) => {
        if (led || READS.has(call.command)) return settled(call, number);
        lost.at += 1;
        if (lost.at > 12) led = true;
        return notLeader({ node: call.node });
      },
      {},
      async () => {
        led = false;
        while (!led) await new Promise((resolve) => setTimeout(resolve, 1));
      },
    );
    const { calls: recorded } = await history;
    // One that was in flight or sent next for each client; the rest of the refusals were given to probes.
    expect(recorded.filter(({ outcome }) => outcome.kind === 'unknown').length).toBeLessThanOrEqual(3);
    expect(calls.filter(({ command }) => command === 'EchoRPC').length).toBeGreaterThan(9);
  });
  it('does what is to be done once a quarter is answered, goes on afterwards, and reads everything in the end', async () => {
    const seen = { before: 0 };
    const { calls, history } = recording(settled, {}, async () => {
      seen.before = calls.length;
    });
    const { calls: recorded, header } = await history;
    expect(seen.before).toBeGreaterThanOrEqual(10);
    const clients = recorded.filter(({ client }) => client > 0);
    expect(clients.length).toBe(40);
    const closing = recorded.filter(({ client }) => client === 0).map(({ operation }) => operation.kind);
    expect(new Set(closing)).toEqual(new Set(['read-key', 'list-keys', 'read-bucket', 'list-buckets', 'read-volume']));
    expect(header.initial.volumes.map(({ buckets }) => buckets.length)).toEqual([2, 0]);
  });
  it('sends reads where they are wanted, with their hint', async () => {
    const hint = 'LINEARIZABLE_ALLOW_FOLLOWER' as const;
    const { calls, history } = recording(settled, { reads: { at: 'followers', hint } });
    await history;
    const closingBegins = calls.findLastIndex(({ command }) => command === 'EchoRPC');
    const reads = calls.slice(0, closingBegins).filter(({ command }) => READS.has(command));
    expect(reads.length).toBeGreaterThan(5);
    expect(new Set(reads.map(({ node }) => node))).toEqual(new Set(['om2', 'om3']));
    expect(reads.every(({ options }) => options?.hint === hint)).toBe(true);
  });
  it('has a read begin before the msync that it waits for', async () => {
    const MSYNC_MS = 20;
    const trailers = new Map([['om-state-id', 'main:7']]);
    const { calls, history } = recording(
      async (call, number) => {
        if (call.command !== 'Msync') return { ...settled(call, number), trailers };
        await new Promise((resolve) => setTimeout(resolve, MSYNC_MS));
        return call.node === 'om1'
          ? { ...answered('OK', {}, { msyncResponse: { lastAppliedIndex: 9n } }), trailers }
          : notLeader({ node: call.node }, 'om1');
      },
      { clients: 1, reads: { at: 'followers', autoMsync: { thresholdMs: 0 } } },
    );
    const { calls: recorded } = await history;
    const reads = recorded.filter(({ client, operation }) => client === 1 && isRead(operation));
    expect(reads.length).toBeGreaterThan(5);
    expect(calls.filter(({ command }) => command === 'Msync').length).toBe(reads.length);
    // However slow the machine is, a read that began before its msync takes no less; a timer may fire a millisecond early.
    for (const { beganUs, endedUs } of reads) expect(endedUs - beganUs).toBeGreaterThan((MSYNC_MS - 2) * 1_000);
    const sent = calls.filter(({ command, node }) => READS.has(command) && node !== 'om1');
    expect(sent.map(({ options }) => options?.stateId)).toEqual(sent.map(() => new Map([['main', 9n]])));
  });
  it('says when the load does not come up', async () => {
    const { history } = recording((call, number) =>
      call.command === 'EchoRPC' || call.command.startsWith('CreateV') || call.command === 'CreateBucket'
        ? settled(call, number)
        : unanswered('deadline'),
    );
    await expect(history).rejects.toThrow(/only \d+ calls were answered before/);
  });
  it('ends its clients when what is to be done fails', async () => {
    const { calls, history } = recording(settled, {}, () => Promise.reject(new Error('no such node')));
    await expect(history).rejects.toThrow('no such node');
    const made = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls.length).toBe(made);
  });
});

describe('Pace', () => {
  it('keeps calls back while something is done, and lets a part go afterwards', async () => {
    const pace = new Pace(8);
    expect(pace.before).toBe(2);
    for (let turn = 0; turn < 6; turn += 1) expect(await pace.turn()).toBe(true);
    const early = pace.turn();
    pace.finish();
    expect(await early).toBe(true);
    expect(await pace.turn()).toBe(true);
    expect(await pace.turn()).toBe(false);
  });
  it('stops at once', async () => {
    const pace = new Pace(4);
    for (let turn = 0; turn < 3; turn += 1) await pace.turn();
    const waiting = pace.turn();
    pace.stop();
    expect(await waiting).toBe(false);
  });
});

const space: Space = {
  keys: { volume: 'v', bucket: 'keys' },
  listings: { volume: 'v', bucket: 'listings' },
  buckets: [
    { volume: 'w', bucket: 'one' },
    { volume: 'w', bucket: 'two' },
  ],
  volumes: ['p', 'q'],
  owners: ['ann', 'bob'],
};

describe('MixedWorkload', () => {
  const drawn = (seed: string) => {
    const draws = new Draws(seed, 'test');
    const workload = new MixedWorkload(space, EVERYTHING);
    return Array.from({ length: 2_000 }, () => workload.next(draws));
  };
  it('draws every kind of operation, and the same for the same seed', () => {
    expect(new Set(drawn('a').map(({ kind }) => kind)).size).toBe(16);
    expect(drawn('a')).toEqual(drawn('a'));
    expect(drawn('a')).not.toEqual(drawn('b'));
  });
  it('draws what can be sent', () => {
    for (const one of drawn('a')) {
      const operations: HistoryOperation[] =
        one.kind === 'write-key'
          ? [
              { kind: 'open-key', ...one.place, content: '1' },
              { kind: 'commit-key', ...one.place, content: '1' },
            ]
          : [one];
      for (const operation of operations) {
        const request = { ...historyRequest(operation, 2n ** 63n), clientId: 'c' };
        expect(decode(hadoop.ozone.OMRequest, encode(hadoop.ozone.OMRequest, request))).toMatchObject({
          cmdType: request.cmdType,
        });
      }
    }
  });
});
