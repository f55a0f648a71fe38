import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { type CallEnd, classify } from './call-end.js';

const end = (changes: Partial<CallEnd>): CallEnd => ({
  code: status.INTERNAL,
  details: '',
  trailers: new Map(),
  headersSeen: false,
  message: undefined,
  aborted: false,
  overdue: false,
  ...changes,
});
const trailers = new Map([['content-type', 'application/grpc']]);

describe('what the end of a call was', () => {
  test.each<[string, Partial<CallEnd>, object]>([
    ['an answer', { code: 0, message: Buffer.of(1) }, { kind: 'message', message: Buffer.of(1) }],
    ['an empty answer', { code: 0, message: Buffer.of() }, { kind: 'message', message: Buffer.of() }],
    ['OK without an answer', { code: 0 }, { kind: 'unreadable', why: 'gRPC status OK without a message' }],
    ['a refusal without headers before it', { trailers }, { kind: 'refused' }],
    ['a refusal after headers', { headersSeen: true, details: 'a.b.C: d' }, { kind: 'refused' }],
    ['UNAVAILABLE that the server said', { code: 14, trailers }, { kind: 'refused' }],
    ['DEADLINE_EXCEEDED that the server said', { code: 4, trailers }, { kind: 'refused' }],
    [
      'our own deadline, which the server noticed first',
      { code: 4, details: 'Deadline exceeded', trailers, overdue: true },
      { kind: 'unanswered', why: 'deadline' },
    ],
    ['another refusal after our own deadline', { code: 13, trailers, overdue: true }, { kind: 'refused' }],
    [
      'a status that does not exist',
      { code: 99, trailers },
      { kind: 'unreadable', why: 'gRPC status 99, which does not exist' },
    ],
    [
      'a status that is not a number',
      { code: Number.NaN, trailers },
      { kind: 'unreadable', why: 'gRPC status NaN, which does not exist' },
    ],
    [
      'nobody there',
      { code: 14, details: 'No connection established. Last error: …' },
      { kind: 'unanswered', why: 'unavailable' },
    ],
    ['a reset before headers', { code: 14, details: 'read ECONNRESET' }, { kind: 'unanswered', why: 'unavailable' }],
    [
      'a reset after headers',
      { code: 14, details: 'Connection dropped', headersSeen: true },
      { kind: 'unanswered', why: 'unavailable' },
    ],
    [
      'a stream reset',
      { code: 13, details: 'Received RST_STREAM with code 2 (Internal server error)' },
      { kind: 'unanswered', why: 'unavailable' },
    ],
    [
      'a stream that ends without a status',
      { code: 13, details: 'Received RST_STREAM with code 0 (Call ended without gRPC status)', headersSeen: true },
      { kind: 'unreadable', why: 'Received RST_STREAM with code 0 (Call ended without gRPC status)' },
    ],
    ['our own deadline', { code: 4, details: 'Deadline exceeded after 0.1s' }, { kind: 'unanswered', why: 'deadline' }],
    [
      'our own deadline after headers',
      { code: 4, details: 'Deadline exceeded after 0.1s', headersSeen: true },
      { kind: 'unanswered', why: 'deadline' },
    ],
    [
      'our own cancel',
      { code: 1, details: 'Cancelled on client', aborted: true },
      { kind: 'unanswered', why: 'cancelled' },
    ],
    ['a refusal that crossed our cancel', { code: 13, trailers, aborted: true }, { kind: 'refused' }],
    [
      'an answer above our bound',
      { code: 8, details: 'Received message larger than max (200 vs 100)', headersSeen: true },
      { kind: 'unreadable', why: 'Received message larger than max (200 vs 100)' },
    ],
    [
      'a request above the bound of a server that is made of the same library',
      { code: 8, details: 'Received message larger than max (200 vs 100)', trailers },
      { kind: 'refused' },
    ],
    [
      'an HTTP error page',
      { code: 14, details: 'Received HTTP status code 503', headersSeen: true, trailers },
      { kind: 'unreadable', why: 'Received HTTP status code 503' },
    ],
  ])('%s', (_, changes, expected) => {
    expect(classify(end(changes))).toEqual(expected);
  });
});
