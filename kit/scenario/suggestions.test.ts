import { describe, expect, it } from 'vitest';
import { answered, notLeader } from '../assert/test/outcomes.js';
import { EnvironmentError } from '../failure.js';
import { LeaderLine } from './leader-line.js';
import { ScenarioNames } from './names.js';
import { followSuggestions } from './suggestions.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

async function follow(answers: Answers) {
  const { run } = scriptedRun(answers);
  return await followSuggestions(run, new LeaderLine(run), new ScenarioNames(run.names), 'om1', 'create a volume');
}

describe('followSuggestions', () => {
  it('follows who is named, and nobody where nobody is', async () => {
    const { refusals, followed } = await follow(({ node }) =>
      node === 'om1' ? ok : node === 'om2' ? notLeader({ node }, 'om1') : notLeader({ node }),
    );
    expect(refusals.map(({ node }) => node)).toEqual(['om2', 'om3']);
    expect(followed.map(({ suggested, outcome }) => [suggested, outcome?.node])).toEqual([['om1', 'om1']]);
  });
  it.each([
    ['accepts', ok],
    ['fails for another reason', answered('INTERNAL_ERROR')],
  ])('has nobody to follow where every follower %s', async (_, answer) => {
    const end = follow(({ node }) => (node === 'om1' ? ok : answer));
    await expect(end).rejects.toBeInstanceOf(EnvironmentError);
    await expect(end).rejects.toThrow('no follower refused to create a volume');
  });
});
