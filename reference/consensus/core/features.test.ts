/** What the contract promises about a running group: proposals, reads, elections. */
import { describe, expect, test } from 'vitest';
import { bytes, Cluster, FOUNDERS, text } from './test/cluster.js';

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
    cluster.propose(3);
    expect(cluster.replica(1).commands).toEqual(['x0', 'x1', 'x2']);
  });
});

describe('reads', () => {
  test('leader and follower both get a confirmed position with their own context', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    cluster.propose(5);
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
