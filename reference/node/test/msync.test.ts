/** Three nodes in one process: how far a group has come, asked of nodes that lead, led, or never did (FR-MSYNC). */
import { afterEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../../namespace/command.js';
import { eventually } from './eventually.js';
import { type Outcome, stateId, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

const ON = { ...FAST, 'ozone.om.follower.read.enabled': 'true' };
const { Type } = hadoop.ozone;

let cluster: TestCluster;
afterEach(() => cluster.stop());

const start = async () => {
  cluster = await TestCluster.start(3, { settings: ON });
  const leader = await cluster.leader();
  const [follower = ''] = await cluster.followers();
  return { leader, follower };
};
const counter = (node: string, of: string) => cluster.node(node).counters().get(of) ?? 0;
const order = (target: string) => ({ group: 'main', target, expectedLeader: undefined, expectedTerm: undefined });
const msync = (node: string, msyncRequest: OMRequest['msyncRequest'] = {}, deadlineMs = 5000) =>
  cluster.client(node).call({ cmdType: Type.Msync, msyncRequest }, { deadlineMs });

function told(outcome: Outcome): bigint {
  if (outcome.kind !== 'answer') throw new Error(outcome.details);
  return outcome.response.msyncResponse?.lastAppliedIndex ?? -1n;
}

describe('Msync', () => {
  it('covers what was acknowledged to anybody, and names the leader (FR-MSYNC-1)', async () => {
    const { leader } = await start();
    for (let n = 0; n < 20; n++) {
      const seen = stateId(await cluster.client(leader).createVolume(`vol${n}`)) ?? 0n;
      const outcome = await msync(leader);
      expect(outcome).toMatchObject({ response: { success: true, leaderOMNodeId: leader } });
      expect(told(outcome)).toBeGreaterThanOrEqual(seen);
    }
    expect(counter(leader, 'msyncs')).toBe(20);
  });

  it('covers what followers have applied and the leader has not, without waiting for it', async () => {
    const { leader, follower } = await start();
    cluster.node(leader).pauseApply('main');
    const before = BigInt(cluster.status(follower).appliedIndex);
    const write = cluster.client(leader).createVolume('vol1');
    await eventually(() => BigInt(cluster.status(follower).appliedIndex) > before);
    const shown = BigInt(cluster.status(follower).appliedIndex);
    const outcome = await msync(leader);
    expect(told(outcome)).toBeGreaterThanOrEqual(shown);
    // The trailer is what this node can serve.
    expect(stateId(outcome)).toBe(BigInt(cluster.status(leader).appliedIndex));
    cluster.node(leader).resumeApply('main');
    await write;
  });

  it('adds no entry, however often it is asked, and gathers in few rounds (FR-MSYNC-6)', async () => {
    const { leader } = await start();
    const { lastLogIndex } = cluster.status(leader);
    const rounds = counter(leader, 'read_index_rounds');
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => msync(leader)));
    expect(new Set(outcomes.map(word))).toEqual(new Set(['OK']));
    expect(cluster.status(leader).lastLogIndex).toBe(lastLogIndex);
    expect(counter(leader, 'read_index_rounds') - rounds).toBeLessThan(50);
  });

  it('is refused by followers at once, also by one that is behind (FR-MSYNC-2)', async () => {
    const { leader, follower } = await start();
    expect(word(await msync(follower))).toBe('OMNotLeaderException');
    cluster.node(follower).pauseApply('main');
    await cluster.client(leader).createVolume('vol1');
    const refused = await msync(follower);
    expect(word(refused)).toBe('OMNotLeaderException');
    expect(refused.trailers.get('om-leader').map(String)).toEqual([leader]);
  });

  it('is refused by a leader that is not ready (HA-4)', async () => {
    const { leader, follower } = await start();
    cluster.node(follower).pauseApply('main');
    await cluster.client(leader).createVolume('vol1');
    await cluster.node(leader).transferLeadership(order(follower));
    expect(word(await msync(follower))).toBe('OMLeaderNotReadyException');
  });

  it('is never answered by a leader that was replaced and has not noticed (FR-MSYNC-3)', async () => {
    const { leader } = await start();
    cluster.node(leader).isolate([], 'both');
    const asked = msync(leader, {}, 15_000);
    const next = await cluster.leader(cluster.ids.filter((id) => id !== leader));
    expect(word(await msync(next))).toBe('OK');
    expect(word(await asked)).toBe('OMNotLeaderException');
    expect(counter(leader, 'msyncs')).toBe(0);
  });

  it('names main as messages do, and refuses to speak for groups that it cannot confirm (FR-MSYNC-7)', async () => {
    const { leader } = await start();
    const main = { mostSigBits: 0n, leastSigBits: 0n };
    expect(word(await msync(leader, { groups: [main] }))).toBe('OK');
    const other = { mostSigBits: 0x6f9619ff8b864011n, leastSigBits: -0x4bd2ff30b0369b01n };
    const refused = await msync(leader, { groups: [main, other] });
    expect(word(refused)).toBe('RetriableException');
    expect(refused.kind === 'refusal' && refused.details).toContain('6f9619ff-8b86-4011-b42d-00cf4fc964ff');
    // Without its sub-request it asks for all (W-12).
    expect(word(await cluster.client(leader).call({ cmdType: Type.Msync }))).toBe('OK');
  });

  it('makes what one client wrote safe for another, on any node (FR-MSYNC-4)', async () => {
    const { leader, follower } = await start();
    cluster.node(follower).pauseApply('main');
    await cluster.client(leader).createVolume('vol1');
    const metadata = { 'om-state-id': `main:${told(await msync(leader))}` };
    const read = cluster.client(follower).infoVolume('vol1', undefined, { metadata });
    await eventually(() => counter(follower, 'waiting_reads') === 1);
    cluster.node(follower).resumeApply('main');
    expect(word(await read)).toBe('OK');
  });
});
