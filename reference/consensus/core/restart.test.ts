/** A replica that its host brings back, with stores that agree and with stores that a crash left apart. */
import { describe, expect, test } from 'vitest';
import { Cluster } from './test/cluster.js';

describe('restart', () => {
  test('a replica continues from what its host stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.propose(10);
    const follower = cluster.replica(2);
    follower.restart();
    expect(follower.group.status()).toMatchObject({
      term: 1,
      vote: 1,
      commit: leader.applied,
      applied: leader.applied,
    });
    cluster.propose(5, 'later');
    expect(follower.commands).toEqual(leader.commands);
  });

  test('what is committed and not applied is handed out again', () => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1);
    cluster.propose(10);
    const follower = cluster.replica(2);
    follower.applied = 4;
    follower.commands.length = 0;
    follower.restart();
    cluster.settle();
    expect(follower.commands).toEqual(['x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9']);
  });

  test('the stored commit index may be behind what was applied: its write need not be synced', () => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1);
    cluster.propose(10);
    const follower = cluster.replica(2);
    follower.restart({ hardState: { ...follower.stored.hardState, commit: 3 } });
    expect(follower.group.status()).toMatchObject({ commit: follower.applied, applied: follower.applied });
  });

  test('the state may be ahead of the snapshot point: raft knows the membership of what is applied', () => {
    const cluster = new Cluster([1, 2, 3, 4]);
    const leader = cluster.elect(1);
    leader.group.proposeMembership([
      { type: 'voter', id: 4 },
      { type: 'remove', id: 2 },
    ]);
    cluster.ticks(3);
    expect(leader.membership.voters).toEqual([1, 3, 4]);
    expect(leader.stored.snapshot.index).toBe(0);
    leader.restart();
    cluster.ticks(40);
    cluster.leader().group.transferLeadership(1);
    cluster.settle();
    expect(cluster.leader()).toBe(leader);
    const voters = leader.group.status().progress.filter(({ learner }) => !learner);
    expect(voters.map(({ id }) => id)).toEqual([1, 3, 4]);
  });

  test('the state may be behind the snapshot point: changes that its membership holds are not made twice', () => {
    const cluster = new Cluster([1, 2, 3, 4]);
    const leader = cluster.elect(1);
    cluster.propose(5);
    leader.group.proposeMembership([
      { type: 'voter', id: 4 },
      { type: 'remove', id: 2 },
    ]);
    cluster.ticks(3);
    cluster.propose(1, 'y');
    // Power was lost: the point was synced with the log, the state of the same time was not. The log was not cut.
    const snapshot = leader.point();
    leader.applied = 3;
    leader.commands.length = 0;
    leader.restart({ snapshot });
    cluster.settle();
    expect(leader.commands).toEqual(['x2', 'x3', 'x4', 'y0']);
    expect(leader.membership.voters).toEqual([1, 3, 4]);
    cluster.ticks(40);
    cluster.propose(1, 'z');
    expect(leader.commands.at(-1)).toBe('z0');
  });

  test('also when that point stands inside a joint change', () => {
    const cluster = new Cluster([1, 2, 3, 4]);
    const leader = cluster.elect(1);
    cluster.propose(5);
    leader.group.proposeMembership([
      { type: 'voter', id: 4 },
      { type: 'remove', id: 2 },
    ]);
    cluster.ticks(3);
    const joint = leader.stored.entries.find(({ type }) => type !== 0);
    if (joint === undefined) {
      throw new Error('a membership entry was to be stored');
    }
    const { index, term } = joint;
    const membership = {
      voters: [1, 3, 4],
      votersOutgoing: [1, 2, 3],
      learners: [],
      learnersNext: [],
      autoLeave: true,
    };
    leader.applied = 3;
    leader.restart({ snapshot: { index, term, membership } });
    cluster.settle();
    expect(leader.membership).toMatchObject({ voters: [1, 3, 4], votersOutgoing: [] });
  });
});
