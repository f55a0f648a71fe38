import { describe, expect, it } from 'vitest';
import { key, keyPage, lightPage } from '../assert/test/keys.js';
import { answered, bucketPage, notLeader, unanswered, unreadable, volume } from '../assert/test/outcomes.js';
import type { Outcome } from '../wire/outcome.js';
import type { HistoryOperation, HistoryOutcome } from './call.js';
import { historyOutcome } from './outcome.js';

const place = { volume: 'v', bucket: 'b', key: 'k' };
const write: HistoryOperation = { kind: 'delete-key', ...place };
const read: HistoryOperation = { kind: 'read-key', ...place };
const list: HistoryOperation = { kind: 'list-keys', volume: 'v', bucket: 'b', count: 2 };
const withTrailer = (value: string): Outcome => ({ ...notLeader(), trailers: new Map([['om-outcome', value]]) });
const says = (status: string, shown: object = {}): HistoryOutcome => ({ kind: 'answered', status, shown });

describe('historyOutcome', () => {
  it.each<[string, HistoryOperation, Outcome, HistoryOutcome]>([
    ['a write that was done', write, answered('OK'), says('OK')],
    ['a business status is definite', write, answered('KEY_NOT_FOUND'), says('KEY_NOT_FOUND')],
    ['a refused write may have happened', write, notLeader(), { kind: 'unknown', why: 'OMNotLeaderException' }],
    [
      'a refused write of which nothing was proposed',
      write,
      withTrailer('none'),
      { kind: 'failed', why: 'OMNotLeaderException' },
    ],
    [
      'a trailer of another value says nothing',
      write,
      withTrailer('perhaps'),
      { kind: 'unknown', why: 'OMNotLeaderException' },
    ],
    ['a write without answer', write, unanswered('deadline'), { kind: 'unknown', why: 'deadline' }],
    ['a write with an answer nobody can read', write, unreadable(), { kind: 'unknown', why: 'unreadable' }],
    ['a read without answer', read, unanswered('unavailable'), { kind: 'failed', why: 'unavailable' }],
    ['a refused read', read, notLeader(), { kind: 'failed', why: 'OMNotLeaderException' }],
    [
      'a key that was read',
      read,
      key({ keyName: 'k', metadata: [{ key: 'omc-content', value: '1-2' }] }),
      says('OK', { content: '1-2' }),
    ],
    ['a key without content', read, key({ keyName: 'k' }), says('OK', { content: '' })],
    ['another key than was asked for', read, key({ keyName: 'other' }), says('OK', { content: 'other' })],
    [
      'a page of keys',
      list,
      keyPage(['a', 'b']),
      says('OK', {
        page: [
          { name: 'a', content: '' },
          { name: 'b', content: '' },
        ],
      }),
    ],
    ['an empty page', list, answered('OK', {}, { listKeysResponse: {} }), says('OK', { page: [] })],
    ['a light page', { ...list, kind: 'list-keys-light' }, lightPage(['a']), says('OK', { page: [{ name: 'a' }] })],
    [
      'a page of buckets',
      { kind: 'list-buckets', volume: 'v', count: 2 },
      bucketPage(['b1']),
      says('OK', { page: [{ name: 'b1' }] }),
    ],
    ['a volume that was read', { kind: 'read-volume', volume: 'v' }, volume(), says('OK', { owner: 'ann' })],
    [
      'keys that a batch left',
      { kind: 'delete-keys', volume: 'v', bucket: 'b', keys: ['a', 'b'] },
      answered(
        'PARTIAL_DELETE',
        {},
        { deleteKeysResponse: { unDeletedKeys: { volumeName: 'v', bucketName: 'b', keys: ['b'] } } },
      ),
      says('PARTIAL_DELETE', { left: ['b'] }),
    ],
  ])('%s', (_, operation, outcome, expected) => {
    expect(historyOutcome(operation, outcome)).toEqual(expected);
  });
});
