import { describe, expect, it } from 'vitest';
import { assertFailover, assertHandedOver, assertTransferAnswered } from './leadership-moved.js';
import { answered, failureOf, notLeader, unanswered } from './test/outcomes.js';

describe('failover-time', () => {
  const recovery = { former: 'om1', leads: 'om2', tookMs: 900, budgetMs: 1000 };
  it('takes a new leader within the budget', () => assertFailover(recovery));
  it.each([
    [{ tookMs: 1000.6 }, 'om2 after 1001 ms'],
    [{ leads: undefined, tookMs: 2000 }, 'none after 2000 ms'],
  ])('fails for %j', (wrong, found) => {
    expect(failureOf(() => assertFailover({ ...recovery, ...wrong }))).toEqual({
      assertion: 'failover-time',
      message: `expected a node that accepts writes within 1000 ms of the loss of om1, found ${found}`,
      calls: [],
    });
  });
});

describe('handed-over', () => {
  const answer = answered('OK', { command: 'TransferLeadership', call: 3 });
  const handover = { answer, leads: 'om2', tookMs: 10, budgetMs: 1000 };
  it('takes leadership where it was asked to be, however late the answer', () => assertHandedOver(handover));
  it.each([
    [{ leads: undefined, tookMs: 1200 }, 'nobody after 1200 ms, and OK from om1'],
    [{ tookMs: 1200 }, 'om2 after 1200 ms, and OK from om1'],
  ])('fails for %j', (wrong, found) => {
    expect(failureOf(() => assertHandedOver({ ...handover, ...wrong }))).toEqual({
      assertion: 'handed-over',
      message: `expected leadership where it was asked to be, within 1000 ms, found ${found}`,
      calls: [3],
    });
  });
  it('wants the answer to be OK', () => {
    assertTransferAnswered(handover);
    for (const wrong of [answered('INTERNAL_ERROR'), notLeader(), unanswered('deadline')]) {
      expect(failureOf(() => assertTransferAnswered({ answer: wrong })).assertion).toBe('transfer-answered');
    }
  });
});
