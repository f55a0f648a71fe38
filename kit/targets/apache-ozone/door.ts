/**
 * A cluster that outlives the command which started it, for people and for the bench: start, status and stop by its data
 * folder. The words of the command line are `main.ts`.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { EnvironmentError, UsageError } from '../../failure.js';
import type { Stage } from '../../run/capability.js';
import { budgetsOf } from '../budgets.js';
import { Guard } from '../guard.js';
import { firstProblem } from '../problem.js';
import { type ApacheOzoneFile, TARGET_SCHEMAS } from '../schema.js';
import { terminateAll } from './ending.js';
import { addressOf, layoutOf, OM_IDS, SCM } from './layout.js';
import { tryLock } from './lock.js';
import { OwnedProcesses } from './owned-processes.js';
import { OzoneProbe } from './probe.js';
import type { Progress } from './progress.js';
import type { Standing } from './settled.js';
import { type ClusterRecord, checkFile, makeDataDir, openCluster, readRecord, writeRecord } from './setup.js';

/** What the command line gave; the rest is as the data folder remembers, or a default. */
export type Given = Partial<Omit<ClusterRecord, 'format'>> & { readonly timeoutFactor?: number };

export interface NodeReport {
  readonly id: string;
  /** host:port of the gRPC service. */
  readonly address: string;
  /** Undefined when it does not run. */
  readonly pid: number | undefined;
  readonly standing: Standing['kind'] | 'down';
}

export interface ClusterReport {
  readonly version: string;
  readonly stage: Stage;
  readonly data: string;
  /** Undefined when no node accepted a write. */
  readonly leader: string | undefined;
  readonly nodes: readonly NodeReport[];
  readonly scm: { readonly pid: number | undefined };
}

/**
 * Starts a cluster in a data folder, or what is down of the one that is there. When it fails or is interrupted, nothing
 * that it started goes on running.
 */
export async function startCluster(dataDir: string, given: Given, progress: Progress): Promise<ClusterReport> {
  const folder = makeDataDir(dataDir);
  const lock = await tryLock(folder);
  if (lock === undefined) throw unsuitable(`${folder} is being started by another program: wait for it`);
  const guard = new Guard();
  try {
    const known = readRecord(folder);
    if (known === undefined && readdirSync(folder).length > 0) {
      throw unsuitable(`${folder} holds something that is not a cluster of ours: use an empty or new folder`);
    }
    const { timeoutFactor = 1, stage = known?.stage ?? 'plain', ...asked } = { ...given };
    const { format: _, stage: was, ...remembered } = known ?? { format: 1, stage: undefined };
    const file = fileOf({ kind: 'apache-ozone', ...remembered, ...asked, stages: [stage] });
    checkFile(file);
    if (known !== undefined) refuseChange(folder, known, { ...file, stage });
    const { signal } = new AbortController();
    const surroundings = { env: process.env, progress, signal, guard };
    const opened = await openCluster(file, folder, budgetsOf(file.budgets, timeoutFactor), surroundings);
    writeRecord(folder, file, opened.layout.basePort, stage);
    await opened.cluster.start(stage);
    if (was !== undefined && was !== stage) progress(`stage ${stage}, was ${was}`);
  } finally {
    // Whoever failed above has left processes that the guard was to end; it has no reason to wait for our end.
    await lock.release();
  }
  guard.release();
  return await reportOn(folder);
}

/** The command line says what a target file says, and is held to the same schema. */
function fileOf(data: object): ApacheOzoneFile {
  const result = TARGET_SCHEMAS['apache-ozone'].safeParse(data);
  if (result.success) return result.data;
  const { path, expected, found } = firstProblem(result.error.issues, data);
  throw new UsageError('OPTION_INVALID', `${path.join('.')}: expected ${expected}, found ${JSON.stringify(found)}`);
}

/** Nodes that run with one configuration are not joined by nodes with another. */
function refuseChange(folder: string, known: ClusterRecord, wanted: Given): void {
  if (!new OwnedProcesses(folder).names().some((name) => new OwnedProcesses(folder).isRunning(name))) return;
  for (const key of ['version', 'stage', 'heap', 'compiler', 'javaOptions', 'keys'] as const) {
    if (JSON.stringify(known[key]) === JSON.stringify(wanted[key])) continue;
    throw unsuitable(`${folder} holds a running cluster with another ${key}: stop it first`);
  }
}

export async function reportOn(dataDir: string): Promise<ClusterReport> {
  const { folder, record, processes } = openFolder(dataDir);
  const layout = layoutOf(record.basePort);
  const probe = new OzoneProbe(layout);
  try {
    const standings = await probe.writes(OM_IDS.filter((om) => processes.isRunning(om)));
    return {
      version: record.version,
      stage: record.stage,
      data: folder,
      leader: OM_IDS.find((om) => standings.get(om)?.kind === 'leads'),
      nodes: OM_IDS.map((id) => ({
        id,
        address: addressOf(layout, id),
        pid: processes.pidOf(id),
        standing: standings.get(id)?.kind ?? 'down',
      })),
      scm: { pid: processes.pidOf(SCM) },
    };
  } finally {
    probe.close();
  }
}

/** Ends what runs of a cluster. @param wipe removes the data folder too */
export async function stopCluster(dataDir: string, wipe: boolean, progress: Progress): Promise<void> {
  const { folder, processes } = openFolder(dataDir);
  await terminateAll(processes, processes.names(), progress);
  if (wipe) rmSync(folder, { recursive: true, force: true });
}

function openFolder(dataDir: string) {
  const record = existsSync(dataDir) ? readRecord(dataDir) : undefined;
  if (record === undefined) throw unsuitable(`${dataDir} holds no cluster`);
  const folder = makeDataDir(dataDir);
  return { folder, record, processes: new OwnedProcesses(folder) };
}

function unsuitable(message: string): EnvironmentError {
  return new EnvironmentError('DATA_UNSUITABLE', message);
}
