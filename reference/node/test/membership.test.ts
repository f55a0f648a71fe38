/** Members that go, lose everything, and are admitted anew (HA-18, HA-20). */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ControlRefusal } from '../../service/control-port.js';
import { eventually } from './eventually.js';
import { TestCluster } from './test-cluster.js';

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ControlRefusal) return error.message;
    throw error;
  }
  return 'done';
}

const change = (on: string, kind: 'add-learner' | 'promote' | 'drain' | 'remove', node: string) =>
  cluster.node(on).changeMembership({ change: kind, node, group: 'main' });

/** Nodes by what they are: leader, follower to be lost, the other follower. */
async function roles() {
  const leader = await cluster.leader();
  const [lost = '', other = ''] = await cluster.followers();
  return { leader, lost, other };
}

/** Asks until the learner has caught up. */
async function promote(on: string, node: string): Promise<void> {
  await eventually(async () => (await refusal(change(on, 'promote', node))) === 'done', 20_000);
}

async function wipe(id: string): Promise<void> {
  await cluster.stopNode(id);
  rmSync(join(cluster.folder, id), { recursive: true });
}

describe('a node whose data directory was erased', () => {
  test('refuses to start, naming the directory, until it is admitted anew', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost } = await roles();
    const before = cluster.status(lost).member;
    await wipe(lost);
    await expect(cluster.startNode(lost)).rejects.toMatchObject({
      code: 'REPLICA_LOST',
      found: expect.stringContaining(join(cluster.folder, lost)),
    });
    expect(await change(leader, 'remove', lost)).toMatchObject({ member: before, learners: [] });
    await expect(cluster.startNode(lost)).rejects.toMatchObject({ code: 'REPLICA_LOST' });

    const { member, learners } = await change(leader, 'add-learner', lost);
    expect(learners).toEqual([lost]);
    expect(member).not.toBe(before);
    await cluster.startNode(lost);
    await eventually(() => cluster.status(lost).learners.includes(lost));
    expect(cluster.status(lost)).toMatchObject({ role: 'learner', member });
    await promote(leader, lost);
    await eventually(() => cluster.status(lost).voters.length === 3);
    expect(cluster.status(lost).role).toBe('follower');
  });

  test('is admitted by a snapshot too, and again after it was erased again', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost } = await roles();
    const ids = new Set([cluster.status(lost).member]);
    for (let round = 0; round < 3; round++) {
      await wipe(lost);
      await change(leader, 'remove', lost);
      await cluster.client(leader).echo();
      await cluster.node(leader).snapshot('main');
      const { member } = await change(leader, 'add-learner', lost);
      expect(ids.has(member)).toBe(false);
      ids.add(member);
      await cluster.startNode(lost);
      await promote(leader, lost);
      await eventually(() => cluster.status(lost).voters.length === 3);
    }
    await cluster.node(leader).transferLeadership({
      group: 'main',
      target: lost,
      expectedLeader: undefined,
      expectedTerm: undefined,
    });
    expect(await cluster.leader()).toBe(lost);
    await cluster.stopNode(leader);
    expect(await cluster.leader([lost])).toBe(lost);
  });

  test('DropReplica erases the directory and leaves the node down', async () => {
    cluster = await TestCluster.start(3);
    const { lost } = await roles();
    const directory = await cluster.node(lost).dropReplica(undefined);
    expect(directory).toBe(join(cluster.folder, lost));
    expect(existsSync(directory)).toBe(false);
    expect(await refusal(Promise.resolve().then(() => cluster.node(lost).status()))).toContain('is down');
    await cluster.stopNode(lost);
    await expect(cluster.startNode(lost)).rejects.toMatchObject({ code: 'REPLICA_LOST' });
  });

  test('does not vote while nobody who knows it is reached', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost, other } = await roles();
    await wipe(lost);
    await cluster.stopNode(leader);
    await cluster.stopNode(other);
    await cluster.startNode(lost);
    await wipe(other);
    // Two empty directories of three: both take part only once the third node knows them, and it knows others.
    await cluster.startNode(other);
    const outcome = await cluster.client(other).echo({ deadlineMs: 1000 });
    expect(outcome).toMatchObject({ kind: 'refusal', details: expect.stringContaining('waits until the other nodes') });
    expect(cluster.fatal).toEqual([]);
    await cluster.startNode(leader);
    await eventually(() => cluster.fatal.length > 0);
    expect(cluster.fatal[0]).toMatchObject({ code: 'REPLICA_LOST' });
    cluster.fatal.length = 0;
    await cluster.stopNode(other);
    await cluster.stopNode(lost);
    cluster.fatal.length = 0;
  });
});

