#!/usr/bin/env node
/** `npm run torture`: long runs that break a cluster on purpose and check what its clients were promised. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { openTarget } from '../../kit/targets/open.js';
import { record, type Section, thisMachine } from '../baseline.js';
import { calibrate } from '../calibration.js';
import { percentile } from '../measure.js';
import { type FailoverProgress, failoverRounds } from './failover.js';
import { type KillProgress, killRounds } from './kill.js';

interface Options {
  readonly kill?: number;
  readonly failover?: number;
  readonly seed: string;
  readonly target: string;
  readonly out: string;
  readonly resume: boolean;
  readonly record: boolean;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return value;
}

/** Where a mode's progress stands; a run that was cut off goes on from it with `--resume`. */
function progressFile(options: Options, mode: string): string {
  return resolve(join(options.out, `${mode}-${options.seed}.json`));
}

function load<T>(options: Options, mode: string, fresh: T): T {
  const file = progressFile(options, mode);
  if (!options.resume || !existsSync(file)) return fresh;
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function save(options: Options, mode: string, progress: unknown): void {
  const file = progressFile(options, mode);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

async function kill(options: Options, kills: number): Promise<boolean> {
  const fresh: KillProgress = {
    seed: options.seed,
    kills,
    done: 0,
    byVictim: {},
    acknowledged: 0,
    unknown: 0,
    violations: [],
  };
  const target = await openTarget(options.target);
  try {
    await target.start();
    const result = await killRounds(target, { ...load(options, 'kill', fresh), kills }, (progress, line) => {
      save(options, 'kill', progress);
      console.log(line);
    });
    const victims = Object.entries(result.byVictim).map(([victim, times]) => `${victim} ${times}`);
    console.log(
      `${result.done} kills (${victims.join(', ')}): ${result.acknowledged} writes acknowledged, ${result.unknown} attempts of unknown outcome, ${result.violations.length} lost or strange. Result: ${progressFile(options, 'kill')}`,
    );
    for (const violation of result.violations.slice(0, 20)) console.log(`  ${violation}`);
    return result.violations.length === 0;
  } finally {
    await target.stop();
  }
}

async function failover(options: Options, rounds: number): Promise<boolean> {
  const before = calibrate();
  const fresh: FailoverProgress = { seed: options.seed, rounds, timesMs: [] };
  const target = await openTarget(options.target);
  try {
    await target.start();
    const result = await failoverRounds(target, { ...load(options, 'failover', fresh), rounds }, (progress, line) => {
      save(options, 'failover', progress);
      console.log(line);
    });
    const sorted = Float64Array.from(result.timesMs).sort();
    const within3s = result.timesMs.filter((ms) => ms <= 3000).length;
    const distribution = {
      rounds: result.timesMs.length,
      p50Ms: percentile(sorted, 0.5),
      p90Ms: percentile(sorted, 0.9),
      p99Ms: percentile(sorted, 0.99),
      maxMs: percentile(sorted, 1),
      within3s,
    };
    console.log(
      `failover of ${target.kind} over ${distribution.rounds} rounds: p50 ${distribution.p50Ms.toFixed(0)} ms, p90 ${distribution.p90Ms.toFixed(0)} ms, p99 ${distribution.p99Ms.toFixed(0)} ms, max ${distribution.maxMs.toFixed(0)} ms; ${within3s} within 3 s. Result: ${progressFile(options, 'failover')}`,
    );
    if (options.record) {
      const section: Section & typeof distribution & { target: string } = {
        measuredOn: new Date().toISOString().slice(0, 10),
        machine: thisMachine(),
        calibration: [before, calibrate()],
        target: target.kind,
        ...distribution,
      };
      record('failover', section);
    }
    return true;
  } finally {
    await target.stop();
  }
}

const program = new Command('torture')
  .description('Kills nodes of a cluster under load and checks what its clients were promised.')
  .option('--kill <n>', 'kill -9 of leader, follower or all, n times; no acknowledged write may be lost', count)
  .option('--failover <n>', 'kill -9 of the leader n times; distribution of the time to the next accepted write', count)
  .option('--seed <text>', 'seed of the choices', Date.now().toString(36))
  .option('--target <file-or-kind>', 'a target that can kill and restart nodes', 'reference')
  .option('--out <folder>', 'where progress and result are kept', 'om-conformance-report/torture')
  .option('--resume', 'go on where the run of the same seed stopped', false)
  .option('--record', 'write the failover distribution to bench/baseline.json', false)
  .action(async (options: Options, command: Command) => {
    if (options.kill === undefined && options.failover === undefined) command.help({ error: true });
    console.log(`seed ${options.seed} (repeat or resume with --seed ${options.seed})`);
    let good = true;
    if (options.kill !== undefined) good = (await kill(options, options.kill)) && good;
    if (options.failover !== undefined) good = (await failover(options, options.failover)) && good;
    process.exitCode = good ? 0 : 1;
  });
await program.parseAsync();
