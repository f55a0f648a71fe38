/**
 * Carries a membership change out on the leader, one at a time. Whether it may be proposed is decided by
 * `NodeParts.judgeChange`.
 */
import type { Membership } from '../consensus/raft-group.js';
import { type ChangeOrder, ControlRefusal, type MembershipState } from '../service/control-port.js';
import type { Clock } from './clock.js';
import { type Member, type Members, nodeNumber } from './members.js';
import type { ChangeView } from './membership-change.js';
import type { Runtime } from './runtime.js';
import { memberOn } from './standing.js';
import { becomes, transferLeadership } from './transfer.js';

/** In election time-outs: for a change that was proposed, and for a learner that has to catch up first. */
const PATIENCE = 10;
const PATIENCE_BEFORE = 2;

/** Resolves once the change is in force here. @throws ControlRefusal */
export async function changeMembership(runtime: Runtime, order: ChangeOrder, clock: Clock): Promise<MembershipState> {
  const { replica, members, configuration } = runtime;
  const named = members.byNode(order.node);
  if (named === undefined) throw new ControlRefusal('not-found', `there is no node "${order.node}"`);
  const electionMs = configuration.electionTicks * configuration.tickMs;
  const untilMs = clock.monotonicMs() + PATIENCE_BEFORE * electionMs;
  requireLeader(runtime);
  if (order.change === 'drain') return await drain(runtime, named, order.group, clock);
  let last = 'another change is under way';
  do {
    requireLeader(runtime);
    const decision = replica.parts.judgeChange(viewOf(runtime, named, order.change));
    switch (decision.kind) {
      case 'refuse':
        throw new ControlRefusal('not-now', `${order.node}: ${decision.why}`);
      case 'done':
        return stateOf(members, replica.position.membership, decision.member);
      case 'wait':
        last = decision.why;
        break;
      case 'propose': {
        const { type, member } = decision;
        if (!replica.proposeMembership(type, member))
          throw new ControlRefusal('not-now', `${order.node}: another change is under way`);
        if (
          await becomes(
            () => inForce(replica.position.membership, type, member),
            clock.monotonicMs() + PATIENCE * electionMs,
            clock,
          )
        )
          return stateOf(members, replica.position.membership, member);
        throw new ControlRefusal('timed-out', `${order.node}: the change is proposed, and not in force yet`);
      }
    }
    await becomes(() => false, clock.monotonicMs() + configuration.tickMs, clock);
  } while (clock.monotonicMs() < untilMs);
  throw new ControlRefusal('not-now', `${order.node}: ${last}`);
}

async function drain(runtime: Runtime, named: Member, group: string, clock: Clock): Promise<MembershipState> {
  const { replica, members } = runtime;
  const { membership } = replica.position;
  const member = memberOn(nodeNumber(named.id), membership);
  if (member === undefined) throw new ControlRefusal('not-now', `${named.node}: it is no member`);
  if (replica.leader()?.id === member) {
    await transferLeadership(
      runtime,
      { group, target: undefined, expectedLeader: undefined, expectedTerm: undefined },
      clock,
    );
  }
  return stateOf(members, replica.position.membership, member);
}

function requireLeader({ replica, self }: Runtime): void {
  if (replica.parts.isReady(replica.role())) return;
  const leader = replica.leader()?.node;
  const who = leader === undefined || leader === self.node ? 'nobody is ready to lead' : `${leader} leads`;
  throw new ControlRefusal('not-now', `${self.node} does not lead group ${replica.group}; ${who}`);
}

function viewOf({ replica, self }: Runtime, named: Member, change: ChangeView['change']): ChangeView {
  const { progress, commit } = replica.raft.status();
  const { index, membership } = replica.position;
  return {
    ...{ change, number: nodeNumber(named.id), self: self.id, membership, appliedIndex: index },
    ...{ commitIndex: commit, progress },
  };
}

function inForce(membership: Membership, type: 'learner' | 'voter' | 'remove', member: number): boolean {
  switch (type) {
    case 'learner':
      return membership.learners.includes(member);
    case 'voter':
      return membership.voters.includes(member);
    case 'remove':
      return !membership.voters.includes(member) && !membership.learners.includes(member);
  }
}

function stateOf(members: Members, { voters, learners }: Membership, member: number): MembershipState {
  return { member, voters: members.nodesOf(voters), learners: members.nodesOf(learners) };
}
