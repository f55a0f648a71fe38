/** `om-conformance steps`: the step forms with the number of scenarios that use each. */
import type { Command } from 'commander';
import { debugOption } from './options.js';

export function stepsCommand(program: Command): void {
  program
    .command('steps')
    .description('list the step forms and how many scenarios use each')
    .addOption(debugOption())
    .action(async () => {
      const [{ readSpecification }, { stepForms }] = await Promise.all([
        import('../cucumber/read.js'),
        import('../spec/lint-forms.js'),
      ]);
      const forms = stepForms(await readSpecification());
      for (const { scenarios, text, where } of forms) {
        process.stdout.write(`${String(scenarios).padStart(4)}  ${text}  (${where})\n`);
      }
      process.stdout.write(`${forms.length} step forms\n`);
    });
}
