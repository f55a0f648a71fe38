/** What is asked of the replicas in a run: proposals, reads, moves of leadership and changes of membership. */
import type { Membership, RaftGroup } from '../../consensus/raft-group.js';
import type { Random } from './random.js';
import type { SimulatedReplica } from './replica.js';
import type { Surroundings } from './surroundings.js';

const NODES = [1, 2, 3, 4, 5];

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
    group.transferLeadership(random.pick(NODES));
  }
  if (random.chance(rates.membership)) {
    const changes = draw(random, replica.state.live.membership);
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

/** A change that a careful host would propose: it keeps three voters at least, and takes one step at a time or a joint one. */
function draw(random: Random, membership: Membership): Changes | undefined {
  const { voters, votersOutgoing } = membership;
  const id = random.pick(NODES);
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
      const other = random.pick(NODES);
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
