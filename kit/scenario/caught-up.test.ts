import { describe, expect, it } from 'vitest';
import type { RunContext } from '../run/context.js';
import { catchUp } from './caught-up.js';
import { ok, scriptedRun } from './test/scripted.js';

/** A control service where the leader om1 has applied 7, and om2 what `applied` says, one word a look. */
function clusterWith(applied: readonly bigint[]) {
  const { run, calls } = scriptedRun(() => ok);
  const looks = [...applied];
  const status = async (node: string) => {
    const own = looks.length > 1 ? looks.shift() : looks[0];
    return [{ group: 'main', appliedIndex: node === 'om1' ? 7n : own }];
  };
  const context = { ...run, control: { status }, capabilities: new Set(['status']) } as unknown as RunContext;
  return { run: context, calls, looks };
}

describe('catchUp', () => {
  it('waits until the node has applied what the leader had', async () => {
    const { run, looks } = clusterWith([5n, 6n, 7n, 8n]);
    await catchUp(run, 'om2', 'om1');
    expect(looks).toEqual([8n]);
  });
  it('gives up where the node stays behind', async () => {
    const { run } = clusterWith([5n]);
    await expect(catchUp(run, 'om2', 'om1')).rejects.toMatchObject({
      code: 'GIVEN_NOT_MET',
      message: 'om2 does not apply what om1 has applied',
    });
  });
  it('has the leader confirm a read at the node where nobody tells how far it is', async () => {
    const { run, calls } = scriptedRun(() => ok);
    await catchUp(run, 'om2', 'om1');
    expect(calls).toMatchObject([{ node: 'om2', options: { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' } }]);
  });
});