describe('a change of the membership', () => {
  test('is answered alike when it is asked for again', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost } = await roles();
    const member = cluster.status(lost).member;
    expect(await change(leader, 'promote', lost)).toMatchObject({ member });
    await change(leader, 'remove', lost);
    expect((await change(leader, 'remove', lost)).voters).not.toContain(lost);
    const first = await change(leader, 'add-learner', lost);
    expect(await change(leader, 'add-learner', lost)).toEqual(first);
  });

  test('is refused where it cannot be', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost, other } = await roles();
    // It may have to hear first that the leader is ready.
    await eventually(async () => (await refusal(change(other, 'remove', lost))).includes(`${leader} leads`));
    expect(await refusal(change(leader, 'remove', leader))).toContain('drain it first');
    expect(await refusal(change(leader, 'add-learner', lost))).toContain('remove it first');
    expect(await refusal(change(leader, 'remove', 'om9'))).toContain('no node "om9"');
  });

  test('a leader is drained, then removed, and serves nothing from then on', async () => {
    cluster = await TestCluster.start(3);
    const { leader } = await roles();
    await change(leader, 'drain', leader);
    const next = await cluster.leader();
    expect(next).not.toBe(leader);
    await change(next, 'remove', leader);
    await eventually(async () => {
      const outcome = await cluster.client(leader).infoVolume('v', 'LINEARIZABLE_ALLOW_FOLLOWER');
      return outcome.kind === 'refusal' && outcome.details.includes('is not a member of group main');
    });
    expect(cluster.node(leader).status()).toEqual([]);
    await cluster.stopNode(leader);
    await cluster.startNode(leader);
    await eventually(() => cluster.node(leader).status().length === 0);
  });

  test('a learner that is cut off is not promoted', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost } = await roles();
    await wipe(lost);
    await change(leader, 'remove', lost);
    await change(leader, 'add-learner', lost);
    expect(await refusal(change(leader, 'promote', lost))).toMatch(/is not reached|has not caught up/);
    await cluster.startNode(lost);
    await promote(leader, lost);
  });

  test('survives a restart of all nodes', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost } = await roles();
    await wipe(lost);
    await change(leader, 'remove', lost);
    const { member } = await change(leader, 'add-learner', lost);
    await cluster.startNode(lost);
    await eventually(() => cluster.status(lost).learners.length === 1);
    for (const id of cluster.ids) await cluster.stopNode(id);
    await Promise.all(cluster.ids.map((id) => cluster.startNode(id)));
    await cluster.leader();
    for (const id of cluster.ids) await eventually(() => cluster.status(id).learners.includes(lost));
    expect(cluster.status(lost)).toMatchObject({ member, role: 'learner' });
  });
});

describe('a learner', () => {
  test('counts for no majority', async () => {
    cluster = await TestCluster.start(3);
    const { leader, lost, other } = await roles();
    await wipe(lost);
    await change(leader, 'remove', lost);
    await change(leader, 'add-learner', lost);
    await cluster.startNode(lost);
    await eventually(() => cluster.status(lost).role === 'learner');
    await cluster.stopNode(other);
    const outcome = await cluster.client(leader).echo({ deadlineMs: 1500 });
    expect(outcome.kind).toBe('refusal');
    await cluster.startNode(other);
    expect([leader, other]).toContain(await cluster.leader());
  });
});
