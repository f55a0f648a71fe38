/** What a read of a group is told that is not answered: the words for each reason, none of them an application error (FR-ADMIT-9). */
import type { ReadRoute } from '../reads/route-read.js';
import type { Refusal } from '../service/refusals.js';
import type { Unconfirmed } from './confirmations.js';
import type { GroupView } from './group-view.js';
import { notLeader } from './not-leader.js';

export type WhyRefused = Unconfirmed | 'queue-full' | (ReadRoute & { readonly kind: 'refuse' })['why'];

export function readRefusal(view: GroupView, why: WhyRefused): Refusal {
  const { configuration, group, self } = view;
  switch (why) {
    case 'not-leader':
      return notLeader(view);
    case 'leader-not-ready':
      return { kind: 'leader-not-ready', self: self.node };
    case 'not-serving':
      return {
        kind: 'retriable',
        text: `${self.node} serves no reads now: ${view.notServing() ?? 'it did not a moment ago'}`,
      };
    case 'too-far-behind': {
      const { maxLag } = configuration.reads;
      return { kind: 'retriable', text: `${self.node} is more than ${maxLag} entries behind what the client has seen` };
    }
    case 'queue-full':
      return { kind: 'retriable', text: `${configuration.maxWaitingReads} reads are waiting already` };
    // What it had not confirmed as leader, it will not.
    case 'deposed':
      return { kind: 'deposed-while-reading', self: self.node, group };
    // There is nobody left to confirm a read with: it is refused now, as one that comes now is, and not at its deadline (RC-3).
    case 'leader-lost':
      return { kind: 'leader-unknown', self: self.node, group };
  }
}

/** The confirmation that a read asked for did not come, or what was confirmed is not applied here. */
export function unconfirmedInTime(view: GroupView, confirmedIndex: number | undefined): Refusal {
  const { configuration, group, self } = view;
  if (confirmedIndex === undefined && view.leader() === undefined) {
    return { kind: 'leader-unknown', self: self.node, group };
  }
  return { kind: 'read-timeout', timeoutMs: configuration.readTimeoutMs, index: confirmedIndex };
}

/** This node did not come to what the client has seen (FR-QUEUE-5). */
export function notCaughtUpInTime(view: GroupView, seen: bigint | undefined): Refusal {
  const { configuration, self } = view;
  const text = `${self.node} has not come to entry ${seen} within ${configuration.waitTimeoutMs} ms`;
  return { kind: 'retriable', text };
}
