/** What is asked of the replicas in a run: proposals, reads, moves of leadership and changes of membership. */
import type { Membership, RaftGroup } from '../../consensus/raft-group.js';
import type { Random } from './random.js';
import type { SimulatedReplica } from './replica.js';
import { NODES, nodeOf, type Surroundings } from './surroundings.js';

type Changes = Parameters<RaftGroup['proposeMembership']>[0];

/** One step of the clients of one replica. */
export function act(around: Surroundings, replica: SimulatedReplica): void {
  const { random, rates } = around;
  const group = replica.raft;
  if (group === undefined) {
    return;
  }
  if (random.chance(rates.read / 4)) {
    replica.read();
  }
  if (group.position().role !== 'leader') {
    return;
  }
  if (random.chance(rates.propose)) {
    const entries = Array.from({ length: 1 + random.below(4) }, () => payload(around, random));
    group.propose(entries);
  }
  if (random.chance(rates.read)) {
    replica.read();
  }
  if (random.chance(rates.transfer)) {
    group.transferLeadership(around.memberOf(random.pick(NODES), replica.group));
  }
  const { membership } = replica.state.live;
  const due = readmission(around, replica, membership);
  if (due !== undefined && random.chance(0.2)) {
    group.proposeMembership(due);
  }
  if (random.chance(rates.membership)) {
    const changes = draw(around, replica.group, membership);
    if (changes !== undefined) {
      group.proposeMembership(changes);
    }
  }
}

/** Different for each proposal, so that no two entries look alike. */
function payload(around: Surroundings, random: Random): Uint8Array {
  around.counts.proposals++;
  return new TextEncoder().encode(`${around.counts.proposals}${'.'.repeat(random.below(60))}`);
}

/** Whoever lost his disk is removed, admitted under another id, and promoted where that leaves too few voters. */
function readmission(around: Surroundings, { group }: SimulatedReplica, membership: Membership): Changes | undefined {
  const { voters, learners, votersOutgoing } = membership;
  if (votersOutgoing.length > 0) {
    return undefined;
  }
  // An addition that was under way when the disk was lost may have brought the old id back.
  const lost = [...voters, ...learners].find((id) => id !== around.memberOf(nodeOf(id), group));
  if (lost !== undefined) {
    return [{ type: 'remove', id: lost }];
  }
  const [absent] = around.erased(group).map((id) => around.memberOf(nodeOf(id), group));
  if (absent !== undefined) {
    return learners.includes(absent) || voters.includes(absent) ? undefined : [{ type: 'learner', id: absent }];
  }
  const [learner] = learners;
  return voters.length < 3 && learner !== undefined ? [{ type: 'voter', id: learner }] : undefined;
}

/** A change that a careful host would propose: it keeps three voters at least, and takes one step at a time or a joint one. */
function draw(around: Surroundings, group: number, membership: Membership): Changes | undefined {
  const { random } = around;
  const { voters, votersOutgoing } = membership;
  const id = around.memberOf(random.pick(NODES), group);
  if (votersOutgoing.length > 0) {
    return undefined;
  }
  switch (random.below(4)) {
    case 0:
      return voters.includes(id) ? undefined : [{ type: 'learner', id }];
    case 1:
      return [{ type: 'voter', id }];
    case 2:
      return voters.length > 3 || !voters.includes(id) ? [{ type: 'remove', id }] : undefined;
    default: {
      const other = around.memberOf(random.pick(NODES), group);
      if (other === id || voters.includes(id) || !voters.includes(other)) {
        return undefined;
      }
      return [
        { type: 'voter', id },
        { type: 'remove', id: other },
      ];
    }
  }
}
