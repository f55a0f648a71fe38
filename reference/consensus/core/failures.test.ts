/** What each failure costs: raft's own panic one group, anything else the instance, a call out of order nothing. */
import { describe, expect, test } from 'vitest';
import { ConsensusFatalError, ConsensusOrderError, ConsensusPanicError } from '../consensus-errors.js';
import { CoreInstance } from './instance.js';
import { raftModule } from './module.js';
import { RaftCore } from './raft-core.js';
import { COMMIT, FROM, HEARTBEAT, message, TERM, TO, TYPE } from './test/bytes.js';
import { caught } from './test/caught.js';
import { bytes, Cluster, FOUNDERS, founding } from './test/cluster.js';

const PANICKING = message({ [TYPE]: HEARTBEAT, [TO]: 1, [FROM]: 2, [TERM]: 5, [COMMIT]: 999 });

describe("raft's own panic", () => {
  test('poisons that group, with text and stack, and no other', () => {
    const core = new RaftCore();
    const group = core.createGroup(founding(1));
    const other = core.createGroup(founding(1));
    const error = caught(ConsensusPanicError, () => group.step(PANICKING));
    expect(error.message).toContain('tocommit(999) is out of range [lastIndex(0)]');
    expect(error.coreStack).toMatch(/raft\/v3\.\(\*raftLog\)\.commitTo/);
    expect(error.coreStack).toMatch(/log\.go:\d+/);

    for (const call of [
      () => group.tick(),
      () => group.ready(),
      () => group.propose([bytes('x')]),
      () => group.status(),
    ]) {
      expect(caught(ConsensusPanicError, call).message).toContain('panicked earlier: tocommit(999)');
    }
    other.tick();
    other.campaign();
    expect(other.ready()?.messages).toHaveLength(2);
    group.close();
    core.createGroup(founding(1)).tick();
  });
});

describe('a failure of the core itself', () => {
  test('a crash of the Go runtime ends the instance, with the reason it printed', () => {
    const instance = new CoreInstance(raftModule(), 1, 2 ** 32);
    // More than the address space holds, outside any group's call.
    const error = caught(ConsensusFatalError, () => instance.invoke('raft_in', 0xf000_0000));
    expect(error.message).toContain('the consensus core failed in raft_in: RuntimeError');
    expect(error.coreOutput).toContain('makeslice: cap out of range');
    expect(caught(ConsensusFatalError, () => instance.invoke('raft_abi'))).toBe(error);
  });

  test('damaged memory is not answered from', () => {
    const instance = new CoreInstance(raftModule(), 1, 2 ** 30);
    instance.bytes.fill(0xff, 0, 7 * 2 ** 20);
    expect(() => {
      for (let i = 0; i < 100; i++) {
        instance.invoke('raft_create', 8);
      }
    }).toThrow(ConsensusFatalError);
    expect(() => instance.invoke('raft_abi')).toThrow(ConsensusFatalError);
  });

  test('a core that outgrows its bound ends, so that a restart can free the memory', () => {
    const core = new RaftCore({ maxMemoryBytes: 24 * 2 ** 20 });
    const cluster = new Cluster(
      [1],
      { snapshot: { index: 0, term: 0, membership: { ...FOUNDERS, voters: [1] } } },
      core,
    );
    cluster.elect(1);
    const error = caught(ConsensusFatalError, () => {
      for (let i = 0; i < 100; i++) {
        cluster.replica(1).group.propose([new Uint8Array(500_000)]);
        cluster.settle();
      }
    });
    expect(error.message).toMatch(/took \d+ bytes, and 25165824 are allowed/);
    expect(caught(ConsensusFatalError, () => cluster.replica(1).group.tick())).toBe(error);
  });
});

describe('the order of calls', () => {
  test('a closed group is not used any more, and its place is given to another', () => {
    const core = new RaftCore();
    const group = core.createGroup(founding(1));
    group.close();
    group.close();
    const other = core.createGroup(founding(2));
    expect(caught(ConsensusOrderError, () => group.tick()).message).toContain('after it was closed');
    expect(other.status().id).toBe(2);
  });

  test('a snapshot is taken of what is applied; one that is older than another changes nothing', () => {
    const cluster = new Cluster([1, 2, 3]);
    const leader = cluster.elect(1);
    leader.group.propose([bytes('a'), bytes('b')]);
    cluster.settle();
    const here = leader.point();
    expect(() => leader.group.snapshotTaken({ ...here, index: here.index + 1 })).toThrow(ConsensusOrderError);
    expect(() => leader.group.snapshotTaken({ ...here, term: 7 })).toThrow(`entry ${here.index} has term 1`);
    leader.group.snapshotTaken(here);
    leader.group.snapshotTaken(here);
    leader.group.snapshotTaken({ ...here, index: here.index - 1 });
    leader.group.compact(here.index);
    expect(leader.group.status().firstIndex).toBe(here.index + 1);
  });
});
