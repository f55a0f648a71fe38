/** `prove` as a process, on mutants that must not count as killed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProveResult } from '../result.js';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-prove-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where every answer that is no refusal begins. */
const answers = {
  kind: 'patch',
  breaks: { 'W-2': 'success-flag' },
  file: 'reference/namespace/answers.ts',
  search: 'return { status: Status.OK, body };',
};

function prove(mutants: readonly object[], ...more: string[]) {
  const file = join(folder, 'mutants.json');
  writeFileSync(file, JSON.stringify(mutants));
  const args = [MAIN, '--mutants', file, '--out', join(folder, 'out'), ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

describe('prove', () => {
  it('reports as alive what changes nothing and what crashes, beside the unchanged code that passed', () => {
    const { status, stdout, stderr } = prove([
      { ...answers, id: 'no-change', wrong: 'Nothing.', replace: `${answers.search} // As it was.` },
      { ...answers, id: 'crash', wrong: 'The process ends.', replace: `process.exit(9); ${answers.search}` },
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('2 alive');
    expect(status).toBe(1);
    const { references, mutants } = JSON.parse(readFileSync(join(folder, 'out/prove.json'), 'utf8')) as ProveResult;
    expect(references).toMatchObject([{ passed: true }]);
    const scenarios = references[0]?.scenarios;
    expect(scenarios).toBeGreaterThan(0);
    const [same, crash] = mutants.map(({ outcome }) => (outcome.kind === 'alive' ? outcome.why.join('\n') : 'killed'));
    expect(same).toBe(`W-2: survived, all ${scenarios} scenarios passed`);
    expect(crash).toContain('ended by itself (exit code 9)');
  }, 240_000);

  it('ends before anything is run where a search text is not in its file', () => {
    const { status, stdout, stderr } = prove([{ ...answers, id: 'stale', wrong: 'x', search: 'no such', replace: '' }]);
    expect(status).toBe(4);
    expect(stderr).toContain('MUTANT_MISMATCH: reference/namespace/answers.ts: the search text occurs 0 times');
    expect(stderr).toContain('no such');
    expect(stdout).not.toContain('unchanged');
  }, 60_000);

  it.each([
    ['an unknown option', ['--nope'], 'unknown option'],
    ['an unknown mutant', ['nope'], 'MUTANT_UNKNOWN'],
  ])(
    'refuses %s',
    (_, args, says) => {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
      expect(status).toBe(3);
      expect(stderr).toContain(says);
    },
    60_000,
  );
});
