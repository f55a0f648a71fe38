/** Three nodes in one process with something wrong: paused, isolated, restarted, behind. */
import { afterEach, describe, expect, it } from 'vitest';
import { ControlRefusal } from '../../service/control-port.js';
import { eventually } from './eventually.js';
import { type Outcome, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

let cluster: TestCluster;
afterEach(() => cluster.stop());

const LAF = 'LINEARIZABLE_ALLOW_FOLLOWER';
const outcomeTrailer = (outcome: Outcome) => outcome.trailers.get('om-outcome')[0]?.toString();

/** Whether a promise is settled now. */
async function open(promise: Promise<unknown>): Promise<boolean> {
  const nothing = Symbol('open');
  return (await Promise.race([promise, Promise.resolve(nothing)])) === nothing;
}

describe('a paused apply', () => {
  it('at a follower holds its linearizable reads, and nothing else', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).pauseApply('main');
    expect(word(await cluster.client(leader).createVolume('vol1'))).toBe('OK');
    const read = cluster.client(follower).infoVolume('vol1', LAF);
    await eventually(() => cluster.node(follower).counters().get('waiting_reads') === 1);
    // It acknowledges on: what it holds back is in its log and known to be committed.
    await eventually(() => cluster.status(follower).commitIndex > cluster.status(follower).appliedIndex);
    expect(await open(read)).toBe(true);
    expect(cluster.status(follower).applyPaused).toBe(true);
    cluster.node(follower).resumeApply('main');
    expect(word(await read)).toBe('OK');
    expect(cluster.node(follower).counters().get('waiting_reads')).toBe(0);
  });

  it('at the leader holds the answers of its writes until it applies', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const before = cluster.status(leader).commitIndex;
    cluster.node(leader).pauseApply('main');
    const write = cluster.client(leader).createVolume('vol1');
    await eventually(() => cluster.status(leader).commitIndex > before);
    expect(await open(write)).toBe(true);
    expect(word(await cluster.client(leader).infoVolume('vol1', 'DEFAULT'))).toBe('VOLUME_NOT_FOUND');
    cluster.node(leader).resumeApply('main');
    expect(word(await write)).toBe('OK');
  });

  it('leaves a write unknown once its time is over (HA-17)', async () => {
    cluster = await TestCluster.start(3, { settings: { ...FAST, 'ozone.om.write.timeout': '200ms' } });
    const leader = await cluster.leader();
    cluster.node(leader).pauseApply('main');
    const late = await cluster.client(leader).createVolume('vol1');
    expect(word(late)).toBe('RetriableException');
    expect(outcomeTrailer(late)).toBeUndefined();
    cluster.node(leader).resumeApply('main');
    await eventually(async () => word(await cluster.client(leader).infoVolume('vol1')) === 'OK');
  });

  it('keeps a new leader from answering before it has applied its own term (HA-4)', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [next = ''] = await cluster.followers();
    cluster.node(next).pauseApply('main');
    expect(word(await cluster.client(leader).createVolume('vol1'))).toBe('OK');
    await cluster.node(leader).transferLeadership(order(next));
    expect(cluster.status(next)).toMatchObject({ role: 'leader', ready: false });
    const refused = await cluster.client(next).createVolume('vol2');
    expect(word(refused)).toBe('OMLeaderNotReadyException');
    expect(outcomeTrailer(refused)).toBe('none');
    expect(word(await cluster.client(next).infoVolume('vol1'))).toBe('OMLeaderNotReadyException');
    expect(word(await cluster.client(next).infoVolume('vol1', 'DEFAULT'))).toBe('OMLeaderNotReadyException');
    const read = cluster.client(next).infoVolume('vol1', LAF);
    await eventually(() => cluster.node(next).counters().get('waiting_reads') === 1);
    cluster.node(next).resumeApply('main');
    expect(word(await read)).toBe('OK');
    expect(await cluster.leader()).toBe(next);
  });

  it('lets a read run into its deadline and names the index', async () => {
    cluster = await TestCluster.start(3, { settings: { ...FAST, 'ozone.om.ha.raft.server.read.timeout': '150ms' } });
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).pauseApply('main');
    await cluster.client(leader).createVolume('vol1');
    const late = await cluster.client(follower).infoVolume('vol1', LAF);
    expect(late.kind === 'refusal' && late.details).toMatch(
      /^org\.apache\.ratis\.protocol\.exceptions\.ReadException: Read timeout 150ms for index \d+$/,
    );
    expect(cluster.node(follower).counters().get('expired_reads')).toBe(1);
    expect(cluster.node(follower).counters().get('waiting_reads')).toBe(0);
  });

  it('forgets a read whose client is gone', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).pauseApply('main');
    await cluster.client(leader).createVolume('vol1');
    await cluster.client(follower).infoVolume('vol1', LAF, { deadlineMs: 100 });
    await eventually(() => cluster.node(follower).counters().get('dropped_reads') === 1);
    expect(cluster.node(follower).counters().get('waiting_reads')).toBe(0);
  });
});

