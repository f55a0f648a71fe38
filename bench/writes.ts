/**
 * Committed writes per second and latencies of several systems, measured side by side: in every round each system is
 * driven in turn, so that a change of the machine's mood meets all of them.
 */
import { readFileSync } from 'node:fs';
import { type Calibration, calibrate } from './calibration.js';
import { drive } from './generator.js';
import { Rounds, type Row } from './rounds.js';
import type { System } from './systems/system.js';

export interface WritesPlan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly clients: readonly number[];
}

export interface WritesResult {
  readonly rows: readonly Row[];
  readonly calibration: readonly Calibration[];
  /** Resident memory of all members together after the load, MiB; of systems whose processes are known. */
  readonly residentMiB: Readonly<Record<string, number>>;
}

/** Drives every system once without counting: JVMs and JIT compilers start cold. */
const COLD_START_MS = 10_000;

export async function measureWrites(
  systems: readonly System[],
  plan: WritesPlan,
  say: (line: string) => void,
): Promise<WritesResult> {
  const rounds = new Rounds();
  const calibration: Calibration[] = [calibrate()];
  for (const system of systems) {
    say(`warming up ${system.name}`);
    for (const operation of await system.operations()) {
      await drive(operation, { clients: 64, warmUpMs: COLD_START_MS, measureMs: 1 });
    }
  }
  for (let round = 1; round <= plan.rounds; round++) {
    for (const clients of plan.clients) {
      for (const system of systems) {
        for (const operation of await system.operations()) {
          const measured = await drive(operation, { ...plan, clients });
          say(`round ${round}: ${rounds.note({ system: system.name, operation: operation.name, clients }, measured)}`);
        }
      }
    }
    calibration.push(calibrate());
  }
  return {
    rows: rounds.rows(),
    calibration,
    residentMiB: Object.fromEntries(
      systems
        .filter((system) => system.processIds().length > 0)
        .map((system) => [system.name, residentMiB(system.processIds())]),
    ),
  };
}

function residentMiB(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kib ?? 0) / 1024;
  }, 0);
}
