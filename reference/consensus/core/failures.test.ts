/** What each failure costs: a bad message nothing, raft's own panic one group, anything else the instance. */
import { describe, expect, test } from 'vitest';
import {
  ConsensusFatalError,
  ConsensusInputError,
  ConsensusOrderError,
  ConsensusPanicError,
} from '../consensus-errors.js';
import type { LogEntry, OutgoingMessage, RaftGroupOptions } from '../raft-group.js';
import { CoreInstance } from './instance.js';
import { raftModule } from './module.js';
import { RaftCore } from './raft-core.js';
import { bytes, Cluster, FOUNDERS, founding } from './test/cluster.js';

/** A message in protobuf, from its fields (number → value); all numbers here fit one or more varint bytes. */
function message(fields: Readonly<Record<number, number | Uint8Array>>): Uint8Array {
  const out: number[] = [];
  const varint = (value: bigint) => {
    let rest = value;
    for (; rest > 127n; rest >>= 7n) {
      out.push(Number(rest & 127n) | 128);
    }
    out.push(Number(rest));
  };
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'number') {
      varint(BigInt(field) << 3n);
      varint(BigInt(value));
    } else {
      varint((BigInt(field) << 3n) | 2n);
      varint(BigInt(value.length));
      out.push(...value);
    }
  }
  return Uint8Array.from(out);
}

// Field numbers of raft's Message.
const TYPE = 1;
const TO = 2;
const FROM = 3;
const TERM = 4;
const INDEX = 6;
const ENTRIES = 7;
const COMMIT = 8;
const SNAPSHOT = 9;
const CONTEXT = 12;

const PROPOSE = 2;
const APPEND = 3;
const SNAP = 7;
const HEARTBEAT = 8;
const HEARTBEAT_ANSWER = 9;
const READ_INDEX = 15;
const STORED = 20;

const PANICKING = message({ [TYPE]: HEARTBEAT, [TO]: 1, [FROM]: 2, [TERM]: 5, [COMMIT]: 999 });

function caught<T extends Error>(kind: abstract new (...args: never[]) => T, run: () => unknown): T {
  try {
    run();
  } catch (error) {
    if (error instanceof kind) {
      return error;
    }
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}

describe('messages that cannot be right', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['no protobuf', Uint8Array.from([255, 255, 255]), 'proto'],
    ['nothing', new Uint8Array(0), 'MsgHup does not come from another member'],
    ['an unknown type', message({ [TYPE]: 99, [TO]: 1, [FROM]: 2, [TERM]: 1 }), '99 does not come from another member'],
    [
      'a message of the local disk',
      message({ [TYPE]: STORED, [TO]: 1, [FROM]: 2, [TERM]: 1 }),
      'MsgStorageAppendResp does not come',
    ],
    [
      'a proposal',
      message({ [TYPE]: PROPOSE, [TO]: 1, [FROM]: 2, [TERM]: 1 }),
      'MsgProp does not come from another member',
    ],
    ['for another member', message({ [TYPE]: HEARTBEAT, [TO]: 3, [FROM]: 2, [TERM]: 1 }), 'is for member 3'],
    ['from nobody', message({ [TYPE]: HEARTBEAT, [TO]: 1, [TERM]: 1 }), 'comes from member 0'],
    ['from this member itself', message({ [TYPE]: HEARTBEAT, [TO]: 1, [FROM]: 1, [TERM]: 1 }), 'comes from member 1'],
    ['without a term', message({ [TYPE]: HEARTBEAT, [TO]: 1, [FROM]: 2 }), 'names no term'],
    [
      'a term beyond what a number holds',
      message({ [TYPE]: HEARTBEAT, [TO]: 1, [FROM]: 2, [TERM]: 2 ** 53 }),
      'beyond 2^53',
    ],
    ['a read without a question', message({ [TYPE]: READ_INDEX, [TO]: 1, [FROM]: 2 }), 'asks 0 questions'],
    [
      'a context of three bytes',
      message({ [TYPE]: HEARTBEAT_ANSWER, [TO]: 1, [FROM]: 2, [TERM]: 1, [CONTEXT]: bytes('abc') }),
      'context of 3 bytes',
    ],
    [
      'entries with a gap',
      message({ [TYPE]: APPEND, [TO]: 1, [FROM]: 2, [TERM]: 1, [INDEX]: 4, [ENTRIES]: message({ 2: 1, 3: 9 }) }),
      'holds entry 9 of term 1 where entry 5',
    ],
    [
      'an entry of an unknown type',
      message({ [TYPE]: APPEND, [TO]: 1, [FROM]: 2, [TERM]: 1, [INDEX]: 0, [ENTRIES]: message({ 1: 7, 2: 1, 3: 1 }) }),
      'holds an entry of the unknown type 7',
    ],
    [
      'entries from the future',
      message({ [TYPE]: APPEND, [TO]: 1, [FROM]: 2, [TERM]: 1, [INDEX]: 0, [ENTRIES]: message({ 2: 7, 3: 1 }) }),
      'holds entry 1 of term 7',
    ],
    ['a snapshot of nothing', message({ [TYPE]: SNAP, [TO]: 1, [FROM]: 2, [TERM]: 1 }), 'names the point 0'],
    [
      'a snapshot with an impossible membership',
      message({
        [TYPE]: SNAP,
        [TO]: 1,
        [FROM]: 2,
        [TERM]: 1,
        // metadata (2): membership (1) with voters 1 and learner 1, index (2), term (3)
        [SNAPSHOT]: message({ 2: message({ 1: message({ 1: 1, 2: 1 }), 2: 5, 3: 1 }) }),
      }),
      'impossible membership',
    ],
  ];

  test.each(cases)('%s: refused, and the group goes on', (_name, damaged, why) => {
    const cluster = new Cluster([1, 2, 3]);
    cluster.elect(1);
    const before = cluster.replica(1).group.status();
    const error = caught(ConsensusInputError, () => cluster.replica(1).group.step(damaged));
    expect(error.message).toContain(why);
    expect(error.code).toBe('CONSENSUS_INPUT');
    expect(cluster.replica(1).group.status()).toEqual(before);
    cluster.replica(1).group.propose([bytes('x')]);
    cluster.settle();
    expect(cluster.replica(3).commands).toEqual(['x']);
  });

  test('every real message, cut short or with a flipped byte, costs the receiver at most its own group', () => {
    const cluster = new Cluster([1, 2, 3]);
    const captured: OutgoingMessage[] = [];
    const leader = cluster.elect(1);
    leader.group.propose([bytes('some data'), bytes('more')]);
    for (let i = 0; i < 20; i++) {
      for (const replica of cluster.replicas.values()) {
        replica.group.tick();
        for (let ready = cluster.turn(replica); ready !== undefined; ready = cluster.turn(replica)) {
          captured.push(...ready.messages, ...ready.messagesAfterPersist);
        }
      }
      cluster.deliver();
    }
    const core = new RaftCore();
    const outcomes = { taken: 0, refused: 0, panicked: 0 };
    for (const { to, bytes: real } of captured.slice(0, 60)) {
      for (let at = 0; at < real.length; at++) {
        for (const damaged of [real.slice(0, at), real.map((byte, i) => (i === at ? byte ^ 0x41 : byte))]) {
          const group = core.createGroup(founding(to));
          try {
            group.step(damaged);
            outcomes.taken++;
          } catch (error) {
            if (error instanceof ConsensusInputError) {
              outcomes.refused++;
            } else if (error instanceof ConsensusPanicError) {
              outcomes.panicked++;
            } else {
              throw error;
            }
          } finally {
            group.close();
          }
        }
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.taken).toBeGreaterThan(100);
    expect(outcomes.panicked).toBeLessThan(outcomes.taken);
  });
});

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

