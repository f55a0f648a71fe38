#!/usr/bin/env node
/** `npm run judges`: the kit's judge of histories beside Porcupine, as WebAssembly and native, and how fast the kit's is. */
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { checkLinearizable } from '../../kit/history/checker/check.js';
import { generated } from '../../kit/history/simulated/generated.js';
import { type Compared, compareJudges } from './compare.js';
import { buildJudge, hasGo } from './program.js';

interface Options {
  readonly histories: number;
  readonly seed: string;
  readonly out: string;
}

/** Share of histories that either may leave undecided. */
const MAX_UNDECIDED = 0.05;

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 2) throw new InvalidArgumentError('A whole number from 2 is needed.');
  return value;
}

const options = new Command('judges')
  .option('--histories <number>', 'generated histories, every second with one answer changed', count, 500)
  .option('--seed <text>', 'what histories are generated from', 'judges')
  .option('--out <folder>', 'where a history is kept that the judges differ on', 'results/judges')
  .parse()
  .opts<Options>();

if (!hasGo()) {
  console.log('judges: NOT RUN, no Go on this machine');
} else {
  const out = resolve(options.out);
  let differences = 0;
  for (const kind of ['wasm', 'native'] as const) {
    const judge = buildJudge(kind, join(out, 'build'));
    const result = await compareJudges(options.seed, options.histories, judge, join(out, 'differences'));
    differences += result.differences.length;
    // A judge that hardly decides anything is no second judge.
    if (result.undecided > options.histories * MAX_UNDECIDED) differences += 1;
    for (const line of said(kind, result)) console.log(line);
  }
  console.log(long());
  process.exitCode = differences > 0 ? 1 : 0;
}

function said(kind: string, result: Compared): string[] {
  const { histories, changed, mixed, verdicts, undecided, oursMs, theirsMs, ratio } = result;
  const words = Object.entries(verdicts).map(([verdict, times]) => `${times} ${verdict}`);
  const equal = histories - undecided - result.differences.length;
  return [
    `Porcupine (${kind}): ${equal} of ${histories} verdicts equal, ${undecided} undecided, ${result.differences.length} different; ` +
      `${changed} with a changed answer, ${mixed} with listings, renames and batches; ${words.join(', ')}`,
    `  median ${oursMs.toFixed(2)} ms here, ${theirsMs.toFixed(2)} ms there, quotient ${ratio.toFixed(2)}`,
    ...result.differences.map((difference) => `  ${difference}`),
  ];
}

/** The history that the checker is to judge in under a second: 2,000 operations of 8 clients on 20 keys. */
function long(): string {
  const history = generated(`${options.seed} long`, { clients: 8, operations: 2_000 });
  const beganMs = performance.now();
  const { kind, steps } = checkLinearizable(history);
  const tookMs = performance.now() - beganMs;
  return `${history.calls.length} calls of 8 clients on 21 keys: ${kind}, ${steps} steps, ${tookMs.toFixed(0)} ms`;
}
