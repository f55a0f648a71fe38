/** `om-conformance judge`: a saved history, judged again. */
import { type Command, InvalidArgumentError } from 'commander';
import { debugOption } from './options.js';

export function judgeCommand(program: Command): void {
  program
    .command('judge')
    .description('judge a saved history again: is there one order of its calls that explains every answer?')
    .argument('<file>', 'history of a failed scenario, from the folder histories of a report')
    .option('--steps <number>', 'calls that may be tried before it stays undecided', count)
    .addHelpText(
      'after',
      '\nExit codes: 0 there is one; 1 there is none; 2 undecided; 3 wrong usage or a damaged file.',
    )
    .addOption(debugOption())
    .action(async (file: string, { steps }: { steps?: number }) => {
      const { judgeFile } = await import('../history/judge-file.js');
      const { lines, exit } = judgeFile(file, steps);
      process.stdout.write(`${lines.join('\n')}\n`);
      process.exitCode = exit;
    });
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return value;
}
