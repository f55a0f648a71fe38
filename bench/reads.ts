/**
 * Linearizable reads per second of several systems, at the leader and at a follower, measured side by side. The same small record
 * is read all the time: what is measured is how a read is confirmed, not how a record is found.
 */
import { type Calibration, calibrate } from './calibration.js';
import { drive } from './generator.js';
import { Rounds, type Row } from './rounds.js';
import type { System } from './systems/system.js';

export interface ReadsPlan {
  readonly rounds: number;
  readonly measureMs: number;
  readonly clients: readonly number[];
}

export interface ReadsResult {
  readonly rows: readonly Row[];
  readonly calibration: readonly Calibration[];
}

/** Before the first round each is driven this long without counting, and this long before each measurement. */
const COLD_START_MS = 8_000;
const WARM_UP_MS = 1_000;

export async function measureReads(
  systems: readonly System[],
  plan: ReadsPlan,
  say: (line: string) => void,
): Promise<ReadsResult> {
  const rounds = new Rounds();
  const calibration: Calibration[] = [calibrate()];
  for (const system of systems) {
    say(`warming up ${system.name} for reads`);
    await system.prepareReads();
    for (const read of await system.reads()) {
      await drive(read, { clients: 64, warmUpMs: COLD_START_MS, measureMs: 1 });
    }
  }
  for (let round = 1; round <= plan.rounds; round++) {
    for (const clients of plan.clients) {
      for (const system of systems) {
        for (const read of await system.reads()) {
          const measured = await drive(read, { clients, warmUpMs: WARM_UP_MS, measureMs: plan.measureMs });
          say(`round ${round}: ${rounds.note({ system: system.name, operation: read.name, clients }, measured)}`);
        }
      }
    }
    calibration.push(calibrate());
  }
  return { rows: rounds.rows(), calibration };
}
