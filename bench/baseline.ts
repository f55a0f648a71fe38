/**
 * The committed file of measured figures, `bench/baseline.json`. Sections are written by different commands and replaced
 * whole; nothing here decides whether a figure is good.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Calibration } from './calibration.js';

export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly node: string;
}

export interface Section {
  readonly measuredOn: string;
  readonly machine: Machine;
  readonly calibration: readonly Calibration[];
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const BASELINE_FILE = join(ROOT, 'bench', 'baseline.json');

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cores: all.length,
    model: all[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** Replaces one section and leaves the others as they are. */
export function record(name: string, section: Section): void {
  const all: Record<string, unknown> = existsSync(BASELINE_FILE) ? JSON.parse(readFileSync(BASELINE_FILE, 'utf8')) : {};
  all[name] = section;
  const scratch = `${BASELINE_FILE}.new`;
  writeFileSync(scratch, `${JSON.stringify(all, rounded, 2)}\n`);
  renameSync(scratch, BASELINE_FILE);
}

/** Three decimals are more than any of these figures can bear. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(3)) : value;
}
