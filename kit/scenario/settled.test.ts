import { describe, expect, it } from 'vitest';
import { answered, notLeader, unanswered } from '../assert/test/outcomes.js';
import { judgeRound, settle } from './settled.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

const accepts = (node: string) => answered('OK', { node });

describe('judgeRound', () => {
  it.each([
    [
      'one accepts and all name it',
      [accepts('om1'), notLeader({ node: 'om2' }, 'om1')],
      { kind: 'settled', leader: 'om1' },
    ],
    ['one accepts and nobody names', [accepts('om1'), notLeader({ node: 'om2' })], { kind: 'settled', leader: 'om1' }],
    [
      'one accepts and another is silent',
      [accepts('om1'), unanswered('unavailable')],
      { kind: 'settled', leader: 'om1' },
    ],
    [
      'one accepts and another names a third',
      [accepts('om1'), notLeader({ node: 'om2' }, 'om3')],
      { kind: 'disputed', leader: 'om1' },
    ],
    ['nobody accepts', [notLeader({ node: 'om1' }, 'om2'), notLeader({ node: 'om2' }, 'om1')], { kind: 'none' }],
    ['a failure is no acceptance', [answered('INTERNAL_ERROR', { node: 'om1' })], { kind: 'none' }],
    ['two accept', [accepts('om1'), accepts('om2')], { kind: 'disputed', leader: 'om1' }],
    [
      'two accept and a third names the second',
      [accepts('om1'), accepts('om2'), notLeader({ node: 'om3' }, 'om2')],
      { kind: 'disputed', leader: 'om2' },
    ],
  ])('%s', (_, outcomes, round) => {
    expect(judgeRound(outcomes)).toEqual(round);
  });
});

describe('settle', () => {
  it('asks until the nodes agree', async () => {
    const { run, calls } = scriptedRun(({ node }, number) => {
      if (number <= 3) return notLeader({ node });
      if (node === 'om2') return ok;
      return number <= 6 ? notLeader({ node }, 'om1') : notLeader({ node }, 'om2');
    });
    expect(await settle(run)).toBe('om2');
    expect(calls).toHaveLength(9);
  });
  it('gives up within its budget, with the last word of each node', async () => {
    const { run } = scriptedRun(({ node }) => notLeader({ node }, 'om3'));
    await expect(settle(run)).rejects.toMatchObject({ code: 'NOT_SETTLED', blame: 'environment' });
    await expect(settle(run)).rejects.toThrow(/within 400 ms \(om1: .*om2: .*om3: /);
  });
  it('does not take leadership that goes round for settled', async () => {
    const nodes = ['om1', 'om2', 'om3'];
    const { run } = scriptedRun(({ node }, number) =>
      node === nodes[Math.floor((number - 1) / 3) % 3] ? ok : notLeader({ node }, 'om9'),
    );
    await expect(settle(run)).rejects.toMatchObject({ code: 'NOT_SETTLED' });
  });
  it.each<[string, Answers]>([
    ['several nodes go on accepting', () => ok],
    ['one goes on accepting and others name another', ({ node }) => (node === 'om1' ? ok : notLeader({ node }, node))],
  ])('leaves it to HA-1 and HA-3 when %s', async (_, answers) => {
    const { run } = scriptedRun(answers);
    const beganMs = performance.now();
    expect(await settle(run)).toBe('om1');
    expect(performance.now() - beganMs).toBeGreaterThan(190);
  });
});
