#!/usr/bin/env node
/**
 * The door to the mutants, for `npm run prove` alone: says which there are, and serves one of them, or the right cluster in
 * the same way. A process that serves ends with its standard input, so it never outlives who started it; until then it reads
 * there, a line of JSON each, which node to start again, and with which keys.
 */
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { failureOf, failureText } from '../cli/report-failure.js';
import type { NodeParts } from '../node/parts.js';
import { MUTANTS } from './all.js';
import type { Mutant, PolicyMutant } from './mutant.js';
import { Served } from './served.js';

const USAGE_EXIT = 3;

const program = new Command('mutants')
  .description('Wrong versions of this cluster, and the right one, three nodes in this process (see `npm run prove`).')
  .showHelpAfterError('(see --help)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes:
  0  done
  2  the surroundings: a port or a directory in use, disk full
  3  wrong usage
  4  a fault of this program, or of the mutant
  5  damaged or missing data`,
  );
program
  .command('list')
  .description('print all mutants as one JSON array')
  .action(() => {
    process.stdout.write(`${JSON.stringify(MUTANTS.map(described), undefined, 2)}\n`);
  });
program
  .command('serve')
  .description('serve until standard input ends; prints one line of JSON with the addresses')
  .option('--mutant <id>', 'of kind policy; without it, the right cluster', policyMutant)
  .action(({ mutant }: { readonly mutant?: PolicyMutant }) => serve(mutant));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
  else {
    process.stderr.write(failureText(error, true));
    process.exitCode = failureOf(error).exitCode;
  }
}

/** What a mutant is, without the code that makes it so. */
function described(mutant: Mutant): object {
  switch (mutant.kind) {
    case 'policy': {
      const { parts: _code, ...description } = mutant;
      return description;
    }
    case 'patch':
      return mutant;
  }
}

function policyMutant(id: string): PolicyMutant {
  const found = MUTANTS.find((mutant) => mutant.id === id);
  if (found?.kind === 'policy') return found;
  throw new InvalidArgumentError(found === undefined ? 'No such mutant.' : 'It is a patch, compiled by prove.');
}

async function serve(mutant: PolicyMutant | undefined): Promise<void> {
  // As nodes on their own do.
  setFlagsFromString('--liftoff-only');
  const served = new Served();
  // Also where a mutant ends the process.
  process.on('exit', () => served.remove());
  const fail = (error: unknown): never => {
    process.stderr.write(failureText(error, true));
    process.exit(failureOf(error).exitCode);
  };
  process.on('uncaughtException', fail);
  const stop = () => {
    void served.stop().then(() => process.exit(0), fail);
  };
  process.stdin.once('end', stop).once('error', stop);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  const right = (parts: NodeParts) => parts;
  const nodes = await served.start(mutant?.parts ?? right, fail).catch(fail);
  process.stdout.write(`${JSON.stringify({ nodes })}\n`);
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { node, keys } = JSON.parse(line) as {
      readonly node: string;
      readonly keys?: Readonly<Record<string, string>>;
    };
    const say = (answer: object) => process.stdout.write(`${JSON.stringify({ node, ...answer })}\n`);
    served.restart(node, keys).then(
      () => say({ started: true }),
      (error: unknown) => say({ started: false, why: failureText(error, false) }),
    );
  });
}
