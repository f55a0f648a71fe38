/** How the log in memory is bounded: by the host's compaction, by bytes, and never below what somebody still needs. */
import { describe, expect, test } from 'vitest';
import { RaftCore } from './raft-core.js';
import { bytes, Cluster, FOUNDERS } from './test/cluster.js';

const ALONE = { snapshot: { index: 0, term: 0, membership: { ...FOUNDERS, voters: [1] } } };

function filled(options: ConstructorParameters<typeof Cluster>[1] = {}): Cluster {
  const cluster = new Cluster([1], { ...ALONE, ...options });
  const replica = cluster.elect(1);
  for (let i = 0; i < 20; i++) {
    replica.group.propose([new Uint8Array(1000)]);
    cluster.settle();
  }
  return cluster;
}

describe('compaction', () => {
  test('drops entries up to the index, and their bytes', () => {
    const { group, ...replica } = filled().replica(1);
    const before = group.logBytes();
    expect(before).toBeGreaterThan(20_000);
    group.snapshotTaken({ index: replica.applied, term: 1, membership: replica.membership });
    expect(group.logBytes()).toBe(before);
    group.compact(11);
    expect(group.status()).toMatchObject({ firstIndex: 12, lastIndex: 21 });
    expect(group.logBytes()).toBeGreaterThan(10_000);
    expect(group.logBytes()).toBeLessThan(before / 2 + 200);
    group.compact(21);
    expect(group.logBytes()).toBe(0);
    expect(group.status()).toMatchObject({ firstIndex: 22, lastIndex: 21 });
  });

  test('never goes above the snapshot point, from which a newcomer would have to go on', () => {
    const { group, membership } = filled().replica(1);
    group.compact(21);
    expect(group.status().firstIndex).toBe(1);
    group.snapshotTaken({ index: 5, term: 1, membership });
    group.compact(21);
    expect(group.status().firstIndex).toBe(6);
  });

  test('counts what is not stored yet, and forgets what was replaced', () => {
    const { group } = filled().replica(1);
    const before = group.logBytes();
    group.propose([new Uint8Array(5000)]);
    expect(group.logBytes()).toBe(before);
    const batch = group.ready();
    const inFlight = group.logBytes();
    expect(inFlight).toBeGreaterThan(before + 5000);
    group.persisted(batch?.token ?? 0);
    expect(group.logBytes()).toBe(inFlight);
  });
});

describe('the bound in bytes', () => {
  test('is kept behind the snapshot point, oldest entries first', () => {
    const { group, membership } = filled({ maxLogBytes: 5000 }).replica(1);
    expect(group.logBytes()).toBeGreaterThan(20_000);
    group.snapshotTaken({ index: 21, term: 1, membership });
    expect(group.logBytes()).toBeLessThanOrEqual(5000);
    expect(group.status()).toMatchObject({ firstIndex: 18, lastIndex: 21 });
  });

  test('a member that lags within it catches up by entries, one that lags more by a snapshot', () => {
    const cluster = new Cluster([1, 2, 3], { maxLogBytes: 5000 });
    const leader = cluster.elect(1);
    const lagging = cluster.replica(3);
    const proposeAndSnapshot = (count: number) => {
      cluster.isolated.add(3);
      for (let i = 0; i < count; i++) {
        leader.group.propose([new Uint8Array(1000)]);
        cluster.settle();
      }
      leader.group.snapshotTaken(leader.point());
      cluster.isolated.delete(3);
      cluster.ticks(20);
    };
    proposeAndSnapshot(3);
    expect(lagging).toMatchObject({ snapshotsInstalled: 0, applied: leader.applied });
    proposeAndSnapshot(20);
    expect(lagging).toMatchObject({ snapshotsInstalled: 1, applied: leader.applied });
  });

  test('linear memory stays flat however much is proposed', () => {
    const core = new RaftCore();
    const cluster = new Cluster([1], { ...ALONE, maxLogBytes: 100_000 }, core);
    const replica = cluster.elect(1);
    const round = () => {
      for (let i = 0; i < 200; i++) {
        replica.group.propose(Array.from({ length: 10 }, () => new Uint8Array(1000)));
        cluster.turn(replica);
        cluster.turn(replica);
      }
      replica.snapshotAndCompact();
    };
    for (let i = 0; i < 10; i++) {
      round();
    }
    const settled = core.memory().linearBytes;
    for (let i = 0; i < 30; i++) {
      round();
    }
    expect(core.memory().linearBytes).toBeLessThanOrEqual(settled + 2 * 2 ** 20);
    expect(replica.group.logBytes()).toBeLessThan(100_000);
  });
});

test('the log continues after a snapshot that was installed while older entries were being stored', () => {
  const cluster = new Cluster([1, 2, 3]);
  const leader = cluster.elect(1);
  cluster.isolated.add(3);
  for (let i = 0; i < 5; i++) {
    leader.group.propose([bytes(`${i}`)]);
    cluster.settle();
  }
  leader.snapshotAndCompact();
  cluster.isolated.clear();
  cluster.ticks(20);
  leader.group.propose([bytes('after')]);
  cluster.settle();
  const follower = cluster.replica(3);
  expect(follower.snapshotsInstalled).toBe(1);
  expect(follower.commands).toEqual(['after']);
  expect(follower.group.status()).toMatchObject({ firstIndex: leader.applied, lastIndex: leader.applied });
});
