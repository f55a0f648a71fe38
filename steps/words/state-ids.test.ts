import { expect, it } from 'vitest';
import { readStateId, STATE_ID } from './state-ids.js';
import { readWhere, WHERE } from './where.js';

it.each([
  ['no id', { of: 'nothing' }],
  ['the id of that answer', { of: 'that answer' }],
  ['its own id', { of: 'a node', whose: 'it', ahead: 0n }],
  ["the leader's id", { of: 'a node', whose: 'the leader', ahead: 0n }],
  ['an id 1 entry ahead of it', { of: 'a node', whose: 'it', ahead: 1n }],
  ['an id 160001 entries ahead of the leader', { of: 'a node', whose: 'the leader', ahead: 160001n }],
  ['the greatest id there is', { of: 'the greatest' }],
  ['an id of 129 groups', { of: 'groups', count: 129 }],
  ['the id "main:01"', { of: 'text', text: 'main:01' }],
  ['the id ""', { of: 'text', text: '' }],
])('%s', (phrase, id) => {
  expect(phrase).toMatch(new RegExp(`^(?:${STATE_ID.source})$`));
  expect(readStateId(phrase)).toEqual(id);
});

it('is nothing else', () => {
  expect('an id 1 entry ahead').not.toMatch(STATE_ID);
  expect(() => readStateId('an id')).toThrow(SyntaxError);
});

it.each(['there', 'on the leader', 'on every follower', 'on that follower'] as const)('a place: %s', (phrase) => {
  expect(phrase).toMatch(new RegExp(`^(?:${WHERE.source})$`));
  expect(`on ${readWhere(phrase)}`.replace('on there', 'there')).toBe(phrase);
});

it('is no place', () => {
  expect(() => readWhere('on nobody')).toThrow(SyntaxError);
});
