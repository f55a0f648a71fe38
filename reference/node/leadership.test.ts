import { describe, expect, it } from 'vitest';
import { admitWrite, isReady, type RoleView, snapshotDue, writeOutcome } from './leadership.js';

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
