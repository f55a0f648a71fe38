#!/usr/bin/env node
/** `npm run torture`: long runs that break a cluster on purpose and check what its clients were promised. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../../kit/failure.js';
import { APACHE_OZONE } from '../../kit/model/deviations/apache-ozone.js';
import { explainError } from '../../kit/report/error-text.js';
import { openTarget } from '../../kit/targets/open.js';
import { record, type Section, thisMachine } from '../baseline.js';
import { calibrate } from '../calibration.js';
import { percentile } from '../measure.js';
import { type FailoverProgress, failoverRounds } from './failover.js';
import { type FuzzProgress, fuzz } from './fuzz/fuzz.js';
import { type KillProgress, killRounds } from './kill.js';
import { freshNamespace, namespaceRounds } from './namespace/rounds.js';
import { freshOrders, isGood, orderRounds, orderSeed } from './orders.js';
import { PROFILE_STAGES, type TorturedProfile } from './profile/manner.js';
import { freshProfile, profileRounds } from './profile/rounds.js';
import { load, progressFile, save } from './progress-file.js';

interface Options {
  readonly kill?: number;
  readonly failover?: number;
  readonly orders?: number;
  readonly fuzz?: number;
  readonly namespace?: number;
  readonly profile?: TorturedProfile;
  readonly minutes: number;
  readonly baseline?: string;
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

/** It is part of file names and of volume names. */
function seedText(text: string): string {
  if (!/^[a-z0-9-]{1,32}$/.test(text)) {
    throw new InvalidArgumentError('1 to 32 lower-case letters, digits and hyphens are needed.');
  }
  return text;
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

async function fuzzed(options: Options, messages: number): Promise<boolean> {
  const fresh: FuzzProgress = { seed: options.seed, messages, done: 0, ends: {}, moved: 0, violations: [] };
  const target = await openTarget(options.target);
  try {
    await target.start();
    const result = await fuzz(target, { ...load(options, 'fuzz', fresh), messages }, (progress, line) => {
      save(options, 'fuzz', progress);
      console.log(line);
    });
    save(options, 'fuzz', result);
    const ends = Object.entries(result.ends).map(([end, times]) => `${end} ${times}`);
    console.log(
      `${result.done} messages, ${result.violations.length} violations, ${result.moved} not compared because leadership moved. Ends: ${ends.join(', ')}. Result: ${progressFile(options, 'fuzz')}`,
    );
    for (const violation of result.violations) console.log(`  ${violation}`);
    return result.violations.length === 0;
  } finally {
    await target.stop();
  }
}

/** To make a sequence smaller takes as long as hundreds of sequences. */
const MAX_SHRUNK = 10;
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted when the run is to end; `release` puts things back as they were. */
function interruption(): { readonly interrupted: AbortController; readonly release: () => void } {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    // Once more: at once. What was started ends with this process.
    if (interrupted.signal.aborted) process.exit(2);
    console.error('interrupted: stopping the target; once more to leave at once');
    interrupted.abort();
  };
  for (const signal of ENDINGS) process.on(signal, interrupt);
  const release = () => {
    for (const signal of ENDINGS) process.removeListener(signal, interrupt);
  };
  return { interrupted, release };
}

/** Answers the exit code: 0 every answer is the model's, 1 one is not, 2 interrupted. */
async function namespace(options: Options, sequences: number): Promise<0 | 1 | 2> {
  const fresh = freshNamespace(options.seed, options.target);
  const known = load(options, 'namespace', fresh);
  if (known.subject.target !== fresh.subject.target) {
    throw new UsageError('OPTION_INVALID', `--resume: ${progressFile(options, 'namespace')} is of another target`);
  }
  const { interrupted, release } = interruption();
  const target = await openTarget(options.target);
  try {
    await target.start();
    const deviations = target.kind === 'apache-ozone' ? APACHE_OZONE : [];
    // Also a run of the same seed on the same cluster has names of its own.
    const run = `${options.seed}-${Date.now().toString(36)}`;
    const result = await namespaceRounds(
      target,
      known,
      { sequences, run, deviations, shrunk: MAX_SHRUNK, signal: interrupted.signal },
      (progress, line) => {
        save(options, 'namespace', progress);
        console.log(line);
      },
    );
    const differ = result.differences.length;
    console.log(
      `${result.done} of ${sequences} sequences, ${result.sent} commands: ${differ} differ from the model, ${result.again} done again without their leader. Result: ${progressFile(options, 'namespace')}`,
    );
    for (const [done, counts] of [
      ['left out', result.leftOut],
      ['allowed', result.allowed],
    ] as const) {
      for (const [why, times] of Object.entries(counts).sort(([, left], [, right]) => right - left)) {
        const deviation = deviations.find(({ name }) => name === why);
        console.log(`  ${times} ${done}: ${why}${deviation === undefined ? '' : ` (${deviation.reason})`}`);
      }
    }
    if (differ > 0) return 1;
    return result.done < sequences ? 2 : 0;
  } finally {
    await target.stop();
    release();
  }
}