describe('isolation', () => {
  it('of the leader: it acknowledges no write and confirms no read, and what it had open is unknown (HA-7, HA-17)', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    cluster.node(leader).isolate([], 'both');
    const write = cluster.client(leader).createVolume('lost');
    const onlyLeader = cluster.client(leader).infoVolume('lost', 'LINEARIZABLE_LEADER_ONLY');
    const allowFollower = cluster.client(leader).infoVolume('lost', LAF);
    const others = cluster.ids.filter((id) => id !== leader);
    const next = await cluster.leader(others);
    expect(word(await cluster.client(next).createVolume('kept'))).toBe('OK');

    const deposed = await write;
    expect(word(deposed)).toBe('OMNotLeaderException');
    expect(outcomeTrailer(deposed)).toBeUndefined();
    expect(word(await onlyLeader)).toBe('ExecutionException');
    expect(word(await allowFollower)).toBe('ExecutionException');
    expect(word(await cluster.client(leader).infoVolume('kept', LAF))).toBe('ReadIndexException');
    const refused = await cluster.client(leader).createVolume('refused');
    expect(refused.kind === 'refusal' && refused.details).toContain('Could not determine the leader node.');
    expect(outcomeTrailer(refused)).toBe('none');

    cluster.node(leader).heal();
    await eventually(async () => word(await cluster.client(leader).infoVolume('kept', LAF)) === 'OK');
    expect(word(await cluster.client(leader).infoVolume('lost', LAF))).toBe('VOLUME_NOT_FOUND');
  });

  it('of a follower: its linearizable reads fail within the read time-out and never answer old data (RC-3)', async () => {
    cluster = await TestCluster.start(3, { settings: { ...FAST, 'ozone.om.ha.raft.server.read.timeout': '1s' } });
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).isolate([], 'both');
    expect(word(await cluster.client(leader).createVolume('vol1'))).toBe('OK');
    const read = await cluster.client(follower).infoVolume('vol1', LAF);
    expect(['ReadException', 'ReadIndexException']).toContain(word(read));
    cluster.node(follower).heal();
    await eventually(async () => word(await cluster.client(follower).infoVolume('vol1', LAF)) === 'OK');
  });

  it('of a follower: a read that nobody can confirm any more does not wait for its time-out (RC-3)', async () => {
    cluster = await TestCluster.start(3, { settings: { ...FAST, 'ozone.om.ha.raft.server.read.timeout': '60s' } });
    await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).isolate([], 'both');
    expect(word(await cluster.client(follower).infoVolume('vol1', LAF))).toBe('ReadIndexException');
  });

  it('of a follower: what it asks the others for votes ends nobody’s lease (RC-4)', async () => {
    const settings = {
      ...FAST,
      'om.reference.raft.heartbeat': '140ms',
      'om.reference.raft.election': '300ms',
      'ozone.om.follower.read.local.lease.enabled': 'true',
    };
    cluster = await TestCluster.start(3, { settings });
    await cluster.leader();
    const [deaf = '', well = ''] = await cluster.followers();
    const read = async () => word(await cluster.client(well).infoVolume('none', 'LOCAL_LEASE'));
    await eventually(async () => (await read()) === 'VOLUME_NOT_FOUND');
    cluster.node(deaf).isolate([], 'inbound');
    await eventually(() => cluster.status(deaf).leader === undefined);
    const words = new Set<string>();
    for (let round = 0; round < 600; round += 1) words.add(await read());
    expect([...words]).toEqual(['VOLUME_NOT_FOUND']);
  });

  it('of a follower that nobody hears: it learns how far behind it is, though it acknowledges nothing (RC-4)', async () => {
    const settings = {
      ...FAST,
      'ozone.om.follower.read.local.lease.enabled': 'true',
      'ozone.om.follower.read.local.lease.log.limit': '10',
    };
    cluster = await TestCluster.start(3, { settings });
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    cluster.node(follower).isolate([], 'outbound');
    // More than the leader sends without a word in return.
    for (let index = 0; index < 150; index += 1) await cluster.client(leader).createVolume(`vol${index}`);
    const read = async () => word(await cluster.client(follower).infoVolume('vol149', 'LOCAL_LEASE'));
    await eventually(async () => (await read()) === 'OMNotLeaderException');
    expect(cluster.status(follower).leader).toBe(leader);
    expect(cluster.status(follower).commitIndex).toBeLessThan(cluster.status(leader).commitIndex);
  });

  it('asks again for a confirmation whose messages were lost', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    // The question does not leave; the follower still hears its leader, so it goes on believing in it.
    cluster.node(follower).isolate([leader], 'outbound');
    const read = cluster.client(follower).infoVolume('none', LAF);
    await eventually(() => (cluster.node(follower).counters().get('read_index_rounds') ?? 0) >= 2);
    cluster.node(follower).heal();
    expect(word(await read)).toBe('VOLUME_NOT_FOUND');
  });

  it('is refused for a node that there is not', async () => {
    cluster = await TestCluster.start(1);
    expect(() => cluster.node('om1').isolate(['om9'], 'both')).toThrow(ControlRefusal);
    expect(() => cluster.node('om1').pauseApply('other')).toThrow(ControlRefusal);
  });
});

