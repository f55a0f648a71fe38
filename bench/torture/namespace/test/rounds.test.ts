import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ServedTarget } from '../../../../kit/prove/served-target.js';
import { PACKAGE_ROOT } from '../../../../kit/run/package.js';
import { freshNamespace, type NamespaceProgress, namespaceRounds } from '../rounds.js';

/** A mutant is served by the code as it is built: these are policies, which need no compiler. */
async function run(mutant: string | undefined, sequences: number): Promise<NamespaceProgress> {
  const target = new ServedTarget(join(PACKAGE_ROOT, 'dist'), mutant);
  try {
    await target.start();
    const options = { sequences, run: 'test', deviations: [], shrunk: 1, signal: new AbortController().signal };
    return await namespaceRounds(target, freshNamespace('test', 'served'), options, () => undefined);
  } finally {
    await target.stop();
  }
}

describe('random sequences against the model', () => {
  it('find nothing in the reference', { timeout: 120_000 }, async () => {
    const { done, sent, differences } = await run(undefined, 40);
    expect(differences).toEqual([]);
    expect(done).toBe(40);
    expect(sent).toBeGreaterThan(400);
  });

  it('find what is refused and done all the same, and make it small', { timeout: 240_000 }, async () => {
    const { differences } = await run('ns-bkt-2-refused-and-replaced', 40);
    const lines = differences.map(({ lines }) => lines.join('\n'));
    expect(lines.some((text) => /create-bucket .*→ BUCKET_ALREADY_EXISTS/.test(text))).toBe(true);
    const [shortest = ''] = lines.sort((left, right) => left.split('\n').length - right.split('\n').length);
    expect(shortest.split('\n').length).toBeLessThanOrEqual(12);
  });
});