/** Answers the exit code: 0 every history is as promised, 1 one is not, 2 interrupted. */
async function profile(options: Options, tortured: TorturedProfile): Promise<0 | 1 | 2> {
  const mode = `profile-${tortured}`;
  const fresh = freshProfile(options.seed, options.target);
  const known = load(options, mode, fresh);
  if (known.target !== fresh.target) {
    throw new UsageError('OPTION_INVALID', `--resume: ${progressFile(options, mode)} is of another target`);
  }
  const { interrupted, release } = interruption();
  const target = await openTarget(options.target);
  try {
    await target.start();
    const { minutes, out } = options;
    const result = await profileRounds(
      tortured,
      target,
      known,
      { minutes, out, signal: interrupted.signal },
      (progress, line) => {
        save(options, mode, progress);
        console.log(line);
      },
    );
    const { rounds, calls, unknownCalls, verdicts, violations } = result;
    const share = rounds === 0 ? 0 : (100 * verdicts.unknown) / rounds;
    console.log(
      `${rounds} histories in ${(result.elapsedMs / 60_000).toFixed(1)} min, ${calls} calls, ${unknownCalls} of unknown outcome: ${verdicts.asPromised} as promised, ${violations.length} not, ${verdicts.unknown} undecided (${share.toFixed(1)} %). Result: ${progressFile(options, mode)}`,
    );
    for (const { seed, file, faults } of violations) console.log(`  ${seed}: ${file}: ${faults.join('; ')}`);
    if (violations.length > 0) return 1;
    return interrupted.signal.aborted ? 2 : 0;
  } finally {
    await target.stop();
    release();
  }
}

/** Answers the exit code: 0 no order differs, 1 one does or is not conformant, 2 interrupted. */
async function orders(options: Options, rounds: number): Promise<0 | 1 | 2> {
  const { interrupted, release } = interruption();
  const fresh = freshOrders(options.seed, rounds, { target: options.target, baseline: options.baseline });
  const known = load(options, 'orders', fresh);
  if (JSON.stringify(known.subject) !== JSON.stringify(fresh.subject)) {
    const file = progressFile(options, 'orders');
    throw new UsageError('OPTION_INVALID', `--resume: ${file} is of another target, baseline or specification`);
  }
  const target = await openTarget(options.target);
  save(options, 'orders', known);
  try {
    await target.start();
    const { baseline, seed } = options;
    const result = await orderRounds(
      target,
      { ...known, orders: rounds },
      { baseline, reports: options.out, signal: interrupted.signal },
      (progress, lines) => {
        save(options, 'orders', progress);
        for (const line of lines) console.log(line);
      },
    );
    const bad = result.runs.filter((run) => !isGood(run));
    const differing = bad.filter(({ differences }) => differences.length > 0).length;
    console.log(
      `${result.runs.length} of ${rounds} orders (seeds ${orderSeed(seed, 1)} to ${orderSeed(seed, rounds)}): ${differing} differ from the first, ${bad.length - differing} not as they should be. Result: ${progressFile(options, 'orders')}`,
    );
    if (bad.length > 0) return 1;
    return result.runs.length < rounds ? 2 : 0;
  } finally {
    await target.stop();
    release();
  }
}

const program = new Command('torture')
  .description('Kills nodes of a cluster under load and checks what its clients were promised.')
  .option('--kill <n>', 'kill -9 of leader, follower or all, n times; no acknowledged write may be lost', count)
  .option('--failover <n>', 'kill -9 of the leader n times; distribution of the time to the next accepted write', count)
  .option('--orders <n>', 'the whole conformance run in n random orders on one cluster; no verdict may differ', count)
  .option('--fuzz <n>', 'n broken or unusual requests; a refused one changes nothing, and every node goes on', count)
  .option('--namespace <n>', 'n random sequences of commands; every answer has to be one that the model allows', count)
  .addOption(
    new Option(
      '--profile <name>',
      'histories of a cluster with several faults at once; each has to be what its reads were promised',
    ).choices(Object.keys(PROFILE_STAGES)),
  )
  .option('--minutes <n>', 'how long, for --profile', count, 30)
  .option('--baseline <file>', 'known deviations, for --orders: every run must be exactly as recorded')
  .option('--seed <text>', 'seed of the choices', seedText, Date.now().toString(36))
  .option('--target <file-or-kind>', 'a target that can kill and restart nodes', 'reference')
  .option('--out <folder>', 'where progress and result are kept', 'results/torture')
  .option('--resume', 'go on where the run of the same seed stopped', false)
  .option('--record', 'write the failover distribution to bench/baseline.json', false)
  .option('--debug', 'print stack traces of errors', false)
  .exitOverride()
  .addHelpText(
    'after',
    '\nExit codes: 0 as promised; 1 a write was lost, a verdict differs or is not conformant, a broken request did something, or an answer is not the model’s; 2 the surroundings, or interrupted; 3 wrong usage; 4 a fault of the kit.',
  )
  .action(async (options: Options, command: Command) => {
    const modes = [options.kill, options.failover, options.orders, options.namespace, options.fuzz, options.profile];
    if (modes.every((mode) => mode === undefined)) {
      command.help({ error: true });
    }
    console.log(`seed ${options.seed} (repeat or resume with --seed ${options.seed})`);
    let exit: 0 | 1 | 2 = 0;
    if (options.kill !== undefined) exit = (await kill(options, options.kill)) ? exit : 1;
    if (options.failover !== undefined) exit = (await failover(options, options.failover)) ? exit : 1;
    if (options.fuzz !== undefined && !(await fuzzed(options, options.fuzz))) exit = 1;
    if (options.namespace !== undefined) {
      const of = await namespace(options, options.namespace);
      exit = exit === 1 ? exit : of;
      if (of === 2) process.exit(exit);
    }
    if (options.profile !== undefined) {
      const of = await profile(options, options.profile);
      exit = exit === 1 ? exit : of;
    }
    if (options.orders !== undefined) {
      const of = await orders(options, options.orders);
      exit = exit === 1 ? exit : of;
      // An interrupted step may still wait for what will not come any more.
      if (of === 2) process.exit(exit);
    }
    process.exitCode = exit;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.code === 'commander.helpDisplayed' ? 0 : 3;
  } else {
    const { text, exit } = explainError(error, program.opts<{ debug: boolean }>().debug);
    console.error(text);
    process.exitCode = exit;
  }
}
