/**
 * Moves the leadership of a group to a node and waits for the outcome (HA-9). Consensus gives a transfer up after an election
 * time-out and tells nobody, so it is asked again until the time is over.
 */
import { ControlRefusal, type TransferOrder } from '../service/control-port.js';
import type { Clock } from './clock.js';
import type { Configuration } from './configuration.js';
import { type Member, type Members, nodeNumber } from './members.js';
import type { Replica } from './replica.js';

const LOOK_MS = 10;
/** In election time-outs. */
const PATIENCE = 10;

/** What a transfer works on. */
export interface TransferView {
  readonly replica: Replica;
  readonly members: Members;
  readonly configuration: Pick<Configuration, 'electionTicks' | 'tickMs'>;
}

/** @throws ControlRefusal where it cannot be, or did not come about */
export async function transferLeadership(view: TransferView, order: TransferOrder, clock: Clock): Promise<void> {
  const { replica, configuration } = view;
  const target = targetOf(view, order);
  const electionMs = configuration.electionTicks * configuration.tickMs;
  const endsAtMs = clock.monotonicMs() + PATIENCE * electionMs;
  for (;;) {
    if (replica.leader()?.id === target.id) return;
    replica.transferLeadership(target.id);
    const askAgainAtMs = Math.min(endsAtMs, clock.monotonicMs() + electionMs);
    if (await becomes(() => replica.leader()?.id === target.id, askAgainAtMs, clock)) return;
    if (clock.monotonicMs() >= endsAtMs) {
      const leader = replica.leader()?.node ?? 'nobody';
      throw new ControlRefusal('timed-out', `${target.node} did not take over in time; ${leader} leads`);
    }
  }
}

/** Checks what the order expects, and chooses a voter where it names none. */
function targetOf({ replica, members }: TransferView, order: TransferOrder): Member {
  const leader = replica.leader();
  const { term } = replica.raft.position();
  if (order.expectedLeader !== undefined && order.expectedLeader !== leader?.node) {
    throw new ControlRefusal('not-now', `${leader?.node ?? 'nobody'} leads, not ${order.expectedLeader}`);
  }
  if (order.expectedTerm !== undefined && order.expectedTerm !== term) {
    throw new ControlRefusal('not-now', `the term is ${term}, not ${order.expectedTerm}`);
  }
  if (leader === undefined) throw new ControlRefusal('not-now', 'no leader is known, so none can hand over');
  const { voters } = replica.position.membership;
  if (order.target !== undefined) {
    const node = members.byNode(order.target);
    const member = node && voters.find((id) => nodeNumber(id) === nodeNumber(node.id));
    const named = member === undefined ? undefined : members.byId(member);
    if (named === undefined) {
      throw new ControlRefusal('not-found', `node "${order.target}" is not a voter of group ${replica.group}`);
    }
    return named;
  }
  // The one that has most of the log: it is ready soonest.
  const others = replica.raft
    .status()
    .progress.filter(({ id, learner }) => !learner && id !== leader.id)
    .sort((a, b) => b.match - a.match)
    .map(({ id }) => id);
  const [id] = [...others, ...voters.filter((voter) => voter !== leader.id)];
  const member = id === undefined ? undefined : members.byId(id);
  if (member === undefined) throw new ControlRefusal('not-now', 'there is no other voter');
  return member;
}

/** Whether `condition` holds before `untilMs` on the monotonic clock. */
export function becomes(condition: () => boolean, untilMs: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = clock.every(LOOK_MS, () => {
      const holds = condition();
      if (!holds && clock.monotonicMs() < untilMs) return;
      stop();
      resolve(holds);
    });
  });
}
