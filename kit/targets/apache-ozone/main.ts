#!/usr/bin/env node
/**
 * Starts, shows and stops a real Apache Ozone cluster by hand:
 *   node dist/kit/targets/apache-ozone/main.js start --data DIR     prints the endpoints as JSON
 *   node dist/kit/targets/apache-ozone/main.js status --data DIR
 *   node dist/kit/targets/apache-ozone/main.js stop --data DIR [--wipe]
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { explainError } from '../../report/error-text.js';
import { type Given, reportOn, startCluster, stopCluster } from './door.js';
import { progressOn } from './progress.js';

const USAGE_EXIT = 3;
const DATA = '--data <folder>';
const DATA_HELP = 'folder of the cluster: data, logs, process ids';

const program = new Command('apache-ozone')
  .description('Runs a real Apache Ozone cluster (one SCM, three OMs, no datanodes) on loopback.')
  .option('--debug', 'shows the stack trace of an error')
  .exitOverride()
  .showHelpAfterError('(--help shows the options)');

program
  .command('start')
  .description('starts a cluster, or what is down of the one in the folder, and prints its endpoints as JSON')
  .requiredOption(DATA, DATA_HELP)
  .option('--version <release>', 'release of Apache Ozone (2.2.0)')
  .option('--base-port <port>', 'first of 34 ports (a place where they are free)', wholeNumber)
  .addOption(new Option('--stage <stage>', 'configuration (plain)').choices(['plain', 'read-consistency']))
  .option('--heap <size>', 'heap of each Java process (512m)')
  .addOption(new Option('--compiler <kind>', '`full` for measuring throughput (quick)').choices(['quick', 'full']))
  .option('--java-option <option>', 'option for Java; may be repeated', append)
  .option('--set <key=value>', 'configuration key; may be repeated', setting)
  .option('--timeout-factor <factor>', 'multiplies the time budgets', Number)
  .action(async (options: StartOptions) => {
    const { data, javaOption, set, ...rest } = options;
    const given: Given = {
      ...rest,
      ...(javaOption === undefined ? {} : { javaOptions: javaOption }),
      ...(set === undefined ? {} : { keys: set }),
    };
    print(await startCluster(data, given, progressOn()));
  });

program
  .command('status')
  .description('prints which nodes run and what they answer, as JSON')
  .requiredOption(DATA, DATA_HELP)
  .action(async ({ data }: { data: string }) => print(await reportOn(data)));

program
  .command('stop')
  .description('ends the processes of a cluster; does nothing for one that does not run')
  .requiredOption(DATA, DATA_HELP)
  .option('--wipe', 'removes the folder too')
  .action(async ({ data, wipe }: { data: string; wipe?: boolean }) => {
    await stopCluster(data, wipe === true, progressOn());
  });

interface StartOptions extends Omit<Given, 'javaOptions' | 'keys'> {
  readonly data: string;
  readonly javaOption?: string[];
  readonly set?: Record<string, string>;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

function append(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function setting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('expected key=value');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
// Children of this process go on; what is left of them here must not keep it.
process.exit();

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT;
  const { text, exit } = explainError(error, program.opts<{ debug?: boolean }>().debug === true);
  process.stderr.write(`${text}\n`);
  return exit;
}
