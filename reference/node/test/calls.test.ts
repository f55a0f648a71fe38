/** Three nodes in one process: calls that a client named, repeated before, while and after they are carried out (LE-RETRY). */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../../namespace/command.js';
import { DataDirectory } from '../../storage/data-directory.js';
import { systemClock } from '../system-clock.js';
import { eventually } from './eventually.js';
import { type OmClient, type Outcome, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

const { Type } = hadoop.ozone;
const MINUTE_MS = 60_000n;

let cluster: TestCluster;
afterEach(() => cluster.stop());

const named = (callId: number | string) => ({ metadata: { 'om-call-id': `${callId}` } });
const echoed = (outcome: Outcome) => outcome.trailers.get('om-call-id').map(String);
const outcomeOf = (outcome: Outcome) => outcome.trailers.get('om-outcome')[0]?.toString();
const create = (volume: string): Partial<OMRequest> => ({
  cmdType: Type.CreateVolume,
  createVolumeRequest: { volumeInfo: { adminName: 'ann', ownerName: 'ann', volume } },
});
const remove = (volumeName: string): Partial<OMRequest> => ({
  cmdType: Type.DeleteVolume,
  deleteVolumeRequest: { volumeName },
});

/** What a repeated call has in common with the first: command, status and body. */
function told(outcome: Outcome) {
  if (outcome.kind !== 'answer') throw new Error(outcome.details);
  const { traceID: _1, leaderOMNodeId: _2, ...rest } = outcome.response;
  return rest;
}

async function atLeader(): Promise<{ readonly leader: string; readonly client: OmClient }> {
  const leader = await cluster.leader();
  return { leader, client: cluster.client(leader) };
}

const order = (target: string) => ({ group: 'main', target, expectedLeader: undefined, expectedTerm: undefined });
const counter = (node: string, of: string) => cluster.node(node).counters().get(of) ?? 0;

describe('a call that is repeated', () => {
  it('is told the same and does nothing more, whether it was refused or not (LE-RETRY-1)', async () => {
    cluster = await TestCluster.start(3);
    const { leader, client } = await atLeader();
    const first = await client.call(create('vol1'), named(1));
    const refused = await client.call(create('vol1'), named(2));
    expect([word(first), word(refused)]).toEqual(['OK', 'VOLUME_ALREADY_EXISTS']);
    expect(word(await client.call(remove('vol1'), named(3)))).toBe('OK');
    const plans = counter(leader, 'planner_runs');
    const { lastLogIndex } = cluster.status(leader);
    expect(told(await client.call(create('vol1'), named(1)))).toEqual(told(first));
    expect(told(await client.call(create('vol1'), named(2)))).toEqual(told(refused));
    expect(word(await client.call(remove('vol1'), named(3)))).toBe('OK');
    expect(counter(leader, 'planner_runs')).toBe(plans);
    expect(counter(leader, 'repeated_calls')).toBe(3);
    expect(cluster.status(leader).lastLogIndex).toBe(lastLogIndex);
    expect(word(await client.infoVolume('vol1'))).toBe('VOLUME_NOT_FOUND');
    // The same number of another client, and no number at all, are other calls.
    expect(word(await client.call({ ...create('vol1'), clientId: 'other' }, named(1)))).toBe('OK');
    expect(word(await client.call(create('vol1')))).toBe('VOLUME_ALREADY_EXISTS');
  });

  it('without a client id is a new one', async () => {
    cluster = await TestCluster.start(1);
    const nobody = { ...create('vol1'), clientId: '' };
    const first = await cluster.client('om1').call(nobody, named(1));
    expect([word(first), ...echoed(first)]).toEqual(['OK', '1']);
    expect(word(await cluster.client('om1').call(nobody, named(1)))).toBe('VOLUME_ALREADY_EXISTS');
    expect(counter('om1', 'remembered_calls')).toBe(0);
  });

  it('while it is carried out waits for that (LE-RETRY-1)', async () => {
    cluster = await TestCluster.start(3);
    const { leader, client } = await atLeader();
    cluster.node(leader).pauseApply('main');
    const plans = counter(leader, 'planner_runs');
    const { lastLogIndex } = cluster.status(leader);
    const calls = Array.from({ length: 20 }, () => client.call(create('vol1'), named(7)));
    const differing = client.call(create('vol2'), named(7));
    await eventually(() => counter(leader, 'open_writes') === 21);
    cluster.node(leader).resumeApply('main');
    expect(new Set((await Promise.all(calls)).map(word))).toEqual(new Set(['OK']));
    expect(word(await differing)).toBe('INVALID_REQUEST');
    expect(counter(leader, 'planner_runs')).toBe(plans + 1);
    expect(cluster.status(leader).lastLogIndex).toBe(lastLogIndex + 1);
    expect(counter(leader, 'open_writes')).toBe(0);
  });

  it('at another leader, and after all nodes were stopped, is told the same (LE-RETRY-1)', async () => {
    cluster = await TestCluster.start(3);
    const { leader, client } = await atLeader();
    const first = await client.call(create('vol1'), named(1));
    const [next = ''] = await cluster.followers();
    await cluster.node(leader).transferLeadership(order(next));
    expect(await cluster.leader()).toBe(next);
    expect(told(await cluster.client(next).call(create('vol1'), named(1)))).toEqual(told(first));
    expect(word(await cluster.client(next).call(create('vol2'), named(1)))).toBe('INVALID_REQUEST');
    await Promise.all(cluster.ids.map((id) => cluster.stopNode(id)));
    await Promise.all(cluster.ids.map((id) => cluster.startNode(id)));
    const again = await cluster.client(await cluster.leader()).call(create('vol1'), named(1));
    expect(told(again)).toEqual(told(first));
  });

  it('waits where the first attempt ran out of time (HA-17)', async () => {
    cluster = await TestCluster.start(3, { settings: { ...FAST, 'ozone.om.write.timeout': '300ms' } });
    const { leader, client } = await atLeader();
    cluster.node(leader).pauseApply('main');
    const plans = counter(leader, 'planner_runs');
    const late = await client.call(create('vol1'), named(1));
    expect([word(late), outcomeOf(late)]).toEqual(['RetriableException', undefined]);
    const again = client.call(create('vol1'), named(1));
    await eventually(() => counter(leader, 'open_writes') === 1);
    cluster.node(leader).resumeApply('main');
    expect(word(await again)).toBe('OK');
    expect(counter(leader, 'planner_runs')).toBe(plans + 1);
  });

  it('goes on when the client of its first attempt is gone before it was planned', async () => {
    cluster = await TestCluster.start(3);
    const { leader, client } = await atLeader();
    cluster.node(leader).pauseApply('main');
    const holder = client.call(create('vol1'));
    await eventually(() => counter(leader, 'open_writes') === 1);
    const gone = client.call(remove('vol1'), { ...named(1), deadlineMs: 150 });
    await eventually(() => counter(leader, 'open_writes') === 2);
    const again = client.call(remove('vol1'), named(1));
    await eventually(() => counter(leader, 'open_writes') === 3);
    expect(await gone).toMatchObject({ kind: 'refusal', code: 4 });
    await eventually(() => counter(leader, 'open_writes') === 2);
    cluster.node(leader).resumeApply('main');
    expect([word(await holder), word(await again)]).toEqual(['OK', 'OK']);
    expect(word(await client.infoVolume('vol1'))).toBe('VOLUME_NOT_FOUND');
  });

  it('whose change was too large for the log is told so again', async () => {
    cluster = await TestCluster.start(1);
    const client = cluster.client('om1');
    const metadata = [{ key: 'k', value: 'x'.repeat(5 << 20) }];
    const large = {
      cmdType: Type.CreateVolume,
      createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName: 'a', volume: 'vol1', metadata } },
    };
    const first = await client.call(large, named(1));
    expect(word(first)).toBe('INVALID_REQUEST');
    expect(told(await client.call(large, named(1)))).toEqual(told(first));
    expect(counter('om1', 'remembered_calls')).toBe(1);
  });
});

