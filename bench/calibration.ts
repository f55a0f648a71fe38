/**
 * What the machine can do at this moment: one small synced write at a time, and one fixed piece of computing. Printed
 * beside every figure, because shared machines differ from hour to hour.
 */
import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from './measure.js';

export interface Calibration {
  readonly fsyncP50Ms: number;
  readonly fsyncP99Ms: number;
  /** Time for hashing 32 MiB with SHA-256. */
  readonly hashMs: number;
  readonly load1: number;
}

const WRITES = 300;
const BLOCK = Buffer.alloc(4096, 7);

/** Takes about a second. Writes in the system's folder for temporary files unless told where. */
export function calibrate(folder = tmpdir()): Calibration {
  const scratch = mkdtempSync(join(folder, 'om-bench-'));
  const file = openSync(join(scratch, 'sync'), 'w');
  const times: number[] = [];
  try {
    for (let i = 0; i < WRITES; i++) {
      const startedAt = performance.now();
      writeSync(file, BLOCK, 0, BLOCK.length, i * BLOCK.length);
      fdatasyncSync(file);
      times.push(performance.now() - startedAt);
    }
  } finally {
    closeSync(file);
    rmSync(scratch, { recursive: true, force: true });
  }
  const hashStart = performance.now();
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20, 3);
  for (let i = 0; i < 32; i++) hash.update(chunk);
  hash.digest();
  const sorted = Float64Array.from(times).sort();
  return {
    fsyncP50Ms: percentile(sorted, 0.5),
    fsyncP99Ms: percentile(sorted, 0.99),
    hashMs: performance.now() - hashStart,
    load1: loadavg()[0] ?? Number.NaN,
  };
}
