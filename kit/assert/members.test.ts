import { describe, expect, it } from 'vitest';
import type { ChangeAnswer } from '../control/control.js';
import {
  assertAcknowledged,
  assertAdmitted,
  assertChangeRefused,
  assertMembers,
  assertNewIds,
  assertRefusedOldIdentity,
  assertServesNothing,
} from './members.js';
import { answered, failureOf, notLeader, unanswered } from './test/outcomes.js';

const done = (voters: string[], learners: string[] = []): ChangeAnswer => ({
  kind: 'done',
  member: 9n,
  voters,
  learners,
});
const refused: ChangeAnswer = { kind: 'refused', why: 'om3: it leads; drain it first' };

describe('refuses-old-identity', () => {
  it('takes last words that name the directory', () => {
    assertRefusedOldIdentity('om3', { kind: 'refused', words: 'REPLICA_LOST: /data/om3 is new' }, '/data/om3');
  });
  it.each([
    [{ kind: 'started' } as const, '/data/om3', 'it started'],
    [{ kind: 'refused', words: 'no memory' } as const, '/data/om3', 'its last words: "no memory"'],
    [{ kind: 'refused', words: 'no memory' } as const, '', 'its last words: "no memory"'],
  ])('fails for another (%#)', (answer, directory, found) => {
    const failure = failureOf(() => assertRefusedOldIdentity('om3', answer, directory));
    expect(failure).toMatchObject({ assertion: 'refuses-old-identity', message: expect.stringContaining(found) });
  });
});

describe('admitted-anew', () => {
  it('takes a voter', () => assertAdmitted('om3', done(['om1', 'om2', 'om3'])));
  it.each([
    [refused, 'om3: it leads; drain it first'],
    [done(['om1', 'om2'], ['om3']), 'the voters om1, om2'],
  ])('fails for another (%#)', (answer, found) => {
    const failure = failureOf(() => assertAdmitted('om3', answer));
    expect(failure).toMatchObject({ assertion: 'admitted-anew', message: expect.stringContaining(found) });
  });
});

describe('new-member-id', () => {
  it('takes ids that differ', () => assertNewIds('om3', [3n, 4099n, 8195n], 3));
  it.each([[[3n, 3n, 4099n]], [[3n, 4099n]], [[3n, 0n, 4099n]], [[3n, 4099n, 3n]]])('fails for another (%#)', (ids) => {
    expect(failureOf(() => assertNewIds('om3', ids, 3)).assertion).toBe('new-member-id');
  });
});

describe('change-refused', () => {
  it('takes a refusal', () => assertChangeRefused('promote it', refused));
  it('fails for a change that was done', () => {
    const failure = failureOf(() => assertChangeRefused('promote it', done(['om1'], ['om3'])));
    expect(failure).toMatchObject({
      assertion: 'change-refused',
      message: expect.stringContaining('done: voters om1, learners om3'),
    });
  });
});

describe('acknowledged', () => {
  it('takes writes that were all carried out', () => assertAcknowledged([answered('OK'), answered('OK')]));
  it.each([[notLeader()], [unanswered('deadline')], [answered('INTERNAL_ERROR')]])('fails for another', (outcome) => {
    expect(failureOf(() => assertAcknowledged([answered('OK'), outcome])).assertion).toBe('acknowledged');
  });
  it('does not judge nothing', () => expect(() => assertAcknowledged([])).toThrow('no write'));
});

describe('members-known', () => {
  const known = (voters: string[], learners: string[] = []) => [{ node: 'om1', voters, learners }];
  it('takes the voters in any order', () => assertMembers(known(['om2', 'om1']), ['om1', 'om2']));
  it.each([
    [known(['om1', 'om2', 'om3']), 'om1, om2, om3'],
    [known([]), 'none'],
    [known(['om1', 'om2'], ['om3']), 'om1, om2, learners om3'],
  ])('fails for another (%#)', (members, found) => {
    const failure = failureOf(() => assertMembers(members, ['om1', 'om2']));
    expect(failure).toMatchObject({ assertion: 'members-known', message: expect.stringContaining(found) });
  });
  it('does not judge nothing', () => expect(() => assertMembers([], ['om1'])).toThrow('no membership'));
});

describe('serves-nothing', () => {
  it('takes refusals and silence', () => assertServesNothing([notLeader(), unanswered('deadline')]));
  it('fails for any answer', () => {
    expect(failureOf(() => assertServesNothing([notLeader(), answered('VOLUME_NOT_FOUND')])).assertion).toBe(
      'serves-nothing',
    );
  });
  it('does not judge nothing', () => expect(() => assertServesNothing([])).toThrow('no call'));
});