describe('another request under the same name', () => {
  it('is refused, changes nothing, and is not remembered itself (LE-RETRY-3)', async () => {
    cluster = await TestCluster.start(3);
    const { leader, client } = await atLeader();
    await client.call(create('vol1'), named(1));
    const { lastLogIndex } = cluster.status(leader);
    for (const other of [create('vol2'), remove('vol1'), create('BAD')]) {
      const refused = await client.call(other, named(1));
      expect(refused).toMatchObject({ response: { success: false, message: expect.stringContaining('1') } });
      expect([word(refused), ...echoed(refused)]).toEqual(['INVALID_REQUEST', '1']);
    }
    expect(cluster.status(leader).lastLogIndex).toBe(lastLogIndex);
    expect(word(await client.infoVolume('vol1'))).toBe('OK');
    expect(word(await client.infoVolume('vol2'))).toBe('VOLUME_NOT_FOUND');
    expect(word(await client.call(create('vol1'), named(1)))).toBe('OK');
    expect(word(await client.call({ ...create('vol1'), traceID: 't', version: 0 }, named(1)))).toBe('OK');
  });
});

describe('memory', () => {
  /** A cluster whose wall clocks are moved by hand; nodes are configured apart. */
  async function withClocks(expiries: readonly string[]) {
    const clock = { aheadMs: 0n };
    const wallMs = () => systemClock.wallMs() + clock.aheadMs;
    cluster = new TestCluster(expiries.length, { clock: { ...systemClock, wallMs } });
    const start = (id: string, at: number) =>
      cluster.startNode(id, { settings: { ...FAST, 'ozone.om.retry.cache.expiry': expiries[at] ?? '' } });
    await Promise.all(cluster.ids.map(start));
    return clock;
  }

  it('ends by the times of entries, on every replica equally, whatever it is configured (LE-RETRY-4)', async () => {
    const expiries = ['5m', '10m', '24h'];
    const clock = await withClocks(expiries);
    let { leader, client } = await atLeader();
    for (let callId = 0; callId < 12; callId++) await client.call(create(`old${callId}`), named(callId));
    // Long enough ahead for those that forget by minutes.
    const [short = ''] = cluster.ids;
    if (leader !== short) {
      await cluster.node(leader).transferLeadership(order(short));
      await cluster.leader([short]);
      ({ leader, client } = await atLeader());
    }
    clock.aheadMs = 5n * MINUTE_MS - 10_000n;
    expect(word(await client.call(create('old0'), named(0)))).toBe('OK');
    clock.aheadMs = 5n * MINUTE_MS;
    expect(word(await client.call(create('old0'), named(0)))).toBe('VOLUME_ALREADY_EXISTS');
    expect(word(await client.call(create('new'), named(0)))).toBe('INVALID_REQUEST');
    for (const callId of [100, 101, 102]) await client.call(create(`new${callId}`), named(callId));
    const { appliedIndex } = cluster.status(leader);
    await eventually(() => cluster.ids.every((id) => cluster.status(id).appliedIndex >= appliedIndex));
    await Promise.all(cluster.ids.map((id) => cluster.stopNode(id)));
    const memories = await Promise.all(cluster.ids.map(storedMemory));
    expect(memories[0]).toHaveLength(8);
    expect(memories[1]).toEqual(memories[0]);
    expect(memories[2]).toEqual(memories[0]);
  });

  it('outlives a leader whose clock is behind (LE-RETRY-4)', async () => {
    const clock = await withClocks(['5m', '5m', '5m']);
    clock.aheadMs = 30n * MINUTE_MS;
    const { leader, client } = await atLeader();
    await client.call(create('vol1'), named(1));
    clock.aheadMs = 0n;
    const [next = ''] = await cluster.followers();
    await cluster.node(leader).transferLeadership(order(next));
    await cluster.leader([next]);
    await cluster.client(next).call(create('vol2'), named(2));
    clock.aheadMs = 30n * MINUTE_MS;
    expect(word(await cluster.client(next).call(create('vol2'), named(2)))).toBe('OK');
    expect(word(await cluster.client(next).call(create('vol1'), named(1)))).toBe('OK');
  });

  it('is as long as Configure says', async () => {
    cluster = await TestCluster.start(1);
    const client = cluster.client('om1');
    await client.call(create('vol1'), named(1));
    await cluster.node('om1').configure({ ...FAST, 'ozone.om.retry.cache.expiry': '1ms' });
    await cluster.leader();
    expect(word(await client.call(create('vol1'), named(1)))).toBe('VOLUME_ALREADY_EXISTS');
  });

  async function storedMemory(id: string): Promise<string[]> {
    const directory = join(cluster.folder, id);
    const data = await DataDirectory.open({ directory, maxQueuedLogBytes: 1 << 20, cluster: 'test', node: id });
    try {
      const state = data.openState('main');
      return ['retry', 'retryTime'].flatMap((table) =>
        [...state.scan(table, {})].map(([key, value]) => `${table} ${hex(key)} ${hex(value)}`),
      );
    } finally {
      await data.close();
    }
  }
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
});

