#!/usr/bin/env node
/** `npm run prove`: shows that the kit's checks can fail. Reads the command line, writes the result, ends with an exit code. */
import { randomInt } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { explainError } from '../report/error-text.js';
import { PACKAGE_ROOT } from '../run/package.js';
import type { Mutant } from './mutant.js';
import { builtInMutants, mutantsIn, select } from './mutant-list.js';
import { NULL_OMS, type NullOm } from './null-om/null-om.js';
import { exitOf, type ProveResult, summary } from './result.js';

interface Flags {
  readonly chapter?: string;
  readonly few?: true;
  readonly part?: { readonly k: number; readonly n: number };
  readonly list?: true;
  readonly seed?: string;
  readonly full?: true;
  readonly mutants?: string;
  readonly out: string;
  readonly debug?: true;
}

const WRONG_USAGE = 3;

const program = new Command('prove')
  .description(
    'Runs wrong versions of the reference and of the kit: each has to be noticed by the assertion that it names. The unchanged code has to pass in the same run, and OMs that do nothing may pass no rule.',
  )
  .argument('[ids...]', 'mutants and null OMs; all when none is named')
  .option('--chapter <name>', 'only mutants that break a rule of this chapter, e.g. NS-VOL')
  .option(
    '--few',
    'as few mutants as break every rule, every mutant of the kit, and the null OMs that answer something',
  )
  .option('--part <k/n>', 'the k-th of n parts of these mutants and null OMs, so that n runs prove them all', part)
  .option('--list', 'print what there is, and run nothing')
  .option('--seed <text>', 'seed of the order of scenarios; random when not given')
  .option('--full', 'every mutant meets every scenario, not only those of its rules')
  .option('--mutants <file>', 'take the mutants from this JSON file instead, and no null OM')
  .option('--out <folder>', 'where the result and the reports of the runs go', 'results/prove')
  .option('--debug', 'print stack traces of errors')
  .exitOverride()
  .showHelpAfterError('(see --help)')
  .addHelpText(
    'after',
    `
Exit codes:
  0  every mutant was killed, the unchanged code passed, no null OM passed a rule
  1  a mutant is alive, or the unchanged code failed, or a null OM passed a rule
  2  the surroundings: a port taken, the disk full, not built; or the unchanged code left a rule undecided, mostly on a slow machine
  3  wrong usage
  4  a fault of prove, such as a mutant whose search text is not in its file exactly once`,
  )
  .action(run);

// Whoever reads the output may have read enough (`npm run prove -- --list | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  else {
    const { text, exit } = explainError(error, process.argv.includes('--debug'));
    process.stderr.write(`${text}\n`);
    process.exitCode = exit;
  }
}

async function run(ids: string[], flags: Flags): Promise<void> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const [known, nulls] =
    flags.mutants === undefined
      ? [builtInMutants(join(PACKAGE_ROOT, 'dist')), NULL_OMS]
      : [mutantsIn(flags.mutants), []];
  const { mutants, nullOms } = select(
    { ids, chapter: flags.chapter, few: flags.few === true, part: flags.part },
    known,
    nulls,
  );
  if (flags.list === true) {
    for (const line of listed(mutants, nullOms)) say(line);
    return;
  }
  const seed = flags.seed ?? randomInt(2 ** 32).toString(36);
  const outDir = resolve(flags.out);
  say(`prove, seed ${seed}: ${mutants.length} mutants, ${nullOms.length} null OMs`);
  // Cucumber, gRPC and the compiler are loaded only where something is run.
  const { prove } = await import('./prove.js');
  const result = await prove({ mutants, nullOms, seed, full: flags.full === true, outDir, say });
  const file = write(outDir, result);
  say(`${summary(result)}\nseed ${seed}; result ${file}`);
  process.exitCode = exitOf(result);
}

function part(text: string): NonNullable<Flags['part']> {
  const [, k = 0, n = 0] = /^(\d{1,3})\/(\d{1,3})$/.exec(text)?.map(Number) ?? [];
  if (k < 1 || k > n)
    throw new InvalidArgumentError('Two whole numbers as 1/3 are needed, the first at most the second.');
  return { k, n };
}

function listed(mutants: readonly Mutant[], nullOms: readonly NullOm[]): string[] {
  return [
    ...mutants.map((mutant) => {
      const by =
        mutant.kind === 'kit'
          ? mutant.test
          : Object.entries(mutant.breaks)
              .map(([rule, assertion]) => `${rule} ${assertion}`)
              .join(', ');
      return `${mutant.id}  (${mutant.kind}; ${by})\n    ${mutant.wrong}`;
    }),
    ...nullOms.map(({ id, wrong }) => `${id}  (null OM)\n    ${wrong}`),
  ];
}

/** Whole or not at all. */
function write(outDir: string, result: ProveResult): string {
  const file = join(outDir, 'prove.json');
  mkdirSync(outDir, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(result, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
  return file;
}
