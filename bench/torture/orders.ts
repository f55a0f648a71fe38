/**
 * The whole conformance run, many times on one running cluster, each time in another random order: the verdict of no scenario
 * may depend on what ran before it. What differs is `order-outcome.ts`'s to say.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runConformance } from '../../kit/cucumber/conformance.js';
import { EnvironmentError } from '../../kit/failure.js';
import { reuseStarted } from '../../kit/run/live-cluster.js';
import { PACKAGE_ROOT } from '../../kit/run/package.js';
import type { RunResult } from '../../kit/run/publish.js';
import { specificationDigest } from '../../kit/spec/digest.js';
import type { Target } from '../../kit/targets/target.js';
import { type Difference, differences, faultsOf, outcomeOf, type RunOutcome } from './order-outcome.js';

/** One run as it is kept: what it came to, not all that it saw. */
export interface OrderRun {
  readonly seed: string;
  readonly seconds: number;
  readonly planned: number;
  readonly passed: number;
  readonly exit: number;
  readonly faults: readonly string[];
  readonly differences: readonly Difference[];
}

export interface OrdersProgress {
  readonly seed: string;
  readonly orders: number;
  /** What is compared with each other: a resumed run must be of the same. */
  readonly subject: { readonly target: string; readonly baseline: string | undefined; readonly specification: string };
  readonly first: RunOutcome | undefined;
  readonly runs: readonly OrderRun[];
}

export interface OrdersOptions {
  /** Known deviations; the verdict of every run must be exactly as recorded. */
  readonly baseline: string | undefined;
  /** Folder for the reports of runs that were not as they should be; the others leave none. */
  readonly reports: string;
  /** Ends the run in progress; it is not recorded. */
  readonly signal: AbortSignal;
}

export function freshOrders(
  seed: string,
  orders: number,
  subject: { readonly target: string; readonly baseline: string | undefined },
): OrdersProgress {
  const specification = specificationDigest(PACKAGE_ROOT);
  return { seed, orders, subject: { ...subject, specification }, first: undefined, runs: [] };
}

/** Seed of the n-th order, counted from 1: `om-conformance run --seed` repeats it. */
export function orderSeed(seed: string, number: number): string {
  return `${seed}-${number}`;
}

/** Puts a run beside the first one. The first is the measure of the others, and judged like them by itself. */
export function withRun(progress: OrdersProgress, outcome: RunOutcome): OrdersProgress {
  const first = progress.first ?? outcome;
  const { seed, seconds, planned, passed, exit } = outcome;
  const run = {
    seed,
    seconds,
    planned,
    passed,
    exit,
    faults: faultsOf(outcome),
    differences: differences(first, outcome),
  };
  return { ...progress, first, runs: [...progress.runs, run] };
}

export function isGood({ faults, differences: found }: Pick<OrderRun, 'faults' | 'differences'>): boolean {
  return faults.length === 0 && found.length === 0;
}

/** @param target started; it is left running */
export async function orderRounds(
  target: Target,
  from: OrdersProgress,
  options: OrdersOptions,
  report: (progress: OrdersProgress, lines: readonly string[]) => void,
): Promise<OrdersProgress> {
  let progress = from;
  while (progress.runs.length < from.orders && !options.signal.aborted) {
    const number = progress.runs.length + 1;
    const seed = orderSeed(from.seed, number);
    const outDir = join(options.reports, `orders-${seed}`);
    const result = await oneRun(target, seed, outDir, options);
    if (result.envelope.stopped === 'interrupted') {
      rmSync(outDir, { recursive: true, force: true });
      break;
    }
    progress = withRun(progress, outcomeOf(result, await removeLeft(target, result.envelope.run.id)));
    const run = progress.runs.at(-1);
    if (run === undefined) throw new Error('a run was not recorded');
    if (isGood(run)) rmSync(outDir, { recursive: true, force: true });
    report(progress, [orderLine(run, number, from.orders), ...badLines(run, outDir)]);
  }
  return progress;
}

/** When it is interrupted, a step may still wait for what will not come any more: the verdict is there before. */
async function oneRun(
  target: Target,
  seed: string,
  outDir: string,
  { baseline, signal }: OrdersOptions,
): Promise<RunResult> {
  return await new Promise((resolve, reject) => {
    runConformance({
      target,
      open: reuseStarted(target),
      seed,
      outDir,
      baseline,
      // Torture disturbs whatever it is given.
      disruptive: true,
      signal,
      observers: () => [{ finished: (result) => signal.aborted && resolve(result) }],
    }).then(resolve, reject);
  });
}

/** What one run leaves must not be the next one's to find. Answers what there was, in words. */
async function removeLeft(target: Target, runId: string): Promise<string[]> {
  const cluster = await reuseStarted(target)(target, { runId: 'clean', timeoutFactor: 1 });
  try {
    const { volumes, left } = await cluster.removeLeftovers(runId);
    if (volumes > 0) return [`${volumes} volumes of the run were left on the cluster`];
    return left.map(({ name, why }) => `${name} is left on the cluster: ${why}`);
  } catch (error) {
    if (error instanceof EnvironmentError) return [`what is left on the cluster is not known: ${error.message}`];
    throw error;
  } finally {
    await cluster.close();
  }
}

function orderLine(run: OrderRun, number: number, orders: number): string {
  const word = isGood(run) ? '' : run.differences.length > 0 ? ': DIFFERS' : ': NOT AS IT SHOULD BE';
  return `order ${number} of ${orders}: seed ${run.seed}, ${run.passed}/${run.planned} passed, ${run.seconds.toFixed(1)} s${word}`;
}

function badLines(run: OrderRun, outDir: string): string[] {
  if (isGood(run)) return [];
  return [
    ...run.faults.map((fault) => `  ${fault}`),
    ...run.differences.map(({ what, name, first, here }) => `  ${what} ${name}: first ${first}; here ${here}`),
    `  report ${outDir}`,
  ];
}
