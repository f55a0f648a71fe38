/** `om-conformance show-report`: the verdict of the last run, computed again from its files. */
import type { Command } from 'commander';
import { debugOption, outOption } from './options.js';

export function showReportCommand(program: Command): void {
  program
    .command('show-report')
    .description('print the verdict of the last run and where its report is')
    .addOption(outOption())
    .addOption(debugOption())
    .action(async ({ out }: { out: string }) => {
      const { readReport } = await import('../report/show.js');
      process.stdout.write(`${(await readReport(out)).join('\n')}\n`);
    });
}
