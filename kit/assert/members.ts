/** Observables: what a node that lost its data directory may do, and how it comes back (HA-18, HA-20). */
import type { ChangeAnswer } from '../control/control.js';
import { ConformanceFailure } from '../failure.js';
import { accepted } from '../run/leader.js';
import type { StartAnswer } from '../scenario/node-faults.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `refuses-old-identity`: a node does not start with an empty data directory, and says which one it means. */
export function assertRefusedOldIdentity(node: string, answer: StartAnswer, directory: string): void {
  const expected = `${node} refuses to start and names ${directory}`;
  if (answer.kind === 'started') throw new ConformanceFailure('refuses-old-identity', expected, 'it started');
  if (directory === '' || !answer.words.includes(directory)) {
    throw new ConformanceFailure('refuses-old-identity', expected, `its last words: ${show(answer.words)}`);
  }
}

/** Assertion `admitted-anew`: a node is a voter again. */
export function assertAdmitted(node: string, answer: ChangeAnswer): void {
  if (answer.kind === 'done' && answer.voters.includes(node)) return;
  const found = answer.kind === 'refused' ? answer.why : `the voters ${answer.voters.join(', ')}`;
  throw new ConformanceFailure('admitted-anew', `${node} is a voter again`, found);
}

/** Assertion `new-member-id`: the ids that a node had one after the other, all different and none 0. */
export function assertNewIds(node: string, ids: readonly bigint[], expected: number): void {
  if (ids.length === expected && new Set(ids).size === expected && !ids.includes(0n)) return;
  throw new ConformanceFailure(
    'new-member-id',
    `${expected} member ids of ${node}, each another`,
    show(ids.map(String)),
  );
}

/** Assertion `change-refused`: a change of the membership was not done. */
export function assertChangeRefused(change: string, answer: ChangeAnswer): void {
  if (answer.kind === 'refused') return;
  const found = `done: voters ${answer.voters.join(', ')}, learners ${answer.learners.join(', ') || 'none'}`;
  throw new ConformanceFailure('change-refused', `the cluster refuses to ${change}`, found);
}

/** Assertion `acknowledged`: every one of these writes was carried out. */
export function assertAcknowledged(writes: readonly Outcome[]): void {
  if (writes.length === 0) throw new Error('no write to judge');
  const wrong = writes.find((write) => !accepted(write));
  if (wrong !== undefined) throw failure('acknowledged', 'every write is acknowledged', describe(wrong), [wrong]);
}

/** What a node knows of the membership. */
export interface KnownMembers {
  readonly node: string;
  readonly voters: readonly string[];
  readonly learners: readonly string[];
}

/** Assertion `members-known`: these nodes know these voters, and no learners. */
export function assertMembers(known: readonly KnownMembers[], voters: readonly string[]): void {
  if (known.length === 0) throw new Error('no membership to judge');
  const expected = [...voters].sort().join(', ');
  for (const one of known) {
    const found = [...one.voters].sort().join(', ');
    if (found === expected && one.learners.length === 0) continue;
    const learners = one.learners.length === 0 ? '' : `, learners ${one.learners.join(', ')}`;
    throw new ConformanceFailure(
      'members-known',
      `${one.node} knows the voters ${expected}`,
      `${found || 'none'}${learners}`,
    );
  }
}

/** Assertion `serves-nothing`: a node that is no member answers none of these calls. */
export function assertServesNothing(outcomes: readonly Outcome[]): void {
  needCalls(outcomes);
  const wrong = outcomes.find(({ kind }) => kind === 'answered');
  if (wrong !== undefined) throw failure('serves-nothing', 'no call is answered', describe(wrong), [wrong]);
}
