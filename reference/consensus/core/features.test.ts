/** What the contract promises about a running group: elections, proposals, reads, membership, snapshots, restarts. */
import { describe, expect, test } from 'vitest';
import { SNAPSHOT_MESSAGE } from '../raft-group.js';
import { bytes, Cluster, FOUNDERS, founding, Replica, text } from './test/cluster.js';

const VOTER_CHANGED = { votersOutgoing: [], learnersNext: [], autoLeave: false };

function proposeAll(cluster: Cluster, count: number, prefix = 'x'): void {
  for (let i = 0; i < count; i++) {
    expect(cluster.leader().group.propose([bytes(`${prefix}${i}`)])).toBeDefined();
    cluster.settle();
  }
}

describe('proposals', () => {
  test('a batch is one message per follower, its position is the first entry, and all replicas apply it in order', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    const before = leader.group.position().lastIndex;
    const appendsBefore = cluster.sent.get(3) ?? 0;
    const position = leader.group.propose(['a', 'b', 'c'].map(bytes));
    expect(position).toEqual({ term: 1, index: before + 1 });
    expect(leader.group.position().lastIndex).toBe(before + 3);
    cluster.settle();
    for (const replica of cluster.replicas.values()) {
      expect(replica.commands).toEqual(['a', 'b', 'c']);
    }
    // Two with the entries, two that say how far they are committed.
    expect((cluster.sent.get(3) ?? 0) - appendsBefore).toBe(4);
  });

  test('proposals one after the other get consecutive positions before any of them is stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    const first = leader.group.propose([bytes('a')]);
    const second = leader.group.propose([bytes('b'), bytes('c')]);
    const third = leader.group.propose([bytes('d')]);
    expect([second?.index, third?.index]).toEqual([(first?.index ?? 0) + 1, (first?.index ?? 0) + 3]);
    cluster.settle();
    expect(cluster.replica(3).commands).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a follower refuses, and does not pass the proposal on', () => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1);
    expect(cluster.replica(2).group.propose([bytes('x')])).toBeUndefined();
    cluster.settle();
    expect(cluster.replica(1).commands).toEqual([]);
  });

  test('a leader refuses beyond its bound of bytes in flight, and takes proposals again afterwards', () => {
    const cluster = new Cluster([1, 2, 3], { maxUncommittedBytes: 1000 });
    const leader = cluster.elect(1);
    cluster.isolated.add(1);
    expect(leader.group.propose([new Uint8Array(900)])).toBeDefined();
    const full = leader.group.position().lastIndex;
    expect(leader.group.propose([new Uint8Array(101)])).toBeUndefined();
    expect(leader.group.position().lastIndex).toBe(full);
    expect(leader.group.propose([new Uint8Array(100)])).toBeDefined();
    cluster.isolated.clear();
    cluster.ticks(3);
    expect(leader.group.propose([new Uint8Array(900)])).toBeDefined();
  });

  test('a replica that is alone decides alone', () => {
    const cluster = new Cluster([1], { snapshot: { index: 0, term: 0, membership: { ...FOUNDERS, voters: [1] } } });
    cluster.elect(1);
    proposeAll(cluster, 3);
    expect(cluster.replica(1).commands).toEqual(['x0', 'x1', 'x2']);
  });
});

describe('reads', () => {
  test('leader and follower both get a confirmed position with their own context', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    proposeAll(cluster, 5);
    leader.group.readIndex(bytes('at the leader'));
    cluster.replica(2).group.readIndex(bytes('at a follower'));
    cluster.settle();
    expect(leader.reads.map(({ index, context }) => [index, text(context)])).toEqual([
      [leader.applied, 'at the leader'],
    ]);
    expect(cluster.replica(2).reads.map(({ index, context }) => [index, text(context)])).toEqual([
      [leader.applied, 'at a follower'],
    ]);
  });

  test('a leader that lost its quorum confirms nothing', () => {
    const cluster = new Cluster([1, 2, 3]);
    const old = cluster.elect(1);
    cluster.isolated.add(1);
    old.group.readIndex(bytes('r'));
    cluster.ticks(30);
    expect(old.reads).toEqual([]);
  });
});

describe('elections', () => {
  test('leadership moves where it is asked to', () => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1).group.transferLeadership(3);
    cluster.settle();
    expect(cluster.leader().id).toBe(3);
    expect(cluster.replica(1).group.position()).toMatchObject({ role: 'follower', leader: 3, term: 2 });
  });

  test('while leadership is being moved, proposals are refused', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.isolated.add(3);
    leader.group.transferLeadership(3);
    cluster.settle();
    expect(leader.group.status().transferee).toBe(3);
    expect(leader.group.propose([bytes('x')])).toBeUndefined();
  });

  test('a replica that was away does not disturb the term when it returns (pre-vote)', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.isolated.add(3);
    cluster.ticks(60);
    expect(cluster.replica(3).group.position().role).toBe('precandidate');
    cluster.isolated.clear();
    cluster.ticks(30);
    expect(cluster.replica(3).group.position()).toMatchObject({ term: 1, leader: 1, role: 'follower' });
    expect(leader.group.position()).toMatchObject({ term: 1, role: 'leader' });
  });

  test('a leader without a quorum steps down (check-quorum), and the others elect another', () => {
    const cluster = new Cluster([1, 2, 3]);
    const old = cluster.elect(1);
    cluster.isolated.add(1);
    cluster.ticks(60);
    expect(old.group.position().role).not.toBe('leader');
    expect(cluster.leader().id).not.toBe(1);
    cluster.isolated.clear();
    cluster.ticks(30);
    expect(old.group.position()).toMatchObject({ role: 'follower', leader: cluster.leader().id });
  });

  test('with one seed for all, members still time out at different ticks', () => {
    const cluster = new Cluster([1, 2, 3], { seed: 1 });
    cluster.ticks(60);
    expect(cluster.leader().group.position().term).toBeLessThan(4);
  });
});

