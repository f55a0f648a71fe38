import { expect, test } from 'vitest';
import { type FoundState, planRecovery, type RecoveryPlan } from './recovery-plan.js';

const at = (applied: number): FoundState => ({ kind: 'present', applied });
const missing: FoundState = { kind: 'missing' };
const damaged: FoundState = { kind: 'damaged' };
const log = (cutIndex: number, lastIndex: number) => ({ cutIndex, lastIndex });
const none: number[] = [];

test.each<[string, ReturnType<typeof log> | undefined, FoundState, number[], number[], RecoveryPlan]>([
  ['a new directory', undefined, missing, none, none, { action: 'begin' }],
  ['an ordinary restart', log(10, 20), at(15), none, [10], { action: 'keep' }],
  ['state just at the cut', log(10, 20), at(10), none, none, { action: 'keep' }],
  ['state at the end of the log', log(10, 20), at(20), none, none, { action: 'keep' }],
  ['received, but the log does not know of it', log(0, 20), at(15), [40], none, { action: 'keep' }],
  [
    'received and in the log, not yet swapped',
    log(40, 40),
    at(15),
    [40],
    none,
    { action: 'finish-installation', index: 40 },
  ],
  ['swapped, the received file left over', log(40, 40), at(40), [40], none, { action: 'keep' }],
  ['in the log, old state damaged', log(40, 40), damaged, [40], none, { action: 'finish-installation', index: 40 }],
  ['in the log, received file gone', log(40, 40), at(15), none, none, { action: 'refuse', because: 'behind-log' }],
  [
    'in the log, only an older file there',
    log(40, 40),
    at(15),
    [30],
    [20],
    { action: 'refuse', because: 'behind-log' },
  ],
  [
    'the newest of several received',
    log(40, 60),
    at(15),
    [45, 50, 70],
    [55],
    { action: 'finish-installation', index: 50 },
  ],
  ['state gone, own copy there', log(10, 20), missing, none, [12, 18, 25], { action: 'restore', index: 18 }],
  ['state gone, whole log there', log(0, 20), missing, none, none, { action: 'begin' }],
  ['state gone, whole log and a copy', log(0, 20), missing, none, [12], { action: 'restore', index: 12 }],
  ['state gone, log cut', log(10, 20), missing, none, none, { action: 'refuse', because: 'behind-log' }],
  ['state damaged', log(10, 20), damaged, none, [12], { action: 'refuse', because: 'damaged' }],
  ['state ahead of the log', log(10, 20), at(21), none, none, { action: 'refuse', because: 'ahead-of-log' }],
  ['state without any log', undefined, at(3), none, none, { action: 'refuse', because: 'ahead-of-log' }],
])('%s', (_, head, state, incoming, snapshots, expected) => {
  expect(planRecovery(head, { state, incoming, snapshots })).toEqual(expected);
});
