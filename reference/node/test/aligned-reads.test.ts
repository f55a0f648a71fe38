/** Three nodes in one process: reads that bring what their client has seen, at nodes that are behind it (FR-ADMIT, FR-QUEUE). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { eventually } from './eventually.js';
import { type Outcome, stateId, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

const ON = { ...FAST, 'ozone.om.follower.read.enabled': 'true' };
const LAF = 'LINEARIZABLE_ALLOW_FOLLOWER';

let cluster: TestCluster;
afterEach(() => cluster.stop());

const start = async (settings: Readonly<Record<string, string>> = {}) => {
  cluster = await TestCluster.start(3, { settings: { ...ON, ...settings } });
  const leader = await cluster.leader();
  const [follower = '', other = ''] = await cluster.followers();
  return { leader, follower, other };
};
const counter = (node: string, of: string) => cluster.node(node).counters().get(of) ?? 0;
const applied = (node: string) => BigInt(cluster.status(node).appliedIndex);
const committed = (node: string) => BigInt(cluster.status(node).commitIndex);
const order = (target: string) => ({ group: 'main', target, expectedLeader: undefined, expectedTerm: undefined });
const create = (leader: string, volume: string) => cluster.client(leader).createVolume(volume);
/** A read by a client that has seen `seen`. */
const read = (node: string, volume: string, seen: bigint | undefined, deadlineMs = 5000) =>
  cluster.client(node).infoVolume(volume, undefined, {
    deadlineMs,
    metadata: seen === undefined ? {} : { 'om-state-id': `main:${seen}` },
  });

/** Whether a promise is settled now. */
async function open(promise: Promise<unknown>): Promise<boolean> {
  const nothing = Symbol('open');
  return (await Promise.race([promise, Promise.resolve(nothing)])) === nothing;
}

/** What a call that has to succeed is told; a refusal says an id as well, which covers nothing that was asked for. */
async function idOf(outcome: Promise<Outcome>): Promise<bigint> {
  const done = await outcome;
  expect(word(done)).toBe('OK');
  return stateId(done) ?? -1n;
}

