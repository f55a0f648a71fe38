import { describe, expect, it } from 'vitest';
import type { PeerProgress } from '../consensus/raft-group.js';
import { memberId } from './members.js';
import { type ChangeView, judgeChange } from './membership-change.js';

const ADMITTED = memberId(3, 40);
const NOT_JOINT = { votersOutgoing: [], learnersNext: [], autoLeave: false };
const progress = (id: number, more: Partial<PeerProgress> = {}): PeerProgress => ({
  ...{ id, match: 50, next: 51, state: 'replicate', active: true, learner: false },
  ...more,
});
/** Om1 leads; om2 and om3 follow. */
const view = (more: Partial<ChangeView>): ChangeView => ({
  ...{ change: 'remove', number: 3, self: 1, appliedIndex: 49, commitIndex: 50 },
  membership: { voters: [1, 2, 3], learners: [], ...NOT_JOINT },
  progress: [progress(1), progress(2), progress(3)],
  ...more,
});
const learning = { voters: [1, 2], learners: [ADMITTED], ...NOT_JOINT };
const without = { voters: [1, 2], learners: [], ...NOT_JOINT };

describe('a change of the membership (HA-18, HA-20)', () => {
  it.each<[string, Partial<ChangeView>, object]>([
    ['a voter is removed', {}, { kind: 'propose', type: 'remove', member: 3 }],
    [
      'a voter that is lost is removed',
      { progress: [progress(2), progress(3, { active: false })] },
      { kind: 'propose' },
    ],
    ['the leader', { number: 1 }, { kind: 'refuse', why: 'it leads; drain it first' }],
    [
      'the last that is reached',
      { number: 2, progress: [progress(2), progress(3, { active: false })] },
      { kind: 'refuse' },
    ],
    ['one that is gone', { membership: without }, { kind: 'done', member: 0 }],
    ['a learner, reached or not', { membership: learning, progress: [] }, { kind: 'propose', member: ADMITTED }],
  ])('remove: %s', (_name, more, expected) => {
    expect(judgeChange(view(more))).toMatchObject(expected);
  });

  it('admits under an id that no earlier admission gave', () => {
    const first = judgeChange(view({ change: 'add-learner', membership: without, appliedIndex: 49 }));
    const second = judgeChange(view({ change: 'add-learner', membership: without, appliedIndex: 51 }));
    expect(first).toEqual({ kind: 'propose', type: 'learner', member: memberId(3, 49) });
    expect(second).toEqual({ kind: 'propose', type: 'learner', member: memberId(3, 51) });
  });

  it('admits nobody twice, and no voter', () => {
    expect(judgeChange(view({ change: 'add-learner', membership: learning }))).toEqual({
      kind: 'done',
      member: ADMITTED,
    });
    expect(judgeChange(view({ change: 'add-learner' }))).toMatchObject({ kind: 'refuse' });
  });

  it.each<[string, readonly PeerProgress[], string]>([
    ['one that has caught up', [progress(ADMITTED, { learner: true })], 'propose'],
    ['one that is behind', [progress(ADMITTED, { learner: true, match: 49 })], 'wait'],
    ['one that is being sent the state', [progress(ADMITTED, { learner: true, state: 'snapshot' })], 'wait'],
    ['one that is silent', [progress(ADMITTED, { learner: true, active: false })], 'wait'],
    ['one that was never heard of', [], 'wait'],
  ])('promote: %s', (_name, found, kind) => {
    expect(judgeChange(view({ change: 'promote', membership: learning, progress: found }))).toMatchObject({ kind });
  });

  it('promotes nobody twice, and nobody who is no member', () => {
    expect(judgeChange(view({ change: 'promote' }))).toEqual({ kind: 'done', member: 3 });
    expect(judgeChange(view({ change: 'promote', membership: without }))).toMatchObject({ kind: 'refuse' });
  });
});
