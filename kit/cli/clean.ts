/** `om-conformance clean`: removes from a running cluster what broken runs left there. */
import type { Command } from 'commander';
import { UsageError } from '../failure.js';
import { debugOption, readRunId, targetOption, timeoutFactorOption } from './options.js';
import { quietGrpc } from './quiet-grpc.js';

interface CleanFlags {
  readonly target: string;
  readonly run?: string;
  readonly timeoutFactor?: number;
  readonly debug?: true;
}

/** Kinds whose clusters begin empty and end with the run. */
const SHORT_LIVED = ['reference', 'apache-ozone'];

export function cleanCommand(program: Command): void {
  program
    .command('clean')
    .description(
      'remove what broken runs left: volumes whose names start with omc-<run>- on a cluster, containers of kind containers',
    )
    .addOption(targetOption())
    .option('--run <id>', 'only what this run left', readRunId)
    .addOption(timeoutFactorOption())
    .addOption(debugOption())
    .action(async ({ target, run, timeoutFactor = 1, debug }: CleanFlags) => {
      await quietGrpc(debug);
      const { openLiveCluster } = await import('../run/live-cluster.js');
      const cluster = await openLiveCluster(target, { runId: 'clean', timeoutFactor });
      if (SHORT_LIVED.includes(cluster.target.kind)) {
        const why = 'a cluster that the kit starts ends with its run and leaves nothing to clean';
        throw new UsageError('OPTION_INVALID', `--target ${target}: ${why}; name the target file of one that stays`);
      }
      // Containers of a dead run are on this machine's engine; the cluster that they were is no more.
      if (cluster.target.removeLeftovers !== undefined) {
        const { removed, left } = await cluster.target.removeLeftovers();
        process.stdout.write(`removed ${removed.join(', ') || 'nothing'}\n`);
        for (const { name, why } of left) process.stdout.write(`left ${name}: ${why}\n`);
        return;
      }
      try {
        await cluster.start();
        const { volumes, buckets, keys, left } = await cluster.removeLeftovers(run);
        process.stdout.write(`removed ${volumes} volumes, ${buckets} buckets, ${keys} keys\n`);
        for (const { name, why } of left) process.stdout.write(`left ${name}: ${why}\n`);
        process.exitCode = left.length === 0 ? 0 : 2;
      } finally {
        await cluster.close();
      }
    });
}
