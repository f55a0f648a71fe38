/**
 * Generated histories before two judges: the kit's and Porcupine, whose models were written a second time in Go. Every second history
 * has one answer changed. Both have to say the same of each; how long each took is reported and judged by nobody.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { History } from '../../kit/history/call.js';
import { decide } from '../../kit/history/checker/check.js';
import { historyText } from '../../kit/history/file.js';
import type { Mix } from '../../kit/history/mixed-workload.js';
import { changed, generated } from '../../kit/history/simulated/generated.js';

export interface Compared {
  readonly histories: number;
  readonly changed: number;
  /** With listings, renames and deletes in them. */
  readonly mixed: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** What the judges did not agree on, with the file that shows it. */
  readonly differences: readonly string[];
  /** Judged by both, within its time. */
  readonly undecided: number;
  /** Median of our time and of the program's, and of the quotient of the two, history by history. */
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly ratio: number;
}

const MIXES: readonly Mix[] = [
  { keys: 1, listings: 0, buckets: 0, volumes: 1 },
  { keys: 0, listings: 1, buckets: 0, volumes: 0 },
  { keys: 9, listings: 7, buckets: 3, volumes: 2 },
  { keys: 2, listings: 3, buckets: 4, volumes: 1 },
];
const OPERATIONS = [30, 60, 120, 240];
const UNKNOWN_PER_MILLE = [0, 0, 4, 10];
/** Each is judged so often before its time counts: a judge that has just begun is not at its speed. */
const WARM = 3;

interface Made {
  readonly path: string;
  readonly history: History;
}

/** How the other judge is started: it reads paths and writes a line for each. */
export interface OtherJudge {
  readonly command: string;
  readonly arguments: readonly string[];
}

export async function compareJudges(
  seed: string,
  histories: number,
  other: OtherJudge,
  keep: string,
): Promise<Compared> {
  const folder = mkdtempSync(join(tmpdir(), 'om-judges-'));
  try {
    const made = Array.from({ length: histories }, (_, at) => save(folder, seed, at));
    const theirs = await judgedBy(
      other,
      made.map(({ path }) => path),
      folder,
    );
    const rows = made.map(({ path, history }) => ({ path, history, ours: timed(history), theirs: theirs.get(path) }));
    const differences = rows.flatMap(({ path, history, ours, theirs: said }) => {
      if (said === undefined) return [`${path}: the other judge said nothing`];
      if (said.verdict === ours.verdict || said.verdict === 'unknown' || ours.verdict === 'unknown') return [];
      mkdirSync(keep, { recursive: true });
      const kept = join(keep, path.slice(folder.length + 1));
      writeFileSync(kept, historyText(history));
      return [`${kept}: ${ours.verdict} here, ${said.verdict} there`];
    });
    const both = rows.flatMap(({ ours, theirs: said }) => (said === undefined ? [] : [{ ours, said }]));
    const verdicts: Record<string, number> = {};
    for (const { ours } of both) verdicts[ours.verdict] = (verdicts[ours.verdict] ?? 0) + 1;
    return {
      histories,
      changed: Math.floor(histories / 2),
      mixed: made.filter(({ history }) => isMixed(history)).length,
      verdicts,
      differences,
      undecided: both.filter(({ ours, said }) => ours.verdict === 'unknown' || said.verdict === 'unknown').length,
      oursMs: median(both.map(({ ours }) => ours.ms)),
      theirsMs: median(both.map(({ said }) => said.ms)),
      ratio: median(both.map(({ ours, said }) => ours.ms / Math.max(said.ms, 0.001))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function save(folder: string, seed: string, at: number): Made {
  const pick = <T>(of: readonly T[], step: number): T => of[Math.floor(at / step) % of.length] as T;
  const right = generated(`${seed} ${at}`, {
    clients: 4 + (at % 5),
    operations: pick(OPERATIONS, 2),
    mix: pick(MIXES, 8),
    unknownPerMille: pick(UNKNOWN_PER_MILLE, 3),
  });
  const history = at % 2 === 0 ? right : changed(right, `${seed} ${at}`);
  const path = join(folder, `${String(at).padStart(5, '0')}.jsonl`);
  writeFileSync(path, historyText(history));
  return { path, history };
}

function isMixed({ calls }: History): boolean {
  const kinds = new Set(calls.map(({ operation }) => operation.kind));
  return ['list-keys', 'rename-key', 'delete-keys'].every((kind) => kinds.has(kind as never));
}

function timed(history: History): { readonly verdict: string; readonly ms: number } {
  let best = Number.POSITIVE_INFINITY;
  let verdict = '';
  for (let round = 0; round < WARM; round += 1) {
    const beganMs = performance.now();
    verdict = decide(history);
    best = Math.min(best, performance.now() - beganMs);
  }
  return { verdict, ms: best };
}

interface Said {
  readonly file: string;
  readonly verdict: string;
  readonly ms: number;
}

/** Longer than this a judge does not know, whether it has a limit of its own or not. */
const LIMIT_MS = 10_000;

/**
 * What the other judge says of each file, at its best of several rounds, as ours is. One that does not answer in time, or ends (it
 * may use up its memory), has not decided, and is started again with the next file.
 */
async function judgedBy(
  other: OtherJudge,
  paths: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, Said>> {
  const best = new Map<string, Said>();
  for (let from = 0; from < paths.length; ) {
    const left = paths.slice(from);
    const answered = await answersTo(other, left, folder);
    for (const said of answered) {
      if (said.ms < (best.get(said.file)?.ms ?? Number.POSITIVE_INFINITY)) best.set(said.file, said);
    }
    const done = Math.floor(answered.length / WARM);
    const stuck = left[done];
    if (stuck !== undefined) best.set(stuck, { file: stuck, verdict: 'unknown', ms: LIMIT_MS });
    from += done + 1;
  }
  return best;
}

/** Its answers in the order of the files, each several times, as far as they came in time. */
async function answersTo(
  { command, arguments: given }: OtherJudge,
  paths: readonly string[],
  folder: string,
): Promise<readonly Said[]> {
  const list = join(folder, 'list');
  writeFileSync(list, paths.flatMap((path) => Array.from({ length: WARM }, () => `${path}\n`)).join(''));
  const program = spawn(command, [...given, list], { stdio: ['ignore', 'pipe', 'ignore'] });
  const fault = new Promise<never>((_, reject) => program.once('error', reject));
  const answers: Said[] = [];
  let timer = setTimeout(() => program.kill('SIGKILL'), LIMIT_MS);
  const reading = async (): Promise<void> => {
    for await (const line of createInterface({ input: program.stdout })) {
      answers.push(JSON.parse(line));
      clearTimeout(timer);
      timer = setTimeout(() => program.kill('SIGKILL'), LIMIT_MS);
    }
  };
  try {
    await Promise.race([reading(), fault]);
  } finally {
    clearTimeout(timer);
    program.kill('SIGKILL');
  }
  return answers;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
