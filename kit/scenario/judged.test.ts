import { describe, expect, it } from 'vitest';
import { assertStatus } from '../assert/answer-status.js';
import { answered, failureOf, notLeader, unanswered } from '../assert/test/outcomes.js';
import { ConformanceFailure, UndecidedError } from '../failure.js';
import type { Outcome } from '../wire/outcome.js';
import { judgeWhileLed } from './judged.js';
import { LeaderLine } from './leader-line.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

const leads =
  (leader: string): Answers =>
  ({ node, command, request }) =>
    command !== 'EchoRPC' || request.EchoRPCRequest?.readOnly === true || node === leader
      ? ok
      : notLeader({ node }, leader);

async function judged(outcome: Outcome, answers: Answers) {
  const { run, calls } = scriptedRun(answers);
  const assertion = () => assertStatus([outcome], ['VOLUME_NOT_FOUND']);
  const end = judgeWhileLed(run, new LeaderLine(run), 'om1', [outcome], assertion);
  return { end, calls };
}

describe('judgeWhileLed', () => {
  it('asks nobody where the assertion holds', async () => {
    const { end, calls } = await judged(answered('VOLUME_NOT_FOUND'), leads('om2'));
    await end;
    expect(calls).toEqual([]);
  });
  it('is undecided about a refusal once another node leads', async () => {
    const { end } = await judged(notLeader({ node: 'om1' }), leads('om2'));
    await expect(end).rejects.toBeInstanceOf(UndecidedError);
    await expect(end).rejects.toThrow('leadership moved from om1 to om2');
  });
  it('is undecided about a write that another node accepted once that leads', async () => {
    const { end } = await judged(answered('OK', { node: 'om2', command: 'CreateVolume' }), leads('om2'));
    await expect(end).rejects.toBeInstanceOf(UndecidedError);
  });
  it.each([
    ['a refusal while the same node leads', notLeader({ node: 'om1' }), leads('om1')],
    ['a wrong answer, whoever leads now', answered('VOLUME_NOT_EMPTY'), leads('om2')],
    ['silence of a leader that is gone', unanswered('unavailable', { node: 'om1' }), goneFrom('om1', 'om2')],
  ])('blames the implementation for %s', async (_, outcome, answers) => {
    const { end } = await judged(outcome, answers);
    await expect(end).rejects.toBeInstanceOf(ConformanceFailure);
  });
  it('blames the implementation for a refusal of a leader that the scenario had stopped', async () => {
    let stopped = true;
    const { run } = scriptedRun((call, number) =>
      stopped && call.request.EchoRPCRequest?.readOnly === false
        ? unanswered('deadline', { node: call.node })
        : leads('om1')(call, number),
    );
    const assertion = () => assertStatus([notLeader({ node: 'om1' })], ['OK']);
    const giveWay = async () => {
      stopped = false;
    };
    const end = judgeWhileLed(run, new LeaderLine(run), 'om1', [notLeader({ node: 'om1' })], assertion, giveWay);
    await expect(end).rejects.toBeInstanceOf(ConformanceFailure);
  });
  it('lets what is no failure of an assertion through', async () => {
    const { run } = scriptedRun(leads('om2'));
    const broken = () => {
      throw new TypeError('a fault of the kit');
    };
    await expect(judgeWhileLed(run, new LeaderLine(run), 'om1', [notLeader()], broken)).rejects.toThrow(TypeError);
    expect(failureOf(() => assertStatus([notLeader()], ['OK'])).assertion).toBe('answer-status');
  });
});

function goneFrom(gone: string, leader: string): Answers {
  return (call, number) =>
    call.node === gone ? unanswered('unavailable', { node: gone }) : leads(leader)(call, number);
}
