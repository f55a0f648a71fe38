import { describe, expect, it } from 'vitest';
import { answered, notLeader, unanswered } from '../assert/test/outcomes.js';
import { judgeRound, settle } from './settled.js';
import { ok, scriptedRun } from './test/scripted.js';

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
      { kind: 'unsettled' },
    ],
    ['nobody accepts', [notLeader({ node: 'om1' }, 'om2'), notLeader({ node: 'om2' }, 'om1')], { kind: 'unsettled' }],
    ['a failure is no acceptance', [answered('INTERNAL_ERROR', { node: 'om1' })], { kind: 'unsettled' }],
    ['two accept', [accepts('om1'), accepts('om2')], { kind: 'several', first: 'om1' }],
    [
      'two accept and a third names the second',
      [accepts('om1'), accepts('om2'), notLeader({ node: 'om3' }, 'om2')],
      { kind: 'several', first: 'om2' },
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
    const { run } = scriptedRun(({ node }) => (node === 'om1' ? ok : notLeader({ node }, 'om3')));
    await expect(settle(run)).rejects.toMatchObject({ code: 'NOT_SETTLED', blame: 'environment' });
    await expect(settle(run, 1)).rejects.toThrow(/within 1 ms \(om1: OK; om2: .*om3: /);
  });
  it('leaves it to HA-1 when several nodes go on accepting', async () => {
    const { run } = scriptedRun(() => ok);
    expect(await settle(run)).toBe('om1');
  });
});
