/** `om-reference stop`: ends the node processes that `start` recorded, and nothing else. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { wholeNumber } from './arguments.js';
import { type ClusterRecord, type NodeRecord, readCluster } from './cluster-file.js';
import { directoryOf } from './directory.js';
import { isRunning } from './process-identity.js';

const POLL_MS = 20;

export function addStopCommand(program: Command): void {
  program
    .command('stop')
    .description('end the nodes of a cluster that `start` started; its data stay')
    .argument('[dir]', 'directory of the cluster')
    .option('--data <dir>', 'the same as the argument')
    .option('--grace <seconds>', 'how long nodes may take before they are killed', wholeNumber(0, 3600), 10)
    .action(async (dir: string | undefined, options: { data?: string; grace: number }) => {
      const cluster = readCluster(directoryOf(dir, options.data));
      for (const line of await stopCluster(cluster, options.grace * 1000)) process.stdout.write(`${line}\n`);
    });
}

/** Ends every recorded process that still runs, SIGTERM first; answers what became of each. */
export async function stopCluster(cluster: ClusterRecord, graceMs: number): Promise<readonly string[]> {
  return await Promise.all(cluster.nodes.map((node) => stopNode(node, graceMs)));
}

async function stopNode(node: NodeRecord, graceMs: number): Promise<string> {
  const recorded = node.process;
  if (recorded === undefined || !isRunning(recorded)) return `${node.id}  was not running`;
  // A frozen process takes its signal only once it goes on.
  signal(recorded.pid, 'SIGCONT');
  signal(recorded.pid, 'SIGTERM');
  if (await ended(recorded, graceMs)) return `${node.id}  stopped (pid ${recorded.pid})`;
  if (isRunning(recorded)) signal(recorded.pid, 'SIGKILL');
  await ended(recorded, 10_000);
  return `${node.id}  killed after ${graceMs / 1000} s (pid ${recorded.pid})`;
}

/** The process leads a group of its own, so that nothing it may have started stays. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(
  recorded: { readonly pid: number; readonly startTime: string },
  withinMs: number,
): Promise<boolean> {
  const endsAtMs = performance.now() + withinMs;
  while (isRunning(recorded)) {
    if (performance.now() >= endsAtMs) return false;
    await delay(POLL_MS);
  }
  return true;
}