describe('a call id', () => {
  it('comes back on every answer of the request that had it, and on no other (wire-binding §2)', async () => {
    cluster = await TestCluster.start(3);
    const { client } = await atLeader();
    const [follower = ''] = await cluster.followers();
    const id = '18446744073709551615';
    const outcomes = [
      await client.call(create('vol1'), named(id)),
      await client.call(create('vol1'), named(id)),
      await client.call(create('BAD'), named(id)),
      await client.call(create('vol1'), named(7)),
      await client.call({ cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: 'vol1' } }, named(id)),
      await cluster.client(follower).call(create('vol1'), named(id)),
      await cluster.client(follower).call({ EchoRPCRequest: { readOnly: true } }, named(0)),
    ];
    expect(outcomes.map((outcome) => [word(outcome), ...echoed(outcome)])).toEqual([
      ['OK', id],
      ['OK', id],
      ['INVALID_REQUEST', id],
      ['VOLUME_ALREADY_EXISTS', '7'],
      ['OK', id],
      ['OMNotLeaderException', id],
      ['OK', '0'],
    ]);
    expect(echoed(await client.createVolume('vol2'))).toEqual([]);
  });

  it.each(['', 'seven', '-1', '+1', '007', '1.5', '0x1f', '1 2', '18446744073709551616'])(
    '%j is refused as malformed, and nothing happens',
    async (text) => {
      cluster = await TestCluster.start(1);
      const client = cluster.client('om1');
      const refused = await client.call(create('vol1'), named(text));
      expect(refused).toMatchObject({ kind: 'refusal', code: 3, details: expect.stringMatching(/^om-call-id: /) });
      expect(outcomeOf(refused)).toBe('none');
      expect(echoed(refused)).toEqual([]);
      expect(word(await client.infoVolume('vol1'))).toBe('VOLUME_NOT_FOUND');
      expect(await client.raw(new Uint8Array([255]), named(text))).toMatchObject({ code: 2 });
    },
  );
});
