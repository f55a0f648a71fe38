import { describe, expect, it } from 'vitest';
import { Members, memberId } from './members.js';
import { judgeStanding, type StandingAnswer, type StandingView, standingOf } from './standing.js';

const NOT_JOINT = { votersOutgoing: [], learnersNext: [], autoLeave: false };
const ADMITTED = memberId(3, 40);

describe('what a node is to a group', () => {
  const view = (more: Partial<StandingView>): StandingView => ({
    ...{ self: ADMITTED, appliedIndex: 50, registered: true, removedElsewhere: false },
    membership: { voters: [1, 2], learners: [ADMITTED], ...NOT_JOINT },
    ...more,
  });
  it.each<[string, Partial<StandingView>, string]>([
    ['a voter', { membership: { voters: [1, ADMITTED], learners: [], ...NOT_JOINT } }, 'voter'],
    ['a learner', {}, 'learner'],
    ['one that has not heard of its admission', { self: memberId(3, 60), appliedIndex: 60 }, 'learner'],
    ['one that was removed', { membership: { voters: [1, 2], learners: [], ...NOT_JOINT } }, 'outside'],
    ['the member that it was before', { self: 3 }, 'outside'],
    ['one that others know to be removed', { removedElsewhere: true }, 'outside'],
    ['one whose directory is not known', { registered: false }, 'joining'],
  ])('%s', (_name, more, expected) => {
    expect(standingOf(view(more))).toBe(expected);
  });
});

describe('as whom a new directory may take part (HA-18)', () => {
  const answer = (from: string, more: Partial<StandingAnswer> = {}): StandingAnswer => ({
    ...{ from, member: 3, directory: 'new', appliedIndex: 0 },
    ...more,
  });
  it.each<[string, readonly StandingAnswer[], number, object]>([
    ['nobody answers', [], 2, { kind: 'unknown' }],
    ['all keep it', [answer('om1'), answer('om2')], 2, { kind: 'member', member: 3, registered: true }],
    ['half of the others keep it', [answer('om1')], 2, { kind: 'member', member: 3, registered: false }],
    ['three of four keep it', ['om1', 'om2', 'om4'].map((from) => answer(from)), 4, { registered: true }],
    [
      'one of them knows another directory',
      [answer('om1'), answer('om2', { directory: 'old' })],
      2,
      { kind: 'taken', member: 3, by: 'om2' },
    ],
    [
      'it was admitted anew, which one has not heard of',
      [answer('om1', { directory: 'old', appliedIndex: 39 }), answer('om2', { member: ADMITTED, appliedIndex: 41 })],
      2,
      { kind: 'member', member: ADMITTED, registered: false },
    ],
    [
      'it was removed, which one has not heard of',
      [answer('om1', { appliedIndex: 39 }), answer('om2', { member: undefined, appliedIndex: 41 })],
      2,
      { kind: 'no-member', by: 'om2' },
    ],
  ])('%s', (_name, answers, others, expected) => {
    expect(judgeStanding(answers, 'new', others)).toMatchObject(expected);
  });
});

describe('member ids', () => {
  it('tell the node, whenever it was admitted', () => {
    const members = Members.number(
      new Map([
        ['om2', 'b:1'],
        ['om1', 'a:1'],
        ['om3', 'c:1'],
      ]),
    );
    expect(members.all.map(({ node, id }) => [node, id])).toEqual([
      ['om1', 1],
      ['om2', 2],
      ['om3', 3],
    ]);
    expect(members.byId(ADMITTED)).toEqual({ id: ADMITTED, node: 'om3', address: 'c:1' });
    expect(members.nodesOf([2, ADMITTED, memberId(9, 1)])).toEqual(['om2', 'om3', `member ${memberId(9, 1)}`]);
  });
});
