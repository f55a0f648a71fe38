/** One engine, two doors (design §6): the same selection gives the same verdict through cucumber's own command line. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../run/package.js';
import type { RunEnvelope } from '../../verdict/envelope.js';
import { runConformance } from '../conformance.js';
import { tinyCluster } from './tiny-cluster.js';

const ROOT = join(PACKAGE_ROOT, 'kit/cucumber/test/tiny');
const STEPS = join(PACKAGE_ROOT, 'dist/kit/cucumber/test/tiny-steps.js');
const CUCUMBER = join(PACKAGE_ROOT, 'node_modules/@cucumber/cucumber/bin/cucumber.js');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-doors-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const envelopeIn = (out: string): RunEnvelope => JSON.parse(readFileSync(join(out, 'envelope.json'), 'utf8'));

/** What must not depend on the door: all but times, ids and the machine. */
function essence({ plan, selected, judged, summary, stopped, problems, specification }: RunEnvelope) {
  return { plan, selected, judged, summary, stopped, problems, digest: specification.digest };
}

async function throughApi(paths: readonly string[], more: object = {}) {
  const outDir = join(folder, `api-${paths.join('-').replaceAll('/', '_')}`);
  const { verdict } = await runConformance({
    root: ROOT,
    outDir,
    paths,
    seed: 'same',
    open: tinyCluster(),
    support: [STEPS],
    ...more,
  });
  return { exit: verdict.exit, envelope: envelopeIn(outDir) };
}

async function throughCucumber(paths: readonly string[], args: readonly string[] = []) {
  const out = join(folder, `cucumber-${paths.join('-').replaceAll('/', '_')}`);
  const child = spawn(process.execPath, [CUCUMBER, ...paths, ...args], {
    cwd: ROOT,
    env: { ...process.env, OM_SEED: 'same', OM_OUT: out, NO_COLOR: '1' },
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, text, out };
}

test.each<[string, readonly string[], number]>([
  ['everything', [], 1],
  ['one file', ['features/good.feature'], 2],
  ['one scenario', ['features/bad.feature:27'], 4],
  ['a rule’s failure', ['features/bad.feature:8'], 1],
  ['the environment’s failure', ['features/bad.feature:24'], 2],
  ['an undefined step', ['features/bad.feature:33'], 4],
  ['a line with no scenario', ['features/bad.feature:1'], 2],
])('%s: the same plan, order, verdict and exit code', async (_, paths, exit) => {
  const api = await throughApi(paths);
  const cucumber = await throughCucumber(paths);
  expect(essence(envelopeIn(cucumber.out))).toEqual(essence(api.envelope));
  expect([api.exit, cucumber.exit]).toEqual([exit, exit]);
});

test('fail-fast leaves the same scenarios out', async () => {
  const api = await throughApi(['features/bad.feature'], { failFast: true });
  const cucumber = await throughCucumber(['features/bad.feature'], ['--fail-fast']);
  expect(api.envelope.stopped).toBe('fail-fast');
  expect(essence(envelopeIn(cucumber.out))).toEqual(essence(api.envelope));
});

test('tags select the same', async () => {
  const api = await throughApi(['features/good.feature'], { tags: '@T-1' });
  const cucumber = await throughCucumber(['features/good.feature'], ['--tags', '@T-1']);
  expect(essence(envelopeIn(cucumber.out))).toEqual(essence(api.envelope));
});

test('cucumber’s own order and retries change nothing about what is judged', async () => {
  const { out, exit } = await throughCucumber(['features/bad.feature:8'], ['--retry', '2', '--order', 'random']);
  expect(exit).toBe(4);
  expect(envelopeIn(out).summary?.profiles[0]?.verdict).toBe('INCOMPLETE');
});

test('parallel workers have no run, which is the kit’s fault and never a pass', async () => {
  const { exit } = await throughCucumber(['features/good.feature'], ['--parallel', '2']);
  expect(exit).toBe(4);
});

test('the verdict is printed whatever formatter is asked for', async () => {
  const { text } = await throughCucumber(['features/good.feature'], ['--format', 'summary']);
  expect(text).toMatch(/core\s+CONFORMANT {2}2\/2 MUST rules verified/);
});
