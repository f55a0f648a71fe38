/** How entries are handed out for applying, and how the host reports that they are. */
import { describe, expect, test } from 'vitest';
import { bytes, Cluster, type Replica, takeAll } from './test/cluster.js';

describe('applying', () => {
  test('a part of what was handed out may be reported, and the rest later', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    leader.group.propose(['a', 'b', 'c'].map(bytes));
    const follower = cluster.replica(2);
    const handed: number[] = [];
    for (let i = 0; i < 10; i++) {
      cluster.turn(leader);
      cluster.turn(cluster.replica(3));
      for (const ready of takeAll(follower)) {
        follower.store(ready);
        follower.group.persisted(ready.token);
        cluster.send(2, ready.messagesAfterPersist);
        handed.push(...ready.committed.map(({ index }) => index));
      }
      cluster.deliver();
    }
    const [a, b, c] = handed.slice(-3);
    if (a === undefined || b === undefined || c === undefined) {
      throw new Error('three entries were to be handed out');
    }
    follower.group.applied(b);
    expect(follower.group.status().applied).toBe(b);
    follower.group.applied(a);
    expect(follower.group.status().applied).toBe(b);
    follower.group.applied(c);
    expect(follower.group.status().applied).toBe(c);
    expect(() => follower.group.applied(c + 1)).toThrow(`entry ${c + 1} was reported as applied and never handed out`);
  });

  test('a membership entry cannot be reported before it was applied as one', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    leader.group.proposeMembership([{ type: 'learner', id: 9 }]);
    const follower = cluster.replica(2);
    let change: number | undefined;
    for (let i = 0; change === undefined && i < 5; i++) {
      cluster.turn(leader);
      cluster.turn(cluster.replica(3));
      for (const ready of takeAll(follower)) {
        follower.group.persisted(ready.token);
        cluster.send(2, ready.messagesAfterPersist);
        change = ready.committed.find(({ type }) => type !== 0)?.index;
      }
      cluster.deliver();
    }
    const index = change ?? Number.NaN;
    expect(() => follower.group.applied(index)).toThrow(`entry ${index} changes the membership`);
  });

  test('what is handed out and not yet applied is bounded by bytes', () => {
    const cluster = new Cluster([1, 2, 3], { maxMessageBytes: 1000 });
    const leader = cluster.elect(1);
    const handed: number[] = [];
    const applyNothing = (replica: Replica) => {
      for (const ready of takeAll(replica)) {
        cluster.send(replica.id, ready.messages);
        replica.group.persisted(ready.token);
        cluster.send(replica.id, ready.messagesAfterPersist);
        handed.push(...(replica === leader ? ready.committed.map(({ index }) => index) : []));
      }
    };
    for (let i = 0; i < 20; i++) {
      leader.group.propose([new Uint8Array(300)]);
      for (let k = 0; k < 4; k++) {
        for (const replica of cluster.replicas.values()) {
          applyNothing(replica);
        }
        cluster.deliver();
      }
    }
    expect(handed.length).toBeLessThanOrEqual(4);
    expect(leader.group.position().commit).toBeGreaterThan(20);
    leader.group.applied(handed.at(-1) ?? 0);
    const before = handed.length;
    applyNothing(leader);
    expect(handed.length).toBeGreaterThan(before);
  });

  test('what a received snapshot has overtaken does not count as handed out any more', () => {
    const cluster = new Cluster([1, 2, 3], { maxMessageBytes: 1000 });
    const leader = cluster.elect(1);
    const follower = cluster.replica(3);
    cluster.frozen.add(3);
    const handed: number[] = [];
    const storeOnly = () => {
      for (const ready of takeAll(follower)) {
        follower.store(ready);
        follower.group.persisted(ready.token);
        cluster.send(3, ready.messagesAfterPersist);
        cluster.send(3, ready.messages);
        handed.push(...ready.committed.map(({ index }) => index));
      }
    };
    const proposeOne = () => {
      leader.group.propose([new Uint8Array(400)]);
      for (let i = 0; i < 4; i++) {
        cluster.settle();
        storeOnly();
      }
    };
    for (let i = 0; i < 6; i++) {
      proposeOne();
    }
    // It applies nothing and is given no more.
    expect(handed.at(-1)).toBeLessThan(leader.applied);
    cluster.isolated.add(3);
    proposeOne();
    leader.snapshotAndCompact();
    cluster.isolated.delete(3);
    for (let i = 0; i < 20; i++) {
      cluster.ticks(1);
      storeOnly();
    }
    expect(follower).toMatchObject({ snapshotsInstalled: 1, applied: leader.applied });
    for (let i = 0; i < 3; i++) {
      proposeOne();
    }
    expect(handed.at(-1)).toBeGreaterThan(follower.applied);
  });
});
