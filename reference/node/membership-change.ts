/**
 * Which change of a group's members may be proposed now, and what one that is in force already is told: pure. The consensus core
 * believes whoever proposes; a change that leaves no majority would stop the group for good (HA-18, HA-20).
 */
import type { Membership, PeerProgress } from '../consensus/raft-group.js';
import type { ChangeOrder } from '../service/control-port.js';
import { memberId } from './members.js';
import { memberOn } from './standing.js';

export interface ChangeView {
  readonly change: Exclude<ChangeOrder['change'], 'drain'>;
  /** Node of the change. */
  readonly number: number;
  /** This leader's own member id. */
  readonly self: number;
  readonly membership: Membership;
  readonly appliedIndex: number;
  readonly commitIndex: number;
  readonly progress: readonly PeerProgress[];
}

export type ChangeDecision =
  | { readonly kind: 'done'; readonly member: number }
  | { readonly kind: 'propose'; readonly type: 'learner' | 'voter' | 'remove'; readonly member: number }
  /** Nothing is wrong with it, only it is too early. */
  | { readonly kind: 'wait'; readonly why: string }
  | { readonly kind: 'refuse'; readonly why: string };

export function judgeChange(view: ChangeView): ChangeDecision {
  const { change, number, membership, appliedIndex } = view;
  const member = memberOn(number, membership);
  const voter = member !== undefined && membership.voters.includes(member);
  switch (change) {
    case 'add-learner':
      if (voter) return refuse('it is a voter; remove it first');
      if (member !== undefined) return { kind: 'done', member };
      return { kind: 'propose', type: 'learner', member: memberId(number, appliedIndex) };
    case 'promote':
      if (member === undefined) return refuse('it is no member; admit it as a learner first');
      return voter ? { kind: 'done', member } : promotion(view, member);
    case 'remove':
      if (member === undefined) return { kind: 'done', member: 0 };
      return voter ? removal(view, member) : { kind: 'propose', type: 'remove', member };
  }
}

/** A voter that lacks what is committed could take part in a majority that has lost it. */
function promotion({ progress, commitIndex }: ChangeView, member: number): ChangeDecision {
  const found = progress.find(({ id }) => id === member);
  if (found === undefined || !found.active) return { kind: 'wait', why: 'the learner is not reached' };
  if (found.state === 'replicate' && found.match >= commitIndex) return { kind: 'propose', type: 'voter', member };
  return { kind: 'wait', why: `the learner has not caught up: it holds up to ${found.match} of ${commitIndex}` };
}

function removal({ self, membership, progress }: ChangeView, member: number): ChangeDecision {
  if (member === self) return refuse('it leads; drain it first');
  const left = membership.voters.filter((id) => id !== member);
  const reached = left.filter((id) => id === self || progress.some((one) => one.id === id && one.active));
  if (2 * reached.length > left.length) return { kind: 'propose', type: 'remove', member };
  return refuse(`of the ${left.length} voters that were left only ${reached.length} are reached`);
}

function refuse(why: string): ChangeDecision {
  return { kind: 'refuse', why };
}
