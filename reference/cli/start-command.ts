/** `om-reference start`: a cluster on this machine, one process per node, in the background. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { ReferenceFailure } from '../errors.js';
import { parseConfiguration } from '../node/configuration.js';
import { LOG_NAME } from '../storage/log-database.js';
import { loadSqlite } from '../storage/sqlite.js';
import { folder, setting, wholeNumber } from './arguments.js';
import { type ClusterRecord, findCluster, type NodeRecord, writeCluster } from './cluster-file.js';
import { choosePorts } from './free-ports.js';
import { startNodeProcess } from './node-process.js';
import { OmProbe } from './om-probe.js';
import { isRunning } from './process-identity.js';
import { stopCluster } from './stop-command.js';

interface StartOptions {
  readonly nodes: number;
  readonly data: string;
  readonly basePort?: number;
  readonly control?: boolean;
  readonly set: Readonly<Record<string, string>>;
  readonly timeout: number;
}

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start a cluster on this machine, one background process per node, and print its endpoints')
    .requiredOption('--data <dir>', 'directory of the cluster; a node has a folder and a log file in it', folder)
    .option('--nodes <count>', 'number of nodes of a new cluster', wholeNumber(1, 9), 3)
    .option(
      '--base-port <port>',
      'first of the consecutive ports to use (default: free ones)',
      wholeNumber(1024, 65_000),
    )
    .option('--control', 'open the control service of each node, a door for tests')
    .option('--set <key=value>', 'a configuration key, repeatable', setting, {})
    .option('--timeout <seconds>', 'how long to wait for the first accepted write', wholeNumber(1, 600), 30)
    .action(async (options: StartOptions) => {
      const { cluster, leader } = await startCluster(options);
      process.stdout.write(`cluster ${cluster.cluster} runs in ${resolve(options.data)}, led by ${leader}\n`);
      for (const { id, om, control, log, process: started } of cluster.nodes) {
        const door = control === undefined ? '' : `  control ${control}`;
        process.stdout.write(`  ${id}  ${om}${door}  pid ${started?.pid}  log ${log}\n`);
      }
    });
}

async function startCluster(
  options: StartOptions,
): Promise<{ readonly cluster: ClusterRecord; readonly leader: string }> {
  parseConfiguration(options.set);
  // Said once and before anything is made, not by every node in its log.
  await loadSqlite();
  const directory = resolve(options.data);
  const known = findCluster(directory);
  const running = known?.nodes.filter(({ process: recorded }) => recorded !== undefined && isRunning(recorded)) ?? [];
  if (running.length > 0) {
    throw new ReferenceFailure('CLUSTER_RUNNING', `${directory}: ${running.map(({ id }) => id).join(', ')} still run`);
  }
  if (known?.served === true) refuseForgetting(directory, known.nodes);
  let cluster: ClusterRecord = {
    format: 1,
    cluster: known?.cluster ?? randomUUID(),
    ...(known?.served === true ? { served: true } : {}),
    nodes: await planNodes(directory, options, known),
  };
  const started: Promise<void>[] = [];
  try {
    for (const node of cluster.nodes) {
      const { serving, ...recorded } = startNodeProcess(
        node.id,
        nodeArguments(directory, cluster, node, options.set),
        node.log,
      );
      started.push(serving);
      serving.catch(() => undefined);
      const nodes = cluster.nodes.map((one) => (one.id === node.id ? { ...one, process: recorded } : one));
      cluster = { ...cluster, nodes };
      // After each one, so that a start that is broken off leaves none behind that `stop` would not find.
      writeCluster(directory, cluster);
    }
    await Promise.all(started);
    const leader = await firstWrite(cluster.nodes, options.timeout * 1000);
    cluster = { ...cluster, served: true };
    writeCluster(directory, cluster);
    return { cluster, leader };
  } catch (error) {
    await stopCluster(cluster, 5000);
    throw error;
  }
}

/** A voter that begins anew has forgotten its votes and what it acknowledged: writes could be lost with it (design §4.19). */
function refuseForgetting(directory: string, nodes: readonly NodeRecord[]): void {
  for (const { id } of nodes) {
    const log = join(directory, id, LOG_NAME);
    if (!existsSync(log))
      throw new ReferenceFailure('LOG_MISSING', `${log} is gone, and the cluster has served before`);
  }
}

/** A cluster that was started before keeps its nodes, and its ports unless others are asked for. */
async function planNodes(
  directory: string,
  options: StartOptions,
  known: ClusterRecord | undefined,
): Promise<NodeRecord[]> {
  const ids = known?.nodes.map(({ id }) => id) ?? Array.from({ length: options.nodes }, (_, at) => `om${at + 1}`);
  const keep = known !== undefined && options.basePort === undefined;
  const ports = keep ? [] : await choosePorts(ids.length * 3, options.basePort);
  const doors = keep && options.control ? await choosePorts(ids.length, undefined) : ports.slice(2 * ids.length);
  return ids.map((id, at) => {
    const before = keep ? known.nodes[at] : undefined;
    const control = before?.control ?? `127.0.0.1:${doors[at]}`;
    return {
      id,
      om: before?.om ?? `127.0.0.1:${ports[at]}`,
      peer: before?.peer ?? `127.0.0.1:${ports[ids.length + at]}`,
      ...(options.control ? { control } : {}),
      log: join(directory, `${id}.log`),
    };
  });
}

function nodeArguments(
  directory: string,
  cluster: ClusterRecord,
  node: NodeRecord,
  settings: Readonly<Record<string, string>>,
): string[] {
  return [
    ...['--id', node.id, '--data', join(directory, node.id), '--cluster', cluster.cluster],
    ...['--peers', cluster.nodes.map(({ id, peer }) => `${id}=${peer}`).join(',')],
    ...['--listen', node.om],
    ...(node.control === undefined ? [] : ['--control', node.control]),
    ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
  ];
}

/** Resolves with the node that accepted a write. */
async function firstWrite(nodes: readonly NodeRecord[], withinMs: number): Promise<string> {
  const probes = nodes.map(({ id, om }) => ({ id, probe: new OmProbe(om) }));
  const endsAtMs = performance.now() + withinMs;
  try {
    for (;;) {
      const said: string[] = [];
      for (const { id, probe } of probes) {
        const answer = await probe.write(2000);
        if (answer.kind === 'leads') return id;
        said.push(`${id}: ${answer.details}`);
      }
      if (performance.now() >= endsAtMs) throw new ReferenceFailure('NO_LEADER', said.join('; '));
      await delay(50);
    }
  } finally {
    for (const { probe } of probes) probe.close();
  }
}