describe('what a host brings back', () => {
  const entry = (index: number, term: number): LogEntry => ({ index, term, type: 0, data: bytes(`${index}`) });
  const point = (index: number, term: number) => ({ index, term, membership: FOUNDERS });
  const cases: readonly (readonly [string, Partial<RaftGroupOptions>, string])[] = [
    [
      'committed entries are gone',
      { hardState: { term: 1, vote: 1, commit: 9 } },
      'entries up to 9 are committed, and the log ends at 0',
    ],
    ['applied entries are gone', { applied: 3 }, 'applied up to 3, and the log ends at 0'],
    [
      'entries between snapshot and log are gone',
      { hardState: { term: 1, vote: 1, commit: 0 }, snapshot: point(2, 1), entries: [entry(5, 1)], applied: 2 },
      'the log starts at 5, and the snapshot point is 2',
    ],
    [
      'the state is behind the log',
      { hardState: { term: 1, vote: 1, commit: 8 }, snapshot: point(8, 1), applied: 3 },
      'applied up to 3, and the log starts after 8',
    ],
    [
      'the term of the log is gone',
      { hardState: { term: 1, vote: 1, commit: 0 }, entries: [entry(1, 2)] },
      'the stored term is 1, and the log holds term 2',
    ],
    [
      'terms go back',
      { hardState: { term: 3, vote: 1, commit: 0 }, entries: [entry(1, 3), entry(2, 2)] },
      'entry 2 has term 2 after term 3',
    ],
    [
      'snapshot and log disagree',
      {
        hardState: { term: 3, vote: 1, commit: 0 },
        snapshot: point(2, 1),
        entries: [entry(1, 1), entry(2, 2)],
        applied: 2,
      },
      'entry 2 has term 2, and the snapshot point has term 1',
    ],
    [
      'the log ends before the snapshot',
      {
        hardState: { term: 3, vote: 1, commit: 0 },
        snapshot: point(7, 1),
        entries: [entry(1, 1), entry(2, 1)],
        applied: 2,
      },
      'the log ends at 2, before the snapshot point 7',
    ],
    [
      'a membership that cannot be',
      { snapshot: { index: 0, term: 0, membership: { ...FOUNDERS, learners: [1] } } },
      'the membership of the snapshot point 0',
    ],
    ['a member id that is no number of ours', { id: 2 ** 53 }, 'malformed'],
    ['a negative bound', { maxMessageBytes: -1 }, 'malformed'],
  ];

  test.each(cases)('%s: refused with what is wrong', (_name, changes, why) => {
    const core = new RaftCore();
    expect(caught(ConsensusInputError, () => core.createGroup({ ...founding(1), ...changes })).message).toContain(why);
    core.createGroup(founding(1)).tick();
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
