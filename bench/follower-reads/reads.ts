/**
 * What a state id costs a read: reads with one beside reads that three nodes answer as if there were no others, and, at the leader,
 * beside reads without one. They take turns that are short, so that a change of the machine's mood meets both.
 */
import { drive, type Measured } from '../generator.js';
import type { FollowerReadsCluster } from './cluster.js';
import { type CpuPerCall, cpuMs } from './cpu-time.js';
import { ALIGNED, ALIGNED_AT_LEADER, INDEPENDENT, MANY_CLIENTS, PLAIN_AT_LEADER } from './goals.js';
import { alignedRead, independentRead, plainRead } from './operations.js';

/** Of a round. None has a warm-up: all that the nodes did is measured. */
const TURNS = 10;
const COLD_START_MS = 4_000;

export async function measureReads(
  cluster: FollowerReadsCluster,
  measureMs: number,
  cpu: CpuPerCall,
  note: (operation: string, clients: number, measured: Measured) => void,
): Promise<void> {
  const pids = cluster.system.processIds();
  for (let turn = 0; turn < TURNS; turn++) {
    const { spread, atLeader } = await operations(cluster);
    const due = [
      ...spread.map((operation) => ({ operation, clients: MANY_CLIENTS })),
      ...atLeader.map((operation) => ({ operation, clients: MANY_CLIENTS })),
      ...atLeader.map((operation) => ({ operation, clients: 1 })),
    ];
    // Whoever comes second may find the machine as the first has left it: each is so every other time.
    for (const { operation, clients } of turn % 2 === 0 ? due : due.reverse()) {
      const before = cpuMs(pids);
      const measured = await drive(operation, { clients, warmUpMs: 0, measureMs: measureMs / TURNS });
      cpu.add(operation.name, clients, cpuMs(pids) - before, measured.operations);
      note(operation.name, clients, measured);
    }
  }
}

/** Drives each without counting. */
export async function warmUpReads(cluster: FollowerReadsCluster): Promise<void> {
  const { spread, atLeader } = await operations(cluster);
  for (const operation of [...spread, ...atLeader]) {
    await drive(operation, { clients: MANY_CLIENTS, warmUpMs: COLD_START_MS, measureMs: 1 });
  }
}

async function operations(cluster: FollowerReadsCluster) {
  const leader = await cluster.leader();
  const written = await cluster.write(leader);
  const everywhere = cluster.nodes.map(({ address }) => address);
  return {
    spread: [alignedRead(ALIGNED, everywhere, written), independentRead(INDEPENDENT, everywhere, written)],
    atLeader: [
      alignedRead(ALIGNED_AT_LEADER, leader.address, written),
      plainRead(PLAIN_AT_LEADER, leader.address, written),
    ],
  };
}
