import { describe, expect, it } from 'vitest';
import { assertNoTrace } from './nowhere.js';
import { assertOneLeader } from './one-leader.js';
import { assertSuggestionsLead } from './suggested-leader.js';
import { answered, failureOf, notLeader, unanswered, volume } from './test/outcomes.js';

const on = (node: string, call: number) => ({ node, call });

describe('one-leader', () => {
  const round = [answered('OK', on('om1', 1)), notLeader(on('om2', 2), 'om1'), notLeader(on('om3', 3), 'om1')];
  it('takes rounds in which the leader alone accepted', () => {
    assertOneLeader([round, round], 'om1');
  });
  it.each([
    [[round[0], answered('OK', on('om2', 2)), round[2]], 'found writes accepted by om1 and om2'],
    [[notLeader(on('om1', 1)), answered('OK', on('om2', 2)), round[2]], 'found writes accepted by om2'],
    [[unanswered('deadline', on('om1', 1))], 'found nobody: no answer from om1 (deadline: gone)'],
  ])('fails for two, for another, for none', (wrong, found) => {
    const outcomes = wrong.flatMap((outcome) => outcome ?? []);
    expect(failureOf(() => assertOneLeader([round, outcomes], 'om1'))).toEqual({
      assertion: 'one-leader',
      message: `expected writes accepted by om1 alone, ${found}`,
      calls: outcomes.map(({ callNumber }) => callNumber),
    });
  });
});

describe('nowhere', () => {
  const before = volume({}, on('om1', 1));
  it('takes the record as before on the leader, and silence or the same on the others', () => {
    assertNoTrace(before, [volume({}, on('om1', 2)), notLeader(on('om2', 3)), volume({}, on('om3', 4))], 'om1');
  });
  it('takes a record that is missing as before', () => {
    const missing = answered('VOLUME_NOT_FOUND', on('om1', 1));
    assertNoTrace(missing, [missing, answered('VOLUME_NOT_FOUND', on('om2', 2))], 'om1');
  });
  it('fails for a change on the leader', () => {
    expect(failureOf(() => assertNoTrace(before, [volume({ ownerName: 'bob' }, on('om1', 2))], 'om1'))).toEqual({
      assertion: 'nowhere',
      message: 'expected a record with ownerName "ann", as before, found a record with ownerName "bob" on om1',
      calls: [1, 2],
    });
  });
  it('fails for a record that appeared on a follower', () => {
    const missing = answered('VOLUME_NOT_FOUND', on('om1', 1));
    expect(failureOf(() => assertNoTrace(missing, [missing, volume({}, on('om2', 2))], 'om1'))).toEqual({
      assertion: 'nowhere',
      message: 'expected no such record, as before, found a record with creationTime 1700000000000 on om2',
      calls: [1, 2],
    });
  });
  it('fails for a record that is gone', () => {
    expect(failureOf(() => assertNoTrace(before, [answered('VOLUME_NOT_FOUND', on('om1', 2))], 'om1')).message).toBe(
      'expected a record with creationTime 1700000000000, as before, found no such record on om1',
    );
  });
  it('fails where the leader does not say', () => {
    expect(failureOf(() => assertNoTrace(before, [notLeader(on('om1', 2))], 'om1')).message).toBe(
      'expected om1 answers the read, found gRPC INTERNAL from om1 (o.a.OMNotLeaderException: OM:om1 is not the leader. Could not determine the leader node.)',
    );
  });
  it('is the kit’s fault where the leader was not asked', () => {
    expect(() => assertNoTrace(before, [volume({}, on('om2', 2))], 'om1')).toThrow('the assertion needs a read on om1');
  });
});

describe('suggested-leader', () => {
  const refusal = notLeader(on('om2', 1), 'om1');
  it('takes suggestions that accepted, and no suggestion at all', () => {
    assertSuggestionsLead([]);
    assertSuggestionsLead([{ refusal, suggested: 'om1', outcome: answered('OK', on('om1', 2)) }]);
  });
  it.each([
    [
      notLeader(on('om1', 2)),
      [1, 2],
      'found gRPC INTERNAL from om1 (o.a.OMNotLeaderException: OM:om1 is not the leader. Could not determine the leader node.)',
    ],
    [answered('VOLUME_NOT_FOUND', on('om1', 2)), [1, 2], 'found VOLUME_NOT_FOUND from om1'],
    [undefined, [1], 'found no node of that name'],
  ])('fails for one that does not lead, or is not there', (outcome, calls, found) => {
    expect(failureOf(() => assertSuggestionsLead([{ refusal, suggested: 'om1', outcome }]))).toEqual({
      assertion: 'suggested-leader',
      message: `expected the write accepted by om1, which om2 named as leader, ${found}`,
      calls,
    });
  });
});