describe('an aligned read', () => {
  it('shows on every node what its client has written, at once or once it is there (FR-GUAR-1)', async () => {
    await start();
    const leader = await cluster.leader();
    for (let n = 0; n < 30; n++) {
      const seen = await idOf(create(leader, `vol${n}`));
      const shown = await Promise.all(cluster.ids.map((id) => read(id, `vol${n}`, seen)));
      expect(shown.map(word)).toEqual(['OK', 'OK', 'OK']);
      for (const outcome of shown) expect(stateId(outcome)).toBeGreaterThanOrEqual(seen);
    }
  });

  it('waits at a follower that is behind, is answered by the apply that it waits for, and is counted (FR-QUEUE-1, FR-QUEUE-8)', async () => {
    const { leader, follower } = await start();
    await eventually(() => applied(follower) === applied(leader));
    expect(word(await read(follower, 'vol1', applied(leader)))).toBe('VOLUME_NOT_FOUND');
    const names = ['requeued_reads', 'rejected_reads', 'expired_reads', 'dropped_reads', 'wait_rechecks'];
    expect(names.map((name) => counter(follower, name))).toEqual([0, 0, 0, 0, 0]);
    cluster.node(follower).pauseApply('main');
    const before = applied(follower);
    const seen = await idOf(create(leader, 'vol1'));
    const waits = read(follower, 'vol1', seen);
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    // Others go on: a read that has seen less, and the node's own questions (FR-QUEUE-2, FR-ADMIT-2).
    expect(word(await read(follower, 'vol1', before))).toBe('VOLUME_NOT_FOUND');
    expect(word(await cluster.client(follower).echo({ readOnly: true }))).toBe('OK');
    await eventually(() => committed(follower) >= seen);
    expect(await open(waits)).toBe(true);
    expect(counter(follower, 'wait_rechecks')).toBe(0);
    cluster.node(follower).resumeApply('main');
    expect(word(await waits)).toBe('OK');
    expect(await idOf(waits)).toBeGreaterThanOrEqual(seen);
    expect(names.map((name) => counter(follower, name))).toEqual([1, 0, 0, 0, 1]);
    expect(counter(follower, 'waiting_reads')).toBe(0);
  });

  it('is refused by a follower without a state id, and by one that is too far behind, at once (FR-ADMIT-1, FR-ADMIT-4)', async () => {
    const { leader, follower } = await start({ 'ozone.om.follower.read.max.lag': '5' });
    await eventually(() => applied(follower) === applied(leader));
    expect(word(await read(follower, 'vol1', undefined))).toBe('OMNotLeaderException');
    const limit = applied(follower) + 5n;
    expect(word(await read(follower, 'vol1', limit + 1n))).toBe('RetriableException');
    expect(word(await read(follower, 'vol1', 2n ** 63n - 1n))).toBe('RetriableException');
    expect(counter(follower, 'rejected_reads')).toBe(2);
    const waits = read(follower, 'vol1', limit);
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    for (let n = 0; n < 5; n++) await create(leader, `vol${n}`);
    expect(word(await waits)).toBe('OK');
  });

  it('waits no longer than it may (FR-QUEUE-5)', async () => {
    const { leader, follower } = await start({ 'ozone.om.follower.read.wait.timeout': '150ms' });
    cluster.node(follower).pauseApply('main');
    const seen = await idOf(create(leader, 'vol1'));
    const late = await read(follower, 'vol1', seen);
    expect(late.kind === 'refusal' && late.details).toBe(
      `org.apache.hadoop.ipc_.RetriableException: ${follower} has not come to entry ${seen} within 150 ms`,
    );
    expect([counter(follower, 'expired_reads'), counter(follower, 'waiting_reads')]).toEqual([1, 0]);
  });

  it('is dropped when its client goes, and frees its place (FR-QUEUE-6, FR-QUEUE-7)', async () => {
    const { leader, follower } = await start({ 'ozone.om.follower.read.wait.queue.limit': '3' });
    cluster.node(follower).pauseApply('main');
    const seen = await idOf(create(leader, 'vol1'));
    const leaves = read(follower, 'vol1', seen, 300);
    const stay = [read(follower, 'vol1', seen), read(follower, 'vol1', seen)];
    await eventually(() => counter(follower, 'waiting_reads') === 3);
    expect(word(await read(follower, 'vol1', seen))).toBe('RetriableException');
    expect(counter(follower, 'rejected_reads')).toBe(1);
    await leaves;
    await eventually(() => counter(follower, 'dropped_reads') === 1);
    stay.push(read(follower, 'vol1', seen));
    await eventually(() => counter(follower, 'waiting_reads') === 3);
    cluster.node(follower).resumeApply('main');
    expect((await Promise.all(stay)).map(word)).toEqual(['OK', 'OK', 'OK']);
  });

  it('of a thousand is answered like every other once the node has caught up (FR-QUEUE-3, FR-QUEUE-4)', async () => {
    const { leader, follower } = await start();
    cluster.node(follower).pauseApply('main');
    const ids: bigint[] = [];
    for (let n = 0; n < 10; n++) ids.push(await idOf(create(leader, `vol${n}`)));
    const reads = Array.from({ length: 1000 }, (_, n) => read(follower, `vol${n % 10}`, ids[n % 10], 20_000));
    await eventually(() => counter(follower, 'waiting_reads') === 1000);
    const msync = cluster.client(leader).call({ cmdType: hadoop.ozone.Type.Msync, msyncRequest: {} });
    expect(word(await msync)).toBe('OK');
    cluster.node(follower).resumeApply('main');
    expect(new Set((await Promise.all(reads)).map(word))).toEqual(new Set(['OK']));
    expect(counter(follower, 'requeued_reads')).toBe(1000);
    expect(counter(follower, 'waiting_reads')).toBe(0);
  });

  it('is refused in good order by a node that stops (FR-QUEUE-10)', async () => {
    const { leader, follower } = await start();
    cluster.node(follower).pauseApply('main');
    const seen = await idOf(create(leader, 'vol1'));
    const waits = read(follower, 'vol1', seen);
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    await cluster.stopNode(follower);
    expect(word(await waits)).toBe('RetriableException');
  });
});

describe('a learner', () => {
  it('serves reads by the same rules, and answers no Msync (FR-ADMIT-10)', async () => {
    const { leader, follower } = await start();
    const change = (kind: 'remove' | 'add-learner') =>
      cluster.node(leader).changeMembership({ change: kind, node: follower, group: 'main' });
    await cluster.stopNode(follower);
    rmSync(join(cluster.folder, follower), { recursive: true });
    // A leader that had no processor for a while has not heard of the other voter, and refuses until it does.
    await eventually(async () => {
      const refused = await change('remove').then(() => '', String);
      if (refused !== '') expect(refused).toContain('are reached');
      return refused === '';
    });
    await change('add-learner');
    await cluster.startNode(follower);
    await eventually(() => cluster.status(follower).learners.includes(follower));
    const seen = await idOf(create(leader, 'vol1'));
    expect(word(await read(follower, 'vol1', seen))).toBe('OK');
    expect(word(await read(follower, 'vol1', undefined))).toBe('OMNotLeaderException');
    cluster.node(follower).pauseApply('main');
    const later = await idOf(create(leader, 'vol2'));
    const waits = read(follower, 'vol2', later);
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    expect(word(await cluster.client(follower).call({ cmdType: hadoop.ozone.Type.Msync }))).toBe(
      'OMNotLeaderException',
    );
    cluster.node(follower).resumeApply('main');
    expect(word(await waits)).toBe('OK');
  });
});

