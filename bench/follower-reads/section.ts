/**
 * What follower reads cost: reads that wait, by the thousand, and are woken; reads with a state id; Msync under writes. In rounds,
 * like the other sections; systems without a state id have nothing to compare.
 */
import { type Calibration, calibrate } from '../calibration.js';
import type { Measured } from '../generator.js';
import { Rounds, type Row } from '../rounds.js';
import { OmSystem } from '../systems/om.js';
import type { System } from '../systems/system.js';
import { type BurstRow, Bursts } from './bursts.js';
import { FollowerReadsCluster } from './cluster.js';
import { CpuPerCall, type CpuRow } from './cpu-time.js';
import { READERS } from './goals.js';
import { type Idle, type IdleResult, idleResult, measureIdle } from './idle.js';
import { measureMsync } from './msync.js';
import { measureReads, warmUpReads } from './reads.js';
import { measureWake } from './wake.js';

export interface FollowerReadsPlan {
  readonly rounds: number;
  readonly measureMs: number;
}

export interface FollowerReadsResult {
  readonly system: string;
  readonly rows: readonly Row[];
  readonly bursts: readonly BurstRow[];
  readonly cpu: readonly CpuRow[];
  readonly idle: IdleResult;
  readonly calibration: readonly Calibration[];
}

/** Of each watch, with waiting reads and without: a hundredth of a core is 20 of the kernel's ticks then. */
const WATCH_MS = 20_000;

/** Of the systems that have follower reads; what is said of the others says why not. */
export async function measureFollowerReads(
  systems: readonly System[],
  plan: FollowerReadsPlan,
  say: (line: string) => void,
): Promise<FollowerReadsResult[]> {
  const results: FollowerReadsResult[] = [];
  for (const system of systems) {
    const cluster =
      system instanceof OmSystem
        ? await FollowerReadsCluster.open(system)
        : { cannot: `${system.name} has no follower reads of this kind and nothing to compare` };
    if (cluster instanceof FollowerReadsCluster) {
      try {
        results.push(await measureOne(cluster, plan, say));
      } finally {
        cluster.close();
      }
    } else say(cluster.cannot);
  }
  return results;
}

async function measureOne(
  cluster: FollowerReadsCluster,
  { rounds: count, measureMs }: FollowerReadsPlan,
  say: (line: string) => void,
): Promise<FollowerReadsResult> {
  const system = cluster.system.name;
  const calibration: Calibration[] = [calibrate()];
  const rounds = new Rounds();
  const bursts = new Bursts();
  const cpu = new CpuPerCall();
  const idle: Idle[] = [];
  say(`warming up ${system} for follower reads`);
  await warmUpReads(cluster);
  await measureWake(cluster, READERS, () => {});
  for (let round = 1; round <= count; round++) {
    const note = (operation: string, clients: number, measured: Measured) =>
      say(`round ${round}: ${rounds.note({ system, operation, clients }, measured)}`);
    await measureWake(cluster, READERS, (what, calls, burst) =>
      say(`round ${round}: ${bursts.note(what, calls, burst)}`),
    );
    await measureReads(cluster, measureMs, cpu, note);
    await measureMsync(cluster, measureMs, note);
    const one = await measureIdle(cluster, READERS, WATCH_MS);
    idle.push(one);
    say(
      `round ${round}: cores of a follower without waiting reads ${one.withoutCores.toFixed(4)}, with ${READERS} ${one.withCores.toFixed(4)}`,
    );
    calibration.push(calibrate());
  }
  return {
    system,
    rows: rounds.rows(),
    bursts: bursts.rows(),
    cpu: cpu.rows(),
    idle: idleResult(READERS, idle),
    calibration,
  };
}