describe('leadership', () => {
  it('moves to the node that is named, and to any other when none is (HA-9)', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [first = '', second = ''] = await cluster.followers();
    await cluster.node(leader).transferLeadership(order(first));
    expect(await cluster.leader()).toBe(first);
    // Also a node that does not lead takes the order.
    await cluster.node(leader).transferLeadership(order(second));
    expect(await cluster.leader()).toBe(second);
    await cluster.node(second).transferLeadership(order(undefined));
    expect(await cluster.leader()).not.toBe(second);
  });

  it('does not move on a wrong expectation, or to a node that there is not', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    const node = cluster.node(leader);
    await expect(node.transferLeadership(order('om9'))).rejects.toMatchObject({ why: 'not-found' });
    await expect(node.transferLeadership({ ...order(follower), expectedLeader: follower })).rejects.toMatchObject({
      why: 'not-now',
    });
    await expect(node.transferLeadership({ ...order(follower), expectedTerm: 999 })).rejects.toMatchObject({
      why: 'not-now',
    });
    expect(await cluster.leader()).toBe(leader);
  });
});

describe('snapshots', () => {
  it('bring a node up to date whose log position was cut (HA-11)', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [follower = ''] = await cluster.followers();
    await cluster.stopNode(follower);
    for (let i = 0; i < 20; i++) expect(word(await cluster.client(leader).createVolume(`vol${i}`))).toBe('OK');
    const index = await cluster.node(leader).snapshot('main');
    expect(index).toBe(cluster.status(leader).appliedIndex);
    expect(cluster.status(leader).snapshotIndex).toBe(index);
    await cluster.client(leader).createVolume('after');
    await cluster.startNode(follower);
    await eventually(async () => word(await cluster.client(follower).infoVolume('vol19', LAF)) === 'OK');
    expect(word(await cluster.client(follower).infoVolume('after', LAF))).toBe('OK');
    expect(cluster.node(follower).counters().get('snapshots_installed')).toBe(1);
    // It stands on what it was sent, also after a restart, and leads from it.
    await cluster.stopNode(follower);
    await cluster.startNode(follower);
    await eventually(async () => word(await cluster.client(follower).infoVolume('vol0', LAF)) === 'OK');
    await cluster.node(leader).transferLeadership(order(follower));
    expect(await cluster.leader()).toBe(follower);
    expect(word(await cluster.client(follower).createVolume('vol0'))).toBe('VOLUME_ALREADY_EXISTS');
  });

  it('are passed on by a node that stands on one itself', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const [first = '', second = ''] = await cluster.followers();
    await cluster.stopNode(first);
    for (let i = 0; i < 5; i++) await cluster.client(leader).createVolume(`vol${i}`);
    await cluster.node(leader).snapshot('main');
    await cluster.startNode(first);
    await eventually(async () => word(await cluster.client(first).infoVolume('vol4', LAF)) === 'OK');
    await cluster.stopNode(second);
    await cluster.client(leader).createVolume('later');
    await cluster.node(leader).transferLeadership(order(first));
    expect(await cluster.leader()).toBe(first);
    await cluster.node(first).snapshot('main');
    await cluster.client(first).createVolume('last');
    await cluster.startNode(second);
    await eventually(async () => word(await cluster.client(second).infoVolume('last', LAF)) === 'OK');
    expect(cluster.node(second).counters().get('snapshots_installed')).toBe(1);
  });

  it('are taken when the log has grown, and the log is cut', async () => {
    cluster = await TestCluster.start(3, {
      settings: { ...FAST, 'om.reference.snapshot.log.entries': '20', 'om.reference.snapshot.log.keep': '5' },
    });
    const leader = await cluster.leader();
    for (let i = 0; i < 60; i++) await cluster.client(leader).createVolume(`vol${i}`);
    for (const id of cluster.ids) await eventually(() => cluster.status(id).snapshotIndex >= 40);
    await Promise.all(cluster.ids.map((id) => cluster.stopNode(id)));
    await Promise.all(cluster.ids.map((id) => cluster.startNode(id)));
    const next = await cluster.leader();
    for (let i = 0; i < 60; i++) expect(word(await cluster.client(next).infoVolume(`vol${i}`))).toBe('OK');
  });
});

