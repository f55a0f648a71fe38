/** Messages that cannot be right cost nothing, whatever is wrong with them. */
import { describe, expect, test } from 'vitest';
import { ConsensusInputError, ConsensusPanicError } from '../consensus-errors.js';
import type { OutgoingMessage } from '../raft-group.js';
import { RaftCore } from './raft-core.js';
import {
  APPEND,
  CONTEXT,
  ENTRIES,
  FROM,
  HEARTBEAT,
  HEARTBEAT_ANSWER,
  INDEX,
  message,
  PROPOSE,
  READ_INDEX,
  SNAP,
  SNAPSHOT,
  STORED,
  TERM,
  TO,
  TYPE,
} from './test/bytes.js';
import { caught } from './test/caught.js';
import { bytes, Cluster, founding } from './test/cluster.js';

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
