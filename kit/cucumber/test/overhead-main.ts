/**
 * `node dist/kit/cucumber/test/overhead-main.js [SCENARIOS]`: what a scenario costs besides its calls. Runs scenarios of three
 * steps that do nothing, through the whole engine, and prints milliseconds for each (goal: under 0.5).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunObserver } from '../../run/observer.js';
import { PACKAGE_ROOT } from '../../run/package.js';
import { runConformance } from '../conformance.js';
import { tinyCluster } from './tiny-cluster.js';

const count = Number(process.argv[2] ?? 500);
const root = mkdtempSync(join(tmpdir(), 'omc-overhead-'));
const rule = { id: 'T-2', keyword: 'must', profile: 'core', needs: [], source: ['kit'], sentence: 'a number is even.' };
const example = (index: number) =>
  `    Example: number ${index}\n      Then 2 is even\n      And 4 is even\n      And 6 is even\n`;
const feature = `@core @stage:plain\nFeature: T - nothing\n\n  @T-2 @must\n  Rule: T-2 A number is even\n${Array.from({ length: count }, (_, index) => example(index)).join('\n')}`;
try {
  mkdirSync(join(root, 'features'));
  writeFileSync(join(root, 'features/catalogue.json'), JSON.stringify({ specification: '0.1', rules: [rule] }));
  writeFileSync(join(root, 'features/t.feature'), feature);
  const support = [join(PACKAGE_ROOT, 'dist/kit/cucumber/test/tiny-steps.js')];
  const options = { root, outDir: join(root, 'report'), support, open: tinyCluster() };
  for (const round of ['cold', 'warm', 'warm']) {
    let cpu = process.cpuUsage();
    let cpuMs = 0;
    const watch: RunObserver = {
      planned: () => (cpu = process.cpuUsage()),
      scenarioEnded() {
        const { user, system } = process.cpuUsage(cpu);
        cpuMs = (user + system) / 1_000;
      },
    };
    const { verdict, envelope } = await runConformance({ ...options, observers: () => [watch] });
    const { scenarios, total } = envelope.timings;
    if (verdict.counts.passed !== count) throw new Error(`${verdict.counts.passed} of ${count} passed`);
    const each = `${(scenarios / count).toFixed(3)} ms (${(cpuMs / count).toFixed(3)} ms of processor) each`;
    console.log(`${round}: ${count} scenarios, ${each}, the rest ${(total - scenarios).toFixed(0)} ms`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
