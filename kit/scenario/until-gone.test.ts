import { describe, expect, it } from 'vitest';
import { answered, listed } from '../assert/test/outcomes.js';
import { scriptedRun } from './test/scripted.js';
import { readUntilGone } from './until-gone.js';

describe('readUntilGone', () => {
  it('asks again while something is shown', async () => {
    const { run, calls } = scriptedRun((_, number) => (number < 3 ? listed(['a']) : answered('FILE_NOT_FOUND')));
    const outcomes = await readUntilGone(run, { ...listed(['a'], { node: 'om2' }), endedAtMs: performance.now() });
    expect(outcomes).toHaveLength(4);
    expect(new Set(calls.map(({ node }) => node))).toEqual(new Set(['om2']));
    expect(outcomes.at(-1)).toMatchObject({ kind: 'answered', node: 'om2' });
  });
  it('asks no more where nothing was shown', async () => {
    const { run, calls } = scriptedRun(() => listed(['a']));
    expect(await readUntilGone(run, answered('INTERNAL_ERROR'))).toHaveLength(1);
    expect(calls).toEqual([]);
  });
  it('ends with what stands when the time is over', async () => {
    const { run } = scriptedRun(() => listed(['a']));
    const outcomes = await readUntilGone(run, { ...listed(['a']), endedAtMs: performance.now() });
    expect(outcomes.length).toBeGreaterThan(2);
    expect(outcomes.at(-1)).toMatchObject({ response: { status: 1 } });
  });
});
