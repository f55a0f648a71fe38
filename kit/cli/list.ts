/** `om-conformance list`: rules and scenarios, with stages and needs. */
import type { Command } from 'commander';
import { debugOption } from './options.js';

export function listCommand(program: Command): void {
  program
    .command('list')
    .description('list the rules with their scenarios, stages and needs')
    .addOption(debugOption())
    .action(async () => {
      const [{ readModel }, { listingLines }] = await Promise.all([
        import('../cucumber/read.js'),
        import('../spec/listing.js'),
      ]);
      const { catalogue, features } = await readModel();
      process.stdout.write(`${listingLines(catalogue.rules, features).join('\n')}\n`);
    });
}
