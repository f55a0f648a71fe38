/**
 * Runs the kit's unit tests on compiled code, patched or not, and decides whether one of them noticed a mutant of the kit: it
 * failed, by an assertion, and the same test passes on the code as it was built.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { messageOf } from '../wire/text.js';
import type { KitMutant } from './mutant.js';
import type { Outcome } from './outcome.js';

const WITHIN_MS = 60_000;
const CONFIG = fileURLToPath(new URL('./unit-tests.config.js', import.meta.url));

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      /** Of the file itself, such as an import that failed. */
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

export interface UnitTests {
  readonly tests: readonly UnitTest[];
  /** Why there are fewer tests than there should be. */
  readonly faults: readonly string[];
}

export interface UnitTest {
  /** Relative to the root, e.g. `kit/verdict/judge.test.js`. */
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  /** First failure; empty when it passed. */
  readonly message: string;
}

/** @param root folder that holds `kit/`, compiled */
export function runUnitTests(root: string, files: readonly string[]): UnitTests {
  const folder = mkdtempSync(join(tmpdir(), 'omc-prove-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['run', '--root', root, '--config', CONFIG, '--reporter=json', '--outputFile', report, ...files];
    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const ended = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8', timeout: WITHIN_MS });
    try {
      return readReport(root, readFileSync(report, 'utf8'));
    } catch (error) {
      return { tests: [], faults: [`vitest left no report (${messageOf(error)}): ${ended.stderr.slice(-2000)}`] };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pure. */
export function readReport(root: string, json: string): UnitTests {
  const { testResults } = reportSchema.parse(JSON.parse(json));
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages: [message = ''] }) => ({
      file: name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name,
      name: fullName,
      passed: status === 'passed',
      message,
    })),
  );
  return { tests, faults: testResults.flatMap(({ name, message }) => (message === '' ? [] : [`${name}: ${message}`])) };
}

/** Pure. @param before of the code as it was built, @param after of the patched code */
export function kitOutcome(mutant: KitMutant, before: UnitTests, after: UnitTests): Outcome {
  const find = ({ tests }: UnitTests) =>
    tests.find(
      ({ file, name }) => file === mutant.test && (name === mutant.fails || name.endsWith(` ${mutant.fails}`)),
    );
  const alive = (...why: string[]): Outcome => ({ kind: 'alive', why });
  const unpatched = find(before);
  if (unpatched === undefined) return alive(`there is no test "${mutant.fails}" in ${mutant.test}`, ...before.faults);
  if (!unpatched.passed) return alive(`the test fails without the mutant: ${unpatched.message}`);
  const patched = find(after);
  if (patched === undefined) return alive('the test did not run with the mutant', ...after.faults);
  if (patched.passed) return alive(`survived: "${mutant.fails}" passed`);
  const [first = ''] = patched.message.split('\n');
  if (!first.startsWith('AssertionError')) return alive(`the test did not fail by an assertion: ${first}`);
  return { kind: 'killed', by: [`${mutant.test} "${mutant.fails}"`] };
}
