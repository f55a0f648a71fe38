/** `om-conformance clean`: removes from a running cluster what broken runs left there. */
import type { Command } from 'commander';
import { debugOption, targetOption, timeoutFactorOption } from './options.js';

interface CleanFlags {
  readonly target: string;
  readonly run?: string;
  readonly timeoutFactor?: number;
}

export function cleanCommand(program: Command): void {
  program
    .command('clean')
    .description('remove what broken runs left on a cluster: volumes whose names start with omc-<run>-')
    .addOption(targetOption())
    .option('--run <id>', 'only what this run left')
    .addOption(timeoutFactorOption())
    .addOption(debugOption())
    .action(async ({ target, run, timeoutFactor = 1 }: CleanFlags) => {
      const { openLiveCluster } = await import('../run/live-cluster.js');
      const cluster = await openLiveCluster(target, { runId: 'clean', timeoutFactor });
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
