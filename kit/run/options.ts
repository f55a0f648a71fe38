/**
 * Completes what a user asked for into a `RunRequest`: reads the files that he named, chooses seed and run id, and refuses
 * what cannot be. The only place of a run that draws random numbers or reads a clock.
 */
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { UsageError } from '../failure.js';
import { shellWord } from '../report/again.js';
import { FILES, ReportFolder } from '../report/folder.js';
import type { Catalogue } from '../spec/catalogue.js';
import { readCatalogue } from '../spec/digest.js';
import { didYouMean } from '../spec/nearest.js';
import type { Target } from '../targets/target.js';
import { parseBaseline } from '../verdict/baseline.js';
import { parseEnvelope, type RunEnvelope } from '../verdict/envelope.js';
import { messageOf } from '../wire/text.js';
import { PROFILES, type Profile } from './capability.js';
import { KIT_VERSION, PACKAGE_ROOT } from './package.js';
import type { Clock, RunRequest } from './request.js';

/** What `om-conformance run` and `runConformance` take. Everything may be left out. */
export interface RunOptions {
  /** A target file, `reference`, `apache-ozone`, or a target made by the caller. Default: `reference`. */
  readonly target?: string | Target | undefined;
  /** Feature files or folders, `file:line` for one scenario. Default: all features. */
  readonly paths?: readonly string[] | undefined;
  /** Rule ids, or the start of some, e.g. `NS-VOL`. */
  readonly rules?: readonly string[] | undefined;
  /** Profiles to judge. Default: those that the target claims. */
  readonly profiles?: readonly string[] | undefined;
  /** A cucumber tag expression. */
  readonly tags?: string | undefined;
  /** Only what did not pass in the run whose report is in the output folder. */
  readonly lastFailed?: boolean | undefined;
  readonly failFast?: boolean | undefined;
  /** Any text without control characters. Default: random. */
  readonly seed?: string | undefined;
  /** Multiplies every time budget. Default: 1. */
  readonly timeoutFactor?: number | undefined;
  readonly disruptive?: boolean | undefined;
  readonly keep?: boolean | undefined;
  readonly allowPartial?: boolean | undefined;
  /** File with known deviations. */
  readonly baseline?: string | undefined;
  /** Default: `om-conformance-report`. */
  readonly outDir?: string | undefined;
  readonly debug?: boolean | undefined;
  /** Folder that holds `features/`. Default: this package. */
  readonly root?: string | undefined;
}

export const DEFAULT_OUT_DIR = 'om-conformance-report';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };

/** Throws UsageError. */
export function completeOptions(options: RunOptions): RunRequest {
  const root = options.root ?? PACKAGE_ROOT;
  const catalogue = readCatalogue(root);
  const outDir = options.outDir ?? DEFAULT_OUT_DIR;
  const seed = options.seed ?? draw(8);
  if (!/^[\x21-\x7e]{1,64}$/.test(seed)) {
    throw new UsageError('OPTION_INVALID', 'seed must be 1 to 64 printable ASCII characters without spaces');
  }
  const timeoutFactor = options.timeoutFactor ?? 1;
  if (!(timeoutFactor > 0 && timeoutFactor <= 1_000)) {
    throw new UsageError('OPTION_INVALID', `timeout factor must be above 0 and at most 1000, found ${timeoutFactor}`);
  }
  const request = {
    target: options.target ?? 'reference',
    selection: {
      paths: (options.paths ?? []).map((path) => resolvePath(path, root)),
      rules: (options.rules ?? []).flatMap((id) => expandRule(id, catalogue)),
      profiles: (options.profiles ?? []).map(readProfile),
      tags: options.tags ?? '',
      lastFailed: options.lastFailed === true ? lastFailed(outDir) : undefined,
    },
    runId: draw(6),
    seed,
    timeoutFactor,
    disruptive: options.disruptive ?? false,
    keep: options.keep ?? false,
    allowPartial: options.allowPartial ?? false,
    deviations: options.baseline === undefined ? undefined : readBaseline(options.baseline),
    debug: options.debug ?? false,
    root,
    catalogue,
    command: commandOf(options, seed),
    kitVersion: KIT_VERSION,
    clock,
  };
  return { ...request, folder: new ReportFolder(outDir) };
}

function draw(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)] ?? 'x').join('');
}

function commandOf(options: RunOptions, seed: string): string {
  const words = ['npx', 'om-conformance', 'run'];
  if (typeof options.target === 'string') words.push('--target', shellWord(options.target));
  words.push('--seed', shellWord(seed));
  if (options.timeoutFactor !== undefined) words.push('--timeout-factor', String(options.timeoutFactor));
  if (options.disruptive === true) words.push('--disruptive');
  return words.join(' ');
}

/** A path means a file of the user's folder, or else one of the specification. Answers it relative to `root`. */
function resolvePath(path: string, root: string): string {
  const [, file = path, lines = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  if (/[*?{[]/.test(file)) return path;
  for (const candidate of isAbsolute(file) ? [file] : [resolve(file), join(root, file)]) {
    if (existsSync(candidate)) return `${relative(root, candidate)}${lines}`;
  }
  throw new UsageError('PATH_NOT_FOUND', `no feature file or folder ${file}, here or in ${root}`);
}

function expandRule(id: string, { rules }: Catalogue): string[] {
  const ids = rules.map((rule) => rule.id);
  const wanted = id.toUpperCase();
  const found = ids.filter((candidate) => candidate === wanted || candidate.startsWith(`${wanted}-`));
  if (found.length > 0) return found;
  throw new UsageError('RULE_UNKNOWN', `no rule ${id} in this specification${didYouMean(id, ids)}`);
}

function readProfile(name: string): Profile {
  const found = PROFILES.find((profile) => profile === name);
  if (found !== undefined) return found;
  throw new UsageError('OPTION_INVALID', `no profile ${name}${didYouMean(name, PROFILES)}`);
}

function lastFailed(outDir: string): ReadonlySet<string> {
  const path = join(outDir, FILES.envelope);
  let summary: RunEnvelope['summary'];
  try {
    summary = parseEnvelope(readFileSync(path, 'utf8')).summary;
  } catch (error) {
    throw new UsageError('LAST_RUN_UNREADABLE', `the last run cannot be read from ${path}: ${messageOf(error)}`);
  }
  if (summary === undefined || summary.counts.ran === 0) {
    throw new UsageError('LAST_RUN_UNREADABLE', `the last run (${path}) ran no scenario`);
  }
  if (summary.failed.length === 0) throw new UsageError('NOTHING_FAILED', `nothing failed in the last run (${path})`);
  return new Set(summary.failed);
}

function readBaseline(path: string) {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError('BASELINE_INVALID', `baseline ${path}: ${messageOf(error)}`);
  }
  return parseBaseline(text, path);
}
