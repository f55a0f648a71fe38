import { describe, expect, it } from 'vitest';
import { admitWrite, isReady, type RoleView, snapshotDue, suggestLeader, writeOutcome } from './leadership.js';

const leader: RoleView = { role: 'leader', term: 3, appliedTerm: 3 };

describe('leadership', () => {
  it.each([
    [leader, true, 'admit'],
    [{ ...leader, appliedTerm: 2 }, false, 'leader-not-ready'],
    [{ ...leader, role: 'follower' }, false, 'not-leader'],
    [{ ...leader, role: 'candidate' }, false, 'not-leader'],
    [{ ...leader, role: 'precandidate', appliedTerm: 2 }, false, 'not-leader'],
  ] as const)('%j: ready %s, %s (HA-2, HA-4)', (view, ready, admission) => {
    expect(isReady(view)).toBe(ready);
    expect(admitWrite(view, isReady(view))).toBe(admission);
  });

  it('suggests the leader it knows, never itself (HA-3)', () => {
    const [om1, om2] = [1, 2].map((id) => ({ id, node: `om${id}`, address: `h${id}:1` }));
    if (om1 === undefined || om2 === undefined) throw new Error('two members');
    expect(suggestLeader(om1, om2)).toBe(om2);
    expect(suggestLeader(om1, om1)).toBeUndefined();
    expect(suggestLeader(om1, undefined)).toBeUndefined();
  });

  it('knows a write by index and term', () => {
    expect(writeOutcome(3, 3)).toBe('applied');
    expect(writeOutcome(3, 4)).toBe('lost');
  });

  it.each([
    [{ appliedIndex: 99, snapshotIndex: 0, logBytes: 10 }, false],
    [{ appliedIndex: 100, snapshotIndex: 0, logBytes: 10 }, true],
    [{ appliedIndex: 199, snapshotIndex: 100, logBytes: 999 }, false],
    [{ appliedIndex: 101, snapshotIndex: 100, logBytes: 1000 }, true],
    [{ appliedIndex: 100, snapshotIndex: 100, logBytes: 5000 }, false],
  ])('%j: snapshot due %s', (view, due) => {
    expect(snapshotDue(view, { entries: 100, bytes: 1000 })).toBe(due);
  });
});
