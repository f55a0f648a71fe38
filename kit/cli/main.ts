#!/usr/bin/env node
/**
 * `om-conformance`: defines the commands and turns whatever ends one into one message and an exit code. Commands load what
 * they need when they run, so that the first line is there at once.
 */
import { Command, CommanderError } from 'commander';
import { KIT_VERSION } from '../run/package.js';
import { cleanCommand } from './clean.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { judgeCommand } from './judge.js';
import { listCommand } from './list.js';
import { runCommand } from './run.js';
import { showReportCommand } from './show-report.js';
import { stepsCommand } from './steps.js';

const WRONG_USAGE = 3;

const program = new Command('om-conformance')
  .description('The executable specification of an Apache Ozone Manager: judges a cluster over gRPC.')
  .version(KIT_VERSION)
  .exitOverride()
  .configureHelp({ sortSubcommands: false })
  .addHelpText(
    'after',
    '\nExit codes: 0 conformant, or exactly as recorded, or partial and allowed; 1 not conformant; 2 partial or incomplete; 3 wrong usage; 4 harness fault.',
  );
for (const define of [
  runCommand,
  doctorCommand,
  listCommand,
  explainCommand,
  stepsCommand,
  cleanCommand,
  showReportCommand,
  judgeCommand,
]) {
  // Inherited settings are copied when a command is added this way, so wrong options end here too.
  define(program);
}

process.on('uncaughtException', (error) => {
  // While a step runs cucumber listens too, and the step fails with it.
  if (process.listenerCount('uncaughtException') === 1) void end(error).finally(() => process.exit());
});

try {
  await program.parseAsync();
} catch (error) {
  await end(error);
}

async function end(error: unknown): Promise<void> {
  if (error instanceof CommanderError) {
    // Commander has printed its message, or the help that was asked for.
    process.exitCode = error.code === 'commander.helpDisplayed' || error.code === 'commander.version' ? 0 : WRONG_USAGE;
    return;
  }
  const { explainError } = await import('../report/error-text.js');
  const { text, exit } = explainError(error, process.argv.includes('--debug'));
  process.stderr.write(`${text}\n`);
  process.exitCode = exit;
}