describe('a new configuration', () => {
  it('restarts the node with exactly these keys, and outlives a restart', async () => {
    cluster = await TestCluster.start(3);
    const linearizable = { ...FAST, 'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE' };
    await cluster.client(await cluster.leader()).createVolume('vol1');
    await Promise.all(cluster.ids.map((id) => cluster.node(id).configure(linearizable)));
    await cluster.leader();
    const [follower = ''] = await cluster.followers();
    expect(word(await cluster.client(follower).infoVolume('vol1'))).toBe('OK');
    await cluster.stopNode(follower);
    await cluster.startNode(follower);
    await eventually(async () => word(await cluster.client(follower).infoVolume('vol1')) === 'OK');
    await Promise.all(cluster.ids.map((id) => cluster.node(id).configure(FAST)));
    await cluster.leader();
    const [other = ''] = await cluster.followers();
    expect(word(await cluster.client(other).infoVolume('vol1'))).toBe('OMNotLeaderException');
  });

  it('is refused with the key, and nothing is restarted', async () => {
    cluster = await TestCluster.start(1);
    const node = cluster.node('om1');
    await expect(node.configure({ 'ozone.om.nonsense': '1' })).rejects.toMatchObject({
      why: 'invalid',
      message: expect.stringContaining('ozone.om.nonsense'),
    });
    await expect(node.configure({ 'ozone.om.write.timeout': 'soon' })).rejects.toMatchObject({
      why: 'invalid',
      message: expect.stringContaining('ozone.om.write.timeout'),
    });
    expect(word(await cluster.client('om1').echo())).toBe('OK');
  });
});

describe('a restart', () => {
  it('of all nodes keeps every acknowledged write (HA-6)', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    for (let i = 0; i < 10; i++) await cluster.client(leader).createVolume(`vol${i}`);
    await Promise.all(cluster.ids.map((id) => cluster.stopNode(id)));
    await Promise.all(cluster.ids.map((id) => cluster.startNode(id)));
    const next = await cluster.leader();
    for (let i = 0; i < 10; i++) expect(word(await cluster.client(next).infoVolume(`vol${i}`))).toBe('OK');
  });

  it('with another cluster id is refused', async () => {
    cluster = await TestCluster.start(1);
    await cluster.stopNode('om1');
    await expect(cluster.startNode('om1', { cluster: 'other' })).rejects.toMatchObject({ code: 'DATA_DIR_FOREIGN' });
  });
});

function order(target: string | undefined) {
  return { group: 'main', target, expectedLeader: undefined, expectedTerm: undefined };
}
