/** What a run does to a cluster, and what it says when something goes wrong around its scenarios. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../failure.js';
import type { ScenarioEnd } from '../../run/observer.js';
import { PACKAGE_ROOT } from '../../run/package.js';
import { verdictText } from '../../verdict/verdict.js';
import { verdictOf } from '../../verdict/verify.js';
import { type ConformanceOptions, runConformance } from '../conformance.js';
import { type TinyLog, type TinyOptions, tinyCluster } from './tiny-cluster.js';

const ROOT = join(PACKAGE_ROOT, 'kit/cucumber/test/tiny');
const STEPS = join(PACKAGE_ROOT, 'dist/kit/cucumber/test/tiny-steps.js');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-session-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function run(options: ConformanceOptions = {}, tiny: TinyOptions = {}) {
  const log: TinyLog = [];
  const outDir = join(folder, 'report');
  const result = await runConformance({
    root: ROOT,
    outDir,
    support: [STEPS],
    open: tinyCluster(tiny, log),
    ...options,
  });
  const words = result.verdict.profiles.map((of) => `${of.profile} ${verdictText(of)} ${of.verified}/${of.total}`);
  return { ...result, log, words, exit: result.verdict.exit };
}

const GOOD = ['features/good.feature'];

test('a cluster of the kit’s own is started, examined and closed, not cleaned up', async () => {
  expect((await run({ paths: GOOD })).log).toEqual(['open reference', 'start', 'examine', 'close']);
});

test('a foreign cluster is cleaned up before it is left, unless told not to', async () => {
  expect((await run({ paths: GOOD }, { foreign: true })).log).toEqual([
    'open reference',
    'start',
    'examine',
    'clean up 6',
    'close',
  ]);
  expect((await run({ paths: GOOD, keep: true }, { foreign: true })).log).toEqual([
    'open reference',
    'start',
    'examine',
    'close',
  ]);
});

test('what disturbs a foreign cluster needs permission', async () => {
  const without = await run({ paths: GOOD }, { foreign: true });
  expect(without.verdict.results.filter(({ status }) => status === 'not-verified').map(({ why }) => why)).toContain(
    'needs permission to disturb the cluster (--disruptive)',
  );
  const allowed = await run({ paths: GOOD, disruptive: true }, { foreign: true });
  expect(allowed.verdict.counts.passed).toBe(6);
});

test('each stage is entered once, and every scenario of it runs there', async () => {
  const { log, verdict } = await run({ paths: GOOD }, { stages: ['plain', 'all'] });
  expect(log).toEqual(['open reference', 'start', 'examine', 'stage all', 'close']);
  expect(verdict.counts).toMatchObject({ selected: 6, planned: 12, ran: 12, passed: 12 });
});

test('a stage that cannot be entered fails its scenarios, is tried once, and blames the environment', async () => {
  const { log, verdict, exit } = await run({ paths: GOOD }, { stages: ['plain', 'all'], failAt: 'stage' });
  expect(log.filter((entry) => entry === 'stage all')).toHaveLength(1);
  expect(verdict.counts).toMatchObject({ passed: 6, failed: 6 });
  expect(new Set(verdict.results.map(({ blame }) => blame))).toEqual(new Set([undefined, 'environment']));
  expect(exit).toBe(2);
});

test.each(['start', 'examine'] as const)('a cluster that fails to %s leaves an INCOMPLETE report', async (failAt) => {
  const { words, exit, verdict, log } = await run({ paths: GOOD }, { failAt });
  expect(words).toEqual(['core INCOMPLETE 0/2', 'ha INCOMPLETE 0/2']);
  expect(verdict.problems).toEqual([
    { code: 'TINY_BROKEN', message: `the tiny cluster fails at ${failAt}`, blame: 'environment' },
  ]);
  expect(exit).toBe(2);
  expect(log.at(-1)).toBe('close');
});

test('a cluster that cannot be closed makes the run INCOMPLETE', async () => {
  const { words } = await run({ paths: GOOD }, { failAt: 'close' });
  expect(words).toEqual(['core INCOMPLETE 2/2', 'ha INCOMPLETE 0/2']);
});

test('the profiles asked for replace those that the target claims', async () => {
  expect((await run({ profiles: ['ha'] })).words).toEqual(['ha PARTIAL 1/2']);
  expect((await run({ profiles: ['core'], paths: GOOD })).words).toEqual(['core CONFORMANT 2/2']);
});

test('rules are selected by id and by their start', async () => {
  const one = await run({ rules: ['t-5'] });
  expect(one.verdict.results.map(({ rule }) => rule)).toEqual(['T-5', 'T-5']);
  expect(new Set((await run({ rules: ['T'] })).verdict.results.map(({ rule }) => rule)).size).toBe(5);
});

test('a selection that matches nothing starts nothing and is INCOMPLETE', async () => {
  const { log, exit, words } = await run({ tags: '@nobody' });
  expect(log).toEqual(['open reference', 'close']);
  expect([exit, ...words]).toEqual([2, 'core INCOMPLETE 0/2', 'ha INCOMPLETE 0/2']);
});

test('the verdict can be computed again from the two files', async () => {
  const { outDir, verdict } = await run();
  expect((await verdictOf(outDir)).verdict).toEqual(verdict);
});

test('50 orders give one verdict', async () => {
  const verdicts = new Set<string>();
  const orders = new Set<string>();
  for (let seed = 0; seed < 50; seed += 1) {
    const { words, envelope } = await run({ seed: `seed-${seed}` });
    verdicts.add(words.join());
    orders.add(envelope.plan.map(({ uri, line }) => `${uri}:${line}`).join());
  }
  expect(verdicts.size).toBe(1);
  expect(orders.size).toBe(50);
});

test('--last-failed runs exactly what did not pass', async () => {
  const first = await run();
  const bad = first.verdict.results.filter(({ status }) => status !== 'passed' && status !== 'not-verified');
  const again = await run({ lastFailed: true });
  expect(new Set(again.verdict.results.map(({ name }) => name))).toEqual(new Set(bad.map(({ name }) => name)));
});

test('--last-failed after a run without failures, and after one that never came to its scenarios', async () => {
  await run({ paths: GOOD });
  await expect(run({ lastFailed: true })).rejects.toMatchObject({ code: 'NOTHING_FAILED' });
  await run({ paths: GOOD }, { failAt: 'start' });
  await expect(run({ lastFailed: true })).rejects.toMatchObject({ code: 'LAST_RUN_UNREADABLE' });
});

test('a baseline explains a failure, and says so in the words of the contract', async () => {
  const baseline = join(folder, 'baseline.yaml');
  writeFileSync(
    baseline,
    'deviations:\n  - rule: T-2\n    reason: odd numbers are even here\n    link: https://example.org/1\n',
  );
  const { words, exit } = await run({ baseline, rules: ['T-2'], profiles: ['core'], allowPartial: true });
  expect([exit, ...words]).toEqual([0, 'core NOT CONFORMANT, as recorded (1 deviation) 0/2']);
});

test('interrupted: the cluster is left, and what is known is written', async () => {
  const controller = new AbortController();
  const ended: ScenarioEnd[] = [];
  const scenarioEnded = (end: ScenarioEnd) => {
    ended.push(end);
    controller.abort();
  };
  const { log, exit, envelope, verdict } = await run({
    paths: GOOD,
    signal: controller.signal,
    observers: () => [{ scenarioEnded }],
  });
  expect(ended).toHaveLength(1);
  expect(envelope.stopped).toBe('interrupted');
  expect(verdict.counts).toMatchObject({ passed: 1, broken: 5 });
  expect([exit, log.at(-1)]).toEqual([2, 'close']);
});

test('interrupted while the cluster starts', async () => {
  const controller = new AbortController();
  const gate = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve());
  });
  const phase = () => controller.abort();
  const { log, exit, verdict } = await run(
    { paths: GOOD, signal: controller.signal, observers: () => [{ phase }] },
    { gate },
  );
  expect(verdict.problems.map(({ code }) => code)).toContain('INTERRUPTED');
  expect([exit, log.includes('close')]).toEqual([2, true]);
});

test.each<[string, ConformanceOptions, string, RegExp]>([
  ['a path that is not there', { paths: ['features/gone.feature'] }, 'PATH_NOT_FOUND', /gone\.feature/],
  ['an unknown rule', { rules: ['T-11'] }, 'RULE_UNKNOWN', /did you mean T-1\?/],
  ['an unknown profile', { profiles: ['cor'] }, 'OPTION_INVALID', /did you mean core\?/],
  ['a broken tag expression', { tags: '@a and' }, 'OPTION_INVALID', /Tag expression/],
  ['a seed with spaces', { seed: 'a b' }, 'OPTION_INVALID', /seed/],
  ['a factor of zero', { timeoutFactor: 0 }, 'OPTION_INVALID', /factor/],
  ['no last run', { lastFailed: true }, 'LAST_RUN_UNREADABLE', /envelope\.json/],
  ['a baseline that is not there', { baseline: 'gone.yaml' }, 'BASELINE_INVALID', /gone\.yaml/],
])('%s is wrong usage: one message and no report', async (_, options, code, message) => {
  const error = await run(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(readdirSync(folder)).toEqual([]);
});

test('an output folder that holds something else is not touched', async () => {
  const outDir = join(folder, 'thesis');
  mkdirSync(outDir);
  writeFileSync(join(outDir, 'chapter-1.txt'), 'years of work');
  await expect(run({ outDir, paths: GOOD })).rejects.toMatchObject({ code: 'OUT_NOT_A_REPORT' });
  expect(readFileSync(join(outDir, 'chapter-1.txt'), 'utf8')).toBe('years of work');
});

test('a new report takes the place of the old one, and nothing is left beside it', async () => {
  await run({ paths: GOOD });
  writeFileSync(join(folder, 'report', 'old.txt'), 'from the run before');
  await run({ paths: GOOD });
  expect(readdirSync(folder)).toEqual(['report']);
  expect(existsSync(join(folder, 'report', 'old.txt'))).toBe(false);
  expect(readdirSync(join(folder, 'report')).sort()).toEqual([
    'envelope.json',
    'junit.xml',
    'messages.ndjson',
    'report.html',
  ]);
});
