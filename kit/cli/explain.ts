/** `om-conformance explain`: a rule, an error, or the target file. */
import type { Command } from 'commander';
import { debugOption } from './options.js';

export function explainCommand(program: Command): void {
  program
    .command('explain')
    .description('explain a rule (NS-VOL-1), an error (NO_LEADER), or target: the target file')
    .argument('<subject>', 'id of a rule, code of an error, or target')
    .addOption(debugOption())
    .action(async (subject: string) => {
      const { explain } = await import('../report/explain.js');
      process.stdout.write(`${(await explain(subject)).join('\n')}\n`);
    });
}
