/**
 * A closed-loop load generator over gRPC: each of n clients sends its next call when the last one was answered. The same
 * generator drives every system, so that its own cost is the same for all.
 */
import { EnvironmentError } from '../kit/failure.js';
import { Caller, type Operation } from './caller.js';
import { type Figures, figuresOf } from './measure.js';

export interface Load {
  readonly clients: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** So many calls instead of so much time; nothing is left out as a warm-up. */
  readonly calls?: number;
  /** Number of the first of these calls; they are numbered in sequence from there. Undefined: numbers never used before. */
  readonly first?: number;
}

export interface Measured extends Figures {
  /** CPU of the generator's own process while measuring, in cores. */
  readonly generatorCores: number;
  /** The first few different faults, for the reader. */
  readonly faults: readonly string[];
}

let callNumber = 0;

/** Drives `operation` and answers what was measured after the warm-up. */
export async function drive(operation: Operation, load: Load): Promise<Measured> {
  const caller = new Caller(operation.address);
  const latenciesMs: number[] = [];
  const faults = new Set<string>();
  let errors = 0;
  let measuring = false;
  let running = true;
  let made = 0;

  const client = async (by: number) => {
    while (running && (load.calls === undefined || made < load.calls)) {
      const n = load.first === undefined ? ++callNumber : load.first + made;
      made += 1;
      const sentAt = performance.now();
      const fault = await caller.call(operation, n, by);
      if (!measuring) continue;
      if (fault === undefined) latenciesMs.push(performance.now() - sentAt);
      else {
        errors += 1;
        if (faults.size < 5) faults.add(fault);
      }
    }
  };

  if (load.calls !== undefined) measuring = true;
  const clients = Array.from({ length: load.clients }, (_, by) => client(by));
  if (load.calls === undefined) await pause(load.warmUpMs);
  measuring = true;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  if (load.calls === undefined) await pause(load.measureMs);
  else await Promise.all(clients);
  measuring = false;
  const elapsedMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  running = false;
  await Promise.all(clients);
  caller.close();
  return {
    ...figuresOf(latenciesMs, elapsedMs, errors),
    generatorCores: (cpu.user + cpu.system) / 1000 / elapsedMs,
    faults: [...faults],
  };
}

/**
 * One call of `operation`, for what a measurement needs to be there.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where it did not get the good answer
 */
export async function prepareWith(operation: Operation): Promise<void> {
  const { errors, faults } = await drive(operation, { clients: 1, calls: 1, warmUpMs: 0, measureMs: 0 });
  if (errors === 0) return;
  throw new EnvironmentError('GIVEN_NOT_MET', `${operation.address}: ${operation.name}: ${faults.join('; ')}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
