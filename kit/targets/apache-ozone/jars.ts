/**
 * A release's jars on this machine: fetched once by Maven into a folder of the cache, which appears whole or not at all.
 * What Maven is asked for is `pom.ts`.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EnvironmentError } from '../../failure.js';
import { messageOf, printable } from '../../wire/text.js';
import { Guard } from '../guard.js';
import { lock } from './lock.js';
import { tailOf } from './log-tail.js';
import { type End, OwnedProcesses } from './owned-processes.js';
import { mavenArguments, mavenBuild } from './pom.js';
import type { Progress } from './progress.js';
import { findMaven } from './toolchain.js';

/** What a fetched release is, on disk `<cache>/<version>`. */
export interface Release {
  readonly version: string;
  readonly folder: string;
  /** Absolute paths in a fixed order: the class path. */
  readonly jars: readonly string[];
}

export interface FetchOptions {
  readonly cacheRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const FETCH_TIMEOUT_MS = 20 * 60_000;
const TELL_EVERY_MS = 15_000;

const contents = z.object({ format: z.literal(1), version: z.string(), bytes: z.record(z.string(), z.number()) });
const CONTENTS = 'contents.json';

/** `OM_CONFORMANCE_CACHE`, or `.cache` beside the kit's package.json. */
export function cacheRootOf(env: NodeJS.ProcessEnv): string {
  const root = env.OM_CONFORMANCE_CACHE || fileURLToPath(new URL('../../../../.cache', import.meta.url));
  return join(root, 'apache-ozone');
}

/** The jars of a release, from the cache or by Maven. Throws EnvironmentError. */
export async function fetchRelease(version: string, options: FetchOptions): Promise<Release> {
  const cached = readCache(options.cacheRoot, version);
  if (cached !== undefined) return cached;
  const maven = findMaven(options.env);
  makeCache(options.cacheRoot);
  const held = await lock(join(options.cacheRoot, version), options.signal, () =>
    options.progress(`waiting for another run that is fetching Apache Ozone ${version}`),
  );
  try {
    return readCache(options.cacheRoot, version) ?? (await fetchByMaven(maven, version, options));
  } finally {
    await held.release();
  }
}

/** Undefined when the release is not there, or not as it was when it was put there. */
export function readCache(cacheRoot: string, version: string): Release | undefined {
  const folder = join(cacheRoot, version);
  let known: z.output<typeof contents>;
  try {
    known = contents.parse(JSON.parse(readFileSync(join(folder, CONTENTS), 'utf8')));
  } catch {
    return undefined;
  }
  const names = Object.keys(known.bytes).sort();
  const isWhole = names.every((name) => sizeOf(join(folder, 'jars', name)) === known.bytes[name]);
  return isWhole ? { version, folder, jars: names.map((name) => join(folder, 'jars', name)) } : undefined;
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** Called with the lock held. */
async function fetchByMaven(maven: string, version: string, options: FetchOptions): Promise<Release> {
  const { cacheRoot, progress } = options;
  // Left by runs that were ended by force together with their guard.
  for (const name of readdirSync(cacheRoot)) {
    if (name.startsWith(`.${version}.`)) rmSync(join(cacheRoot, name), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(cacheRoot, `.${version}.`));
  const guard = new Guard();
  guard.removeAfter(work);
  try {
    progress(`fetching Apache Ozone ${version} with Maven (about 230 MB)`);
    const bytes = await runMaven(maven, version, new OwnedProcesses(work, guard), options);
    writeFileSync(join(work, CONTENTS), JSON.stringify({ format: 1, version, bytes }, undefined, 1));
    for (const name of ['build', 'pid']) rmSync(join(work, name), { recursive: true, force: true });
    const folder = join(cacheRoot, version);
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    progress(`fetched ${Object.keys(bytes).length} jars`);
  } finally {
    rmSync(work, { recursive: true, force: true });
    guard.release();
  }
  const release = readCache(cacheRoot, version);
  if (release === undefined)
    throw new EnvironmentError('FETCH_FAILED', `${join(cacheRoot, version)} was changed by another program`);
  return release;
}

/** Size of each jar in the folder `jars` of where Maven worked. */
async function runMaven(
  maven: string,
  version: string,
  processes: OwnedProcesses,
  options: FetchOptions,
): Promise<Readonly<Record<string, number>>> {
  const work = processes.folder;
  for (const [path, text] of Object.entries(mavenBuild(version))) {
    const file = join(work, 'build', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  mkdirSync(join(work, 'jars'));
  const logFile = join(work, 'maven.log');
  await processes.start('maven', {
    command: maven,
    args: mavenArguments(join(work, 'build'), join(work, 'jars')),
    env: options.env,
    cwd: work,
    logFile,
  });
  try {
    const end = await endOfMaven(processes, options);
    if (end.code !== 0)
      throw mavenError(`Maven could not fetch Apache Ozone ${version}`, logFile, version, options.cacheRoot);
  } finally {
    await processes.kill('maven');
  }
  const names = readdirSync(join(work, 'jars')).filter((name) => name.endsWith('.jar'));
  for (const needed of ['ozone-manager', 'hdds-server-scm']) {
    if (!names.includes(`${needed}-${version}.jar`)) {
      throw mavenError(`Maven ended well without ${needed}-${version}.jar`, logFile, version, options.cacheRoot);
    }
  }
  return Object.fromEntries(names.map((name) => [name, statSync(join(work, 'jars', name)).size]));
}

async function endOfMaven(processes: OwnedProcesses, { progress, signal }: FetchOptions): Promise<End> {
  const ended = processes.endOf('maven');
  if (ended === undefined) throw new Error('maven was started');
  const beganMs = performance.now();
  for (;;) {
    const tick = new AbortController();
    const end = await Promise.race([
      ended,
      sleep(TELL_EVERY_MS, undefined, { signal: AbortSignal.any([signal, tick.signal]) }),
    ]).finally(() => tick.abort());
    if (end !== undefined) return end;
    const seconds = Math.round((performance.now() - beganMs) / 1000);
    if (seconds * 1000 > FETCH_TIMEOUT_MS) {
      throw new EnvironmentError(
        'FETCH_FAILED',
        `Maven was not ready after ${seconds} s: is its repository reachable?`,
      );
    }
    progress(`still fetching, ${seconds} s`);
  }
}

/** The line of Maven's log that says why; the rest stays in the cache. */
function mavenError(what: string, logFile: string, version: string, cacheRoot: string): EnvironmentError {
  const kept = join(cacheRoot, `maven-${version}.log`);
  cpSync(logFile, kept);
  const why = causeIn(readFileSync(kept, 'utf8'));
  return new EnvironmentError('FETCH_FAILED', `${what}: ${why ?? tailOf(kept)} (Maven's log: ${kept})`);
}

/** What Maven calls the cause, wherever in its many lines it stands; undefined when it does not say one. */
export function causeIn(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => /^\[(?:ERROR|FATAL)\]/.test(line));
  const decisive = lines.find((line) => /Could not (?:find|transfer|resolve)|Non-resolvable|No space left/.test(line));
  const line = decisive ?? lines.find((one) => /\w/.test(one.replace(/^\[\w+\]/, '')));
  return line === undefined ? undefined : printable(line.replace(/^\[\w+\]\s*/, ''), 500);
}

function makeCache(cacheRoot: string): void {
  try {
    mkdirSync(cacheRoot, { recursive: true });
  } catch (cause) {
    throw new EnvironmentError(
      'FETCH_FAILED',
      `the cache folder ${cacheRoot} cannot be made: ${messageOf(cause)}; set OM_CONFORMANCE_CACHE to a folder of yours`,
      { cause },
    );
  }
}