describe('an aligned read at a leader', () => {
  it('waits for what is committed, and for nothing else (FR-ADMIT-5)', async () => {
    const { leader } = await start();
    cluster.node(leader).pauseApply('main');
    const before = committed(leader);
    const write = create(leader, 'vol1');
    await eventually(() => committed(leader) > before);
    const waits = read(leader, 'vol1', before + 1n);
    const forged = read(leader, 'vol1', 2n ** 63n - 1n);
    await eventually(() => counter(leader, 'requeued_reads') === 2);
    expect([await open(waits), await open(forged)]).toEqual([true, true]);
    cluster.node(leader).resumeApply('main');
    expect((await Promise.all([write, waits, forged])).map(word)).toEqual(['OK', 'OK', 'OK']);
    // Nobody's id has changed by it.
    expect(await idOf(forged)).toBe(applied(leader));
  });

  it('that is confirmed by nobody is refused (FR-ADMIT-5, HA-12)', async () => {
    const { leader } = await start({ 'ozone.om.follower.read.wait.timeout': '1s' });
    await create(leader, 'vol1');
    cluster.node(leader).isolate([], 'both');
    const others = cluster.ids.filter((id) => id !== leader);
    const next = await cluster.leader(others);
    const seen = await idOf(create(next, 'vol2'));
    // Asked as leader it stands down before a quorum has confirmed it; asked after that it waits in vain.
    expect(['ExecutionException', 'ReadIndexException', 'RetriableException']).toContain(
      word(await read(leader, 'vol2', seen, 15_000)),
    );
    cluster.node(leader).heal();
    await eventually(async () => word(await read(leader, 'vol2', seen)) === 'OK');
  });

  it('that has applied nothing of its term yet is answered from what it has (HA-4)', async () => {
    const { leader, follower } = await start();
    const seen = await idOf(create(leader, 'vol1'));
    await eventually(() => applied(follower) >= seen);
    cluster.node(follower).pauseApply('main');
    await cluster.node(leader).transferLeadership(order(follower));
    expect(cluster.status(follower)).toMatchObject({ role: 'leader', ready: false });
    expect(word(await read(follower, 'vol1', seen))).toBe('OK');
    expect(word(await read(follower, 'vol1', undefined))).toBe('OMLeaderNotReadyException');
  });
});

describe('a read whose node changes while it waits (FR-ADMIT-7)', () => {
  it('is a leader’s once the node leads: what was never committed is waited for no longer', async () => {
    const { leader, follower } = await start();
    await create(leader, 'vol1');
    await eventually(() => applied(follower) === applied(leader));
    const forged = read(follower, 'vol1', applied(follower) + 1000n, 15_000);
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    await cluster.node(leader).transferLeadership(order(follower));
    expect(word(await forged)).toBe('OK');
  });

  it('and asked for the leader’s own state is refused once another leads', async () => {
    const { leader, follower } = await start();
    cluster.node(leader).pauseApply('main');
    const before = committed(leader);
    const write = create(leader, 'vol1');
    await eventually(() => committed(leader) > before);
    const metadata = { 'om-state-id': `main:${committed(leader)}` };
    const waits = cluster.client(leader).infoVolume('vol1', 'DEFAULT', { metadata });
    await eventually(() => counter(leader, 'waiting_reads') === 1);
    await cluster.node(leader).transferLeadership(order(follower));
    expect(word(await waits)).toBe('OMNotLeaderException');
    cluster.node(leader).resumeApply('main');
    await write;
  });

  it('is refused by a node that hears of no leader after its start, and does not wait there (FR-ADMIT-6)', async () => {
    const { leader, follower } = await start();
    const seen = await idOf(create(leader, 'vol1'));
    for (const id of cluster.ids) if (id !== follower) cluster.node(id).isolate([follower], 'both');
    await cluster.stopNode(follower);
    const node = await cluster.startNode(follower);
    node.isolate([], 'both');
    const refused = await read(follower, 'vol1', seen);
    expect(refused.kind === 'refusal' && refused.details).toContain('serves no reads now');
    expect(word(await read(follower, 'vol1', seen + 1n))).toBe('RetriableException');
    expect(word(await cluster.client(follower).infoVolume('vol1', LAF))).toBe('RetriableException');
    expect(word(await cluster.client(follower).echo({ readOnly: true }))).toBe('OK');
    for (const id of cluster.ids) cluster.node(id).heal();
    // What it reports it can serve, and it comes to what it has not (FR-STATE-8).
    await eventually(async () => word(await read(follower, 'vol1', seen)) === 'OK');
  });

  it('holds across a received snapshot (FR-GUAR-4)', async () => {
    const { follower } = await start();
    await cluster.stopNode(follower);
    const others = cluster.ids.filter((id) => id !== follower);
    let seen = 0n;
    // On a busy machine another one may lead by now, and by the time at which the follower is back.
    for (let n = 0; n < 20; n++) seen = await idOf(create(await cluster.leader(others), `vol${n}`));
    for (const id of others) await cluster.node(id).snapshot('main');
    await cluster.startNode(follower);
    let last = -1n;
    await eventually(async () => {
      const outcome = await read(follower, 'vol19', seen, 10_000);
      expect(stateId(outcome)).toBeGreaterThanOrEqual(last);
      last = stateId(outcome) ?? last;
      expect(['OK', 'RetriableException']).toContain(word(outcome));
      return word(outcome) === 'OK';
    });
    expect(counter(follower, 'snapshots_installed')).toBe(1);
  });
});
