/**
 * From what a target file asks for to a cluster that can be started: Java, the release's jars, ports, and the data folder
 * with the record of what it was made for.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EnvironmentError, UsageError } from '../../failure.js';
import { STAGES, type Stage } from '../../run/capability.js';
import { messageOf } from '../../wire/text.js';
import type { Guard } from '../guard.js';
import type { ApacheOzoneFile } from '../schema.js';
import { ClassArchives } from './class-archives.js';
import { type ClusterSetup, OzoneCluster } from './cluster.js';
import { findBasePort } from './free-ports.js';
import { cacheRootOf, fetchRelease } from './jars.js';
import { type Layout, layoutOf } from './layout.js';
import type { Progress } from './progress.js';
import { siteKeys, stagesOf } from './site.js';
import { findJava } from './toolchain.js';

/** Part of a target file that the cluster itself depends on. */
export type ClusterFile = Pick<
  ApacheOzoneFile,
  'version' | 'basePort' | 'heap' | 'compiler' | 'javaOptions' | 'keys' | 'stages'
>;

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly guard?: Guard | undefined;
}

const RECORD = 'cluster.json';
const record = z.object({
  format: z.literal(1),
  version: z.string(),
  basePort: z.number(),
  stage: z.enum(STAGES),
  heap: z.string(),
  compiler: z.enum(['quick', 'full']),
  javaOptions: z.array(z.string()),
  keys: z.record(z.string(), z.string()),
});
/** What a data folder was made for; `stage` is the one that its processes were started in last. */
export type ClusterRecord = z.output<typeof record>;

export interface OpenedCluster {
  readonly cluster: OzoneCluster;
  readonly layout: Layout;
}

/** @throws UsageError for what no cluster could be made of, before anything is started */
export function checkFile(file: ClusterFile): void {
  const possible = stagesOf(file.version);
  const wrong = file.stages.find((stage) => !possible.includes(stage));
  if (wrong !== undefined) {
    throw new UsageError(
      'STAGE_UNAVAILABLE',
      `Apache Ozone ${file.version} cannot be put in stage ${wrong}; it can in ${possible.join(', ')}`,
    );
  }
  siteKeys(layoutOf(0), 'plain', file.keys);
}

/** @param dataDir exists; its processes, if any, are left as they are. Throws EnvironmentError. */
export async function openCluster(
  file: ClusterFile,
  dataDir: string,
  budgets: ClusterSetup['budgets'],
  { env, progress, signal, guard }: Surroundings,
): Promise<OpenedCluster> {
  if (process.platform !== 'linux') {
    throw new EnvironmentError(
      'PLATFORM_UNSUITABLE',
      `target apache-ozone reads /proc, which ${process.platform} lacks`,
    );
  }
  const folder = realpathSync(dataDir);
  const known = readRecord(folder);
  if (known !== undefined && known.version !== file.version) {
    throw new EnvironmentError(
      'DATA_UNSUITABLE',
      `${folder} was made by Apache Ozone ${known.version}, not ${file.version}: use another data folder`,
    );
  }
  if (known !== undefined && file.basePort !== undefined && known.basePort !== file.basePort) {
    throw new EnvironmentError(
      'DATA_UNSUITABLE',
      `${folder} was made with base port ${known.basePort}, which its nodes know each other by, not ${file.basePort}: ` +
        'leave the base port out or use another data folder',
    );
  }
  const java = await findJava(env);
  const release = await fetchRelease(file.version, { cacheRoot: cacheRootOf(env), env, progress, signal });
  const layout = layoutOf(known?.basePort ?? file.basePort ?? (await findBasePort()));
  const { heap, compiler, javaOptions, keys } = file;
  const cluster = new OzoneCluster({
    dataDir: folder,
    layout,
    release,
    java,
    archives: new ClassArchives(release, java),
    jvm: { heap, compiler, javaOptions },
    keys,
    budgets,
    progress,
    env,
    signal,
    guard,
  });
  return { cluster, layout };
}

/** A folder that holds something else is refused: it may be wiped later. */
export function makeDataDir(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new EnvironmentError('DATA_UNSUITABLE', `data folder ${path} cannot be made: ${messageOf(cause)}`, { cause });
  }
  return realpathSync(path);
}

export function writeRecord(dataDir: string, file: ClusterFile, basePort: number, stage: Stage): void {
  const { version, heap, compiler, javaOptions, keys } = file;
  const text: ClusterRecord = { format: 1, version, basePort, stage, heap, compiler, javaOptions, keys };
  writeFileSync(join(dataDir, RECORD), `${JSON.stringify(text, undefined, 1)}\n`);
}

/** Undefined when the folder holds no cluster. Throws EnvironmentError for a record that cannot be read. */
export function readRecord(dataDir: string): ClusterRecord | undefined {
  const path = join(dataDir, RECORD);
  if (!existsSync(path)) return undefined;
  try {
    return record.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new EnvironmentError('DATA_UNSUITABLE', `${path} is not the record of a cluster of this version`, { cause });
  }
}
