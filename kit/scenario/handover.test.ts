import { describe, expect, it } from 'vitest';
import { notLeader, refused, unanswered } from '../assert/test/outcomes.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { transferByControl } from './handover.js';
import { ok, scriptedRun } from './test/scripted.js';

function handing(answers: (node: string, round: number) => Outcome) {
  const { run, calls } = scriptedRun(({ node }, number) => answers(node, Math.ceil(number / 3)));
  const handed: string[] = [];
  const control = { transferLeadership: async (to: string) => void handed.push(to) };
  return { run: { ...run, control } as unknown as RunContext, calls, handed };
}

describe('transferByControl', () => {
  it('waits until the node accepts writes', async () => {
    const { run, handed, calls } = handing((node, round) => (node === 'om2' && round > 1 ? ok : notLeader({})));
    await transferByControl(run, 'om2');
    expect(handed).toEqual(['om2']);
    expect(calls).toHaveLength(6);
  });
  it('takes its word that it is not ready', async () => {
    const notReady = refused('o.a.OMLeaderNotReadyException: om2', 'OMLeaderNotReadyException');
    const { run } = handing((node) => (node === 'om2' ? notReady : notLeader({})));
    await transferByControl(run, 'om2');
  });
  it('takes the word of another where the node says nothing', async () => {
    const { run } = handing((node, round) =>
      node === 'om2' ? unanswered('deadline') : notLeader({}, round > 1 ? 'om2' : undefined),
    );
    await transferByControl(run, 'om2');
  });
  it('does not go on where another node leads', async () => {
    const { run } = handing((node) => (node === 'om1' ? ok : notLeader({}, 'om1')));
    await expect(transferByControl(run, 'om2')).rejects.toMatchObject({ code: 'GIVEN_NOT_MET' });
  });
});
