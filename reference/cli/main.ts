#!/usr/bin/env node
/** The `om-reference` command: parses the command line, runs one command, ends with its exit code. */
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { Command, CommanderError } from 'commander';
import { addNodeCommand } from './node-command.js';
import { packageVersion } from './package-version.js';
import { failureOf, failureText } from './report-failure.js';
import { addStartCommand } from './start-command.js';
import { addStatusCommand } from './status-command.js';
import { addStopCommand } from './stop-command.js';

const USAGE_EXIT = 3;

// Whoever reads the output may have read enough (`om-reference status DIR | head -1`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('om-reference')
  .version(packageVersion())
  .description('A cluster of Ozone Managers that follows the specification of om-conformance: SQLite, Raft, gRPC.')
  .option('--debug', 'print stack traces with errors')
  .showHelpAfterError('(see --help)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes:
  0  done
  2  the surroundings: a port or a directory in use, disk full, another node not reachable
  3  wrong usage or configuration; a data directory of another cluster or of a newer version
  4  a fault of this program
  5  damaged or missing data that a person has to decide about`,
  );
addStartCommand(program);
addStatusCommand(program);
addStopCommand(program);
addNodeCommand(program);

// gRPC writes lines of its own beside our messages (`E No address added…` where a port is taken): only for whoever wants them.
program.hook('preAction', () => {
  const wanted = program.opts<{ debug?: boolean }>().debug === true;
  const asked = process.env.GRPC_NODE_VERBOSITY ?? process.env.GRPC_VERBOSITY;
  if (!wanted && asked === undefined) setLogVerbosity(logVerbosity.NONE);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has printed its message already; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
  } else {
    process.stderr.write(failureText(error, program.opts<{ debug?: boolean }>().debug === true));
    process.exitCode = failureOf(error).exitCode;
  }
}
