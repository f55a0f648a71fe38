/**
 * Many random sequences against one cluster, a number of them at once. The n-th sequence of a seed is the same in every run; one whose
 * answers the model does not allow is made smaller before it is kept, and the run goes on.
 */
import fc from 'fast-check';
import type { Command } from '../../../kit/model/command.js';
import type { Deviation } from '../../../kit/model/deviations/deviation.js';
import { WireNames } from '../../../kit/model/wire-names.js';
import { awaitLeader } from '../../../kit/run/leader.js';
import type { Target } from '../../../kit/targets/target.js';
import { createOmClient } from '../../../kit/wire/client.js';
import type { OmClient } from '../../../kit/wire/outcome.js';
import { choose } from '../random.js';
import { hasBlocks } from './blocks.js';
import { commandSequences } from './commands.js';
import { LeaderLost, runSequence, type SequenceResult, type Subject } from './sequence.js';

export interface Difference {
  /** Which sequence of the seed. */
  readonly sequence: number;
  readonly lines: readonly string[];
}

export interface NamespaceProgress {
  readonly seed: string;
  readonly subject: { readonly target: string };
  /** Sequences that were run; those before are all done. */
  readonly done: number;
  readonly sent: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Commands after which less was compared, because of a known deviation. */
  readonly allowed: Readonly<Record<string, number>>;
  /** Sequences that lost their leader and were done again. */
  readonly again: number;
  readonly differences: readonly Difference[];
}

export function freshNamespace(seed: string, target: string): NamespaceProgress {
  return { seed, subject: { target }, done: 0, sent: 0, leftOut: {}, allowed: {}, again: 0, differences: [] };
}

export interface NamespaceOptions {
  readonly sequences: number;
  /** Tells the volumes of this run from those of any other on the cluster. */
  readonly run: string;
  readonly deviations: readonly Deviation[];
  /** So many sequences that differ are made smaller; of the others the first run is kept. */
  readonly shrunk: number;
  readonly signal: AbortSignal;
}

const IN_FLIGHT = 64;
/** Progress is kept after each so many. */
const BLOCK = 500;
/** A smaller one is looked for this often. */
const MAX_SHRINKS = 300;
const MAX_TRIES = 20;

export async function namespaceRounds(
  target: Target,
  known: NamespaceProgress,
  options: NamespaceOptions,
  report: (progress: NamespaceProgress, line: string) => void,
): Promise<NamespaceProgress> {
  const client = createOmClient({
    nodes: target.nodes,
    callMs: target.budgets.callMs,
    clientId: `torture-${options.run}`,
    transcript: undefined,
  });
  try {
    return await roundsBy(client, target, known, options, report);
  } finally {
    client.close();
  }
}

async function roundsBy(
  client: OmClient,
  target: Target,
  known: NamespaceProgress,
  options: NamespaceOptions,
  report: (progress: NamespaceProgress, line: string) => void,
): Promise<NamespaceProgress> {
  const nodes = target.nodes.map(({ id }) => id);
  const seek = () => awaitLeader(client, nodes, target.budgets.clusterStartMs);
  let leader = await seek();
  const ask: Subject['ask'] = (request) => client.call(leader, request);
  const blocks = await hasBlocks(ask, `omc-${options.run}-blocks`);
  const subject: Subject = { ask, blocks, deviations: options.deviations };
  const from = known.done;
  let progress = known;
  let started = 0;
  let shrunk = 0;
  const beganMs = performance.now();
  const once = async (number: number, commands: readonly Command[]): Promise<SequenceResult> => {
    for (let left = MAX_TRIES; ; left -= 1) {
      started += 1;
      const names = new WireNames(`omc-${options.run}-${number.toString(36)}-${started.toString(36)}-`);
      try {
        return await runSequence(commands, subject, names);
      } catch (error) {
        if (!(error instanceof LeaderLost) || left === 0) throw error;
        progress = { ...progress, again: progress.again + 1 };
        leader = await seek();
      }
    }
  };
  const take = async (number: number): Promise<void> => {
    const shrinks = () => {
      shrunk += 1;
      return shrunk <= options.shrunk;
    };
    const { first, smallest } = await smallestDifference(known.seed, number, shrinks, (commands) =>
      once(number, commands),
    );
    progress = {
      ...progress,
      sent: progress.sent + first.sent,
      leftOut: counted(progress.leftOut, first.leftOut),
      allowed: counted(progress.allowed, first.allowed),
      differences:
        smallest === undefined
          ? progress.differences
          : [...progress.differences, { sequence: number, lines: smallest }],
    };
  };
  while (progress.done < options.sequences && !options.signal.aborted) {
    const to = Math.min(progress.done + BLOCK, options.sequences);
    const differedBefore = progress.differences.length;
    const before = progress;
    await pool(progress.done + 1, to, IN_FLIGHT, take, options.signal);
    // What was broken off is done again, whole.
    if (options.signal.aborted) return before;
    progress = { ...progress, done: to };
    const rate = (to - from) / ((performance.now() - beganMs) / 1000);
    report(progress, line(progress, options.sequences, rate));
    for (const { sequence, lines } of progress.differences.slice(differedBefore)) {
      report(progress, [`sequence ${sequence} differs:`, ...lines.map((text) => `  ${text}`)].join('\n'));
    }
  }
  return progress;
}

/** Runs the n-th sequence of a seed; where it differs, also smaller ones made of it, when `shrinks` says so. */
export async function smallestDifference(
  seed: string,
  number: number,
  shrinks: () => boolean,
  run: (commands: readonly Command[]) => Promise<SequenceResult>,
): Promise<{ readonly first: SequenceResult; readonly smallest: readonly string[] | undefined }> {
  let first: SequenceResult | undefined;
  let smallest: readonly string[] | undefined;
  let left = 0;
  let fault: { readonly cause: unknown } | undefined;
  await fc.check(
    fc.asyncProperty(commandSequences, async (commands) => {
      if (fault !== undefined || (first !== undefined && left-- <= 0)) return;
      // What is thrown is no answer of the cluster: it must not pass for a sequence that differs.
      const result = await run(commands).catch((cause: unknown) => {
        fault = { cause };
      });
      if (result === undefined) return;
      if (result.difference !== undefined && first === undefined) left = shrinks() ? MAX_SHRINKS : 0;
      first ??= result;
      if (result.difference === undefined) return;
      smallest = result.difference;
      throw new Error('differs');
    }),
    { seed: choose(seed, `namespace/${number}`, 2 ** 31), numRuns: 1, unbiased: true },
  );
  if (fault !== undefined) throw (fault as { readonly cause: unknown }).cause;
  if (first === undefined) throw new Error(`sequence ${number} of seed ${seed} was never run`);
  return { first, smallest };
}

/** `take` for each number, a few at once; ends early, after those under way, when it is told to. */
async function pool(
  from: number,
  to: number,
  width: number,
  take: (number: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next <= to && !signal.aborted) {
      const number = next;
      next += 1;
      await take(number);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function counted(counts: Readonly<Record<string, number>>, more: readonly string[]): Readonly<Record<string, number>> {
  const sum = { ...counts };
  for (const name of more) sum[name] = (sum[name] ?? 0) + 1;
  return sum;
}

function line({ done, sent, again, differences }: NamespaceProgress, of: number, rate: number): string {
  const lost = again > 0 ? `, ${again} done again` : '';
  return `${done} of ${of} sequences, ${sent} commands, ${differences.length} differ${lost}; ${rate.toFixed(1)} sequences/s`;
}
