/**
 * Committed writes per second and latencies of several systems, measured side by side: in every round each system is
 * driven in turn, so that a change of the machine's mood meets all of them.
 */
import { readFileSync } from 'node:fs';
import { type Calibration, calibrate } from './calibration.js';
import { drive, type Measured } from './generator.js';
import { median } from './measure.js';
import type { System } from './systems/system.js';

export interface WritesPlan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly clients: readonly number[];
}

export interface WritesRow {
  readonly system: string;
  readonly operation: string;
  readonly clients: number;
  /** Medians over the rounds. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly generatorCores: number;
  readonly errors: number;
  readonly perSecondOfRounds: readonly number[];
}

export interface WritesResult {
  readonly rows: readonly WritesRow[];
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
  const runs = new Map<string, { system: string; operation: string; clients: number; rounds: Measured[] }>();
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
          const key = `${system.name} ${operation.name} ${clients}`;
          const run = runs.get(key) ?? { system: system.name, operation: operation.name, clients, rounds: [] };
          run.rounds.push(measured);
          runs.set(key, run);
          say(
            `round ${round}: ${key} clients: ${measured.perSecond.toFixed(0)}/s p50 ${measured.p50Ms.toFixed(2)} ms p99 ${measured.p99Ms.toFixed(2)} ms, generator ${measured.generatorCores.toFixed(2)} cores, ${measured.errors} errors${measured.faults.length > 0 ? ` (${measured.faults.join('; ')})` : ''}`,
          );
        }
      }
    }
    calibration.push(calibrate());
  }
  return {
    rows: [...runs.values()].map(({ rounds, ...run }) => ({
      ...run,
      perSecond: median(rounds.map((r) => r.perSecond)),
      p50Ms: median(rounds.map((r) => r.p50Ms)),
      p99Ms: median(rounds.map((r) => r.p99Ms)),
      generatorCores: median(rounds.map((r) => r.generatorCores)),
      errors: rounds.reduce((sum, r) => sum + r.errors, 0),
      perSecondOfRounds: rounds.map((r) => r.perSecond),
    })),
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
