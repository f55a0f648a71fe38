/** What a host brings back after a restart is checked before raft sees it; raft would go on with a log that has holes. */
import { describe, expect, test } from 'vitest';
import { ConsensusInputError } from '../consensus-errors.js';
import type { LogEntry, RaftGroupOptions } from '../raft-group.js';
import { RaftCore } from './raft-core.js';
import { caught } from './test/caught.js';
import { bytes, FOUNDERS, founding } from './test/cluster.js';

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
