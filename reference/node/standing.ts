/**
 * What a node is to a group, and how one with a new data directory finds out: pure decisions (HA-18, HA-20, design §4.19).
 *
 * A directory has an id of its own. Whoever is told by a node which directory a member id lives in keeps that for good, and
 * answers anybody who comes with another one that it is taken. A new directory takes part only once a majority of the other
 * nodes keep it, so that of two directories for one member id at most one ever votes: whoever lost his has forgotten votes.
 */
import type { Membership } from '../consensus/raft-group.js';
import { admittedAfter, nodeNumber } from './members.js';

/** `joining`: not known to be a member yet, silent. `outside`: removed, or never admitted. */
export type Standing = 'voter' | 'learner' | 'joining' | 'outside';

export interface StandingView {
  readonly self: number;
  /** The membership in force at `appliedIndex`. */
  readonly membership: Membership;
  readonly appliedIndex: number;
  /** A majority of the others keep this directory. */
  readonly registered: boolean;
  /** Another node has applied more and says that this one is no member. */
  readonly removedElsewhere: boolean;
}

export function standingOf(view: StandingView): Standing {
  const { self, membership, appliedIndex, registered, removedElsewhere } = view;
  if (!registered) return 'joining';
  if (removedElsewhere) return 'outside';
  if (membership.voters.includes(self)) return 'voter';
  // What it has applied may end before it was admitted.
  return membership.learners.includes(self) || appliedIndex <= admittedAfter(self) ? 'learner' : 'outside';
}

/** The id of the replica that a node has in a group; undefined when it has none. */
export function memberOn(number: number, { voters, learners }: Membership): number | undefined {
  return [...voters, ...learners].find((id) => nodeNumber(id) === number);
}

/** What another node says of the one that asks. */
export interface StandingAnswer {
  readonly from: string;
  /** Member id of the asking node in the membership that the answering one has applied; undefined: none. */
  readonly member: number | undefined;
  /** Directory that the member id belongs to. */
  readonly directory: string;
  readonly appliedIndex: number;
}

export type Identity =
  /** Nobody was reached. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no-member'; readonly by: string; readonly appliedIndex: number }
  /** The member lives in another directory, which was lost. */
  | { readonly kind: 'taken'; readonly member: number; readonly by: string }
  | { readonly kind: 'member'; readonly member: number; readonly registered: boolean };

/** @param others how many other nodes there are */
export function judgeStanding(answers: readonly StandingAnswer[], directory: string, others: number): Identity {
  // Whoever has applied most knows best who was removed and admitted since.
  const [best] = [...answers].sort((a, b) => b.appliedIndex - a.appliedIndex);
  if (best === undefined) return { kind: 'unknown' };
  const { member, from: by, appliedIndex } = best;
  if (member === undefined) return { kind: 'no-member', by, appliedIndex };
  const same = answers.filter((answer) => answer.member === member);
  const taken = same.find((answer) => answer.directory !== directory);
  if (taken !== undefined) return { kind: 'taken', member, by: taken.from };
  return { kind: 'member', member, registered: 2 * same.length > others };
}
