/** Members that come, are promoted, are exchanged and go; and what a newcomer needs. */
import { describe, expect, test } from 'vitest';
import { ConsensusInputError } from '../consensus-errors.js';
import { SNAPSHOT_MESSAGE } from '../raft-group.js';
import { caught } from './test/caught.js';
import { Cluster, FOUNDERS, founding, Replica } from './test/cluster.js';

const NOT_JOINT = { votersOutgoing: [], learnersNext: [], autoLeave: false };

describe('membership', () => {
  test('a newcomer gets a snapshot as a learner, is promoted, and votes', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.propose(20);
    leader.snapshotAndCompact();
    cluster.replicas.set(4, new Replica(leader.core, founding(4)));

    expect(leader.group.proposeMembership([{ type: 'learner', id: 4 }])).toBe(true);
    cluster.ticks(5);
    // The stored snapshot predates the newcomer, who would ignore it: it is withheld until there is a newer one.
    expect(cluster.sent.get(SNAPSHOT_MESSAGE)).toBeUndefined();
    expect(leader.membership).toEqual({ voters: [1, 2, 3], learners: [4], ...NOT_JOINT });
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
    cluster.propose(1, 'with three of four');
    expect(newcomer.commands).toContain('with three of four0');
    leader.group.transferLeadership(4);
    cluster.settle();
    expect(cluster.leader().id).toBe(4);
  });

  test('the announcement of a snapshot names the state that it needs', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.isolated.add(3);
    cluster.propose(10);
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
      expect(cluster.replica(id).membership).toEqual({ voters: [1, 2, 4], learners: [], ...NOT_JOINT });
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

describe('a membership change that nobody could apply', () => {
  test.each([
    ['removes the last voter', [{ type: 'remove', id: 1 }]],
    ['demotes the last voter', [{ type: 'learner', id: 1 }]],
  ] as const)('%s: refused before it is proposed', (_name, changes) => {
    const cluster = new Cluster([1], { snapshot: { index: 0, term: 0, membership: { ...FOUNDERS, voters: [1] } } });
    const leader = cluster.elect(1);
    const before = leader.group.position().lastIndex;
    expect(caught(ConsensusInputError, () => leader.group.proposeMembership(changes)).message).toContain(
      'removed all voters',
    );
    expect(leader.group.position().lastIndex).toBe(before);
  });
});