describe('membership', () => {
  test('a newcomer gets a snapshot as a learner, is promoted, and votes', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    proposeAll(cluster, 20);
    leader.snapshotAndCompact();
    cluster.replicas.set(4, new Replica(leader.core, founding(4)));

    expect(leader.group.proposeMembership([{ type: 'learner', id: 4 }])).toBe(true);
    cluster.ticks(5);
    // The stored snapshot predates the newcomer, who would ignore it: it is withheld until there is a newer one.
    expect(cluster.sent.get(SNAPSHOT_MESSAGE)).toBeUndefined();
    expect(leader.membership).toEqual({ voters: [1, 2, 3], learners: [4], ...VOTER_CHANGED });
    leader.snapshotAndCompact();
    cluster.ticks(5);
    const newcomer = cluster.replica(4);
    expect(newcomer.snapshotsInstalled).toBe(1);
    expect(newcomer.membership).toEqual(leader.membership);
    expect(leader.group.status().progress.find(({ id }) => id === 4)).toMatchObject({
      learner: true,
      state: 'replicate',
      match: leader.group.position().lastIndex,
    });

    expect(leader.group.proposeMembership([{ type: 'voter', id: 4 }])).toBe(true);
    cluster.ticks(2);
    expect(newcomer.membership.voters).toEqual([1, 2, 3, 4]);
    cluster.isolated.add(3);
    proposeAll(cluster, 1, 'with three of four');
    expect(newcomer.commands).toContain('with three of four0');
    leader.group.transferLeadership(4);
    cluster.settle();
    expect(cluster.leader().id).toBe(4);
  });

  test('the announcement of a snapshot names the state that it needs', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.isolated.add(3);
    proposeAll(cluster, 10);
    leader.snapshotAndCompact();
    cluster.isolated.clear();
    let announced: number | undefined;
    for (let i = 0; announced === undefined && i < 50; i++) {
      for (const replica of cluster.replicas.values()) {
        replica.group.tick();
        for (let ready = cluster.turn(replica); ready !== undefined; ready = cluster.turn(replica)) {
          announced ??= ready.messages.find(({ type }) => type === SNAPSHOT_MESSAGE)?.snapshotIndex;
        }
      }
      cluster.deliver();
    }
    expect(announced).toBe(leader.applied);
    cluster.ticks(5);
    expect(cluster.replica(3)).toMatchObject({ snapshotsInstalled: 1, applied: leader.applied });
  });

  test('two voters are exchanged in one joint change, which ends by itself', () => {
    const cluster = new Cluster([1, 2, 3, 4]);
    const leader = cluster.elect(1);
    expect(
      leader.group.proposeMembership([
        { type: 'voter', id: 4 },
        { type: 'remove', id: 3 },
      ]),
    ).toBe(true);
    cluster.ticks(5);
    for (const id of [1, 2, 4]) {
      expect(cluster.replica(id).membership).toEqual({ voters: [1, 2, 4], learners: [], ...VOTER_CHANGED });
    }
  });

  test('a second change is refused until the first is applied', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    expect(leader.group.proposeMembership([{ type: 'learner', id: 4 }])).toBe(true);
    expect(leader.group.proposeMembership([{ type: 'learner', id: 5 }])).toBe(false);
    cluster.settle();
    expect(leader.group.proposeMembership([{ type: 'learner', id: 5 }])).toBe(true);
    cluster.settle();
    expect(leader.membership.learners).toEqual([4, 5]);
  });

  test('a leader that is removed steps down', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    expect(leader.group.proposeMembership([{ type: 'remove', id: 1 }])).toBe(true);
    cluster.ticks(1);
    expect(leader.group.position().role).toBe('follower');
    cluster.ticks(40);
    expect([2, 3]).toContain(cluster.leader().id);
  });
});

describe('restart', () => {
  test('a replica continues from what its host stored', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    proposeAll(cluster, 10);
    const follower = cluster.replica(2);
    follower.restart();
    expect(follower.group.status()).toMatchObject({
      term: 1,
      vote: 1,
      commit: leader.applied,
      applied: leader.applied,
    });
    proposeAll(cluster, 5, 'later');
    expect(follower.commands).toEqual(leader.commands);
  });

  test('what is committed and not applied is handed out again', () => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1);
    proposeAll(cluster, 10);
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
    proposeAll(cluster, 10);
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
    proposeAll(cluster, 5);
    leader.group.proposeMembership([
      { type: 'voter', id: 4 },
      { type: 'remove', id: 2 },
    ]);
    cluster.ticks(3);
    proposeAll(cluster, 1, 'y');
    // Power was lost: the point was synced with the log, the state of the same time was not. The log was not cut.
    const snapshot = leader.point();
    leader.applied = 3;
    leader.commands.length = 0;
    leader.restart({ snapshot });
    cluster.settle();
    expect(leader.commands).toEqual(['x2', 'x3', 'x4', 'y0']);
    expect(leader.membership.voters).toEqual([1, 3, 4]);
    cluster.ticks(40);
    proposeAll(cluster, 1, 'z');
    expect(leader.commands.at(-1)).toBe('z0');
  });
});
