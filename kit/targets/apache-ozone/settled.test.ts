import { describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import type { Outcome } from '../../wire/outcome.js';
import { type Standing, settledBy, standingOf } from './settled.js';

const { Status, Type } = hadoop.ozone;
const base = {
  node: 'om1',
  request: { cmdType: Type.EchoRPC, clientId: 'c' },
  sentAtMs: 0,
  endedAtMs: 1,
  trailers: new Map<string, string>(),
  callNumber: 1,
};
const answered = (status: hadoop.ozone.Status): Outcome => ({
  ...base,
  kind: 'answered',
  response: { cmdType: Type.EchoRPC, status, success: status === Status.OK },
});
const refused = (details: string, suggestedLeader?: string): Outcome => ({
  ...base,
  kind: 'refused',
  code: 13,
  details,
  className: 'OMNotLeaderException',
  suggestedLeader,
});

describe('what the answer to a write tells of a node', () => {
  test.each<[string, Outcome, Standing]>([
    ['OK', answered(Status.OK), { kind: 'leads' }],
    ['another status', answered(Status.INTERNAL_ERROR), { kind: 'unsure', why: 'status INTERNAL_ERROR' }],
    ['a refusal that names the leader', refused('x', 'om3'), { kind: 'follows', leader: 'om3' }],
    ['a refusal that names nobody', refused('not ready'), { kind: 'unsure', why: 'not ready' }],
    [
      'silence',
      { ...base, kind: 'unanswered', why: 'unavailable', details: 'refused' },
      { kind: 'silent', why: 'unavailable: refused' },
    ],
    ['nonsense', { ...base, kind: 'unreadable', details: '3 bytes' }, { kind: 'unsure', why: '3 bytes' }],
  ])('%s', (_, outcome, standing) => {
    expect(standingOf(outcome)).toEqual(standing);
  });
});

describe('a cluster', () => {
  const leads: Standing = { kind: 'leads' };
  const follows = (leader: string): Standing => ({ kind: 'follows', leader });
  const judge = (...standings: Standing[]) =>
    settledBy(new Map(standings.map((standing, index) => [`om${index + 1}`, standing])));

  test('is settled when one node accepted a write and the others name it', () => {
    expect(judge(follows('om2'), leads, follows('om2'))).toEqual({ settled: true, leader: 'om2' });
  });

  test.each<[string, Standing[]]>([
    ['nobody accepts a write', [follows('om1'), follows('om1'), follows('om1')]],
    ['two accept writes', [leads, leads, follows('om1')]],
    ['a node names another leader', [leads, follows('om3'), follows('om1')]],
    ['a node knows no leader', [leads, { kind: 'unsure', why: 'w' }, follows('om1')]],
    ['a node does not answer', [leads, { kind: 'silent', why: 'w' }, follows('om1')]],
    ['there are no nodes', []],
  ])('is not settled when %s', (_, standings) => {
    expect(judge(...standings).settled).toBe(false);
  });

  test('says of every node why it is not', () => {
    const verdict = judge(leads, { kind: 'silent', why: 'gone' }, follows('om9'));
    expect(verdict).toEqual({
      settled: false,
      why: 'om1 accepts writes; om2 does not answer (gone); om3 follows om9',
    });
  });
});
