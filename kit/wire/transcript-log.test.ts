import { expect, test } from 'vitest';
import { MAX_ENTRIES, TranscriptLog } from './transcript-log.js';

const call = { node: 'om1', command: 'EchoRPC', request: '{}', metadata: {}, sentAtMs: 1 };

test('numbers run on over scenarios, entries do not', () => {
  const log = new TranscriptLog();
  expect(log.open(call).number).toBe(1);
  expect(log.entries[0]?.scenario).toBeUndefined();
  log.begin('first');
  log.open(call);
  log.begin('second');
  expect(log.entries).toEqual([]);
  const open = log.open(call);
  expect(open.number).toBe(3);
  expect(log.entries).toMatchObject([{ number: 3, scenario: 'second', answer: '', endedAtMs: undefined }]);
  open.end({ answer: 'OK', trailers: { 'om-node': 'om1' }, endedAtMs: 2 });
  expect(log.entries).toMatchObject([{ answer: 'OK', trailers: { 'om-node': 'om1' }, endedAtMs: 2 }]);
  expect(log.callCount).toBe(3);
});

test('a call of an earlier scenario that ends late changes nothing of this one', () => {
  const log = new TranscriptLog();
  log.begin('first');
  const late = log.open(call);
  log.begin('second');
  log.open(call);
  late.end({ answer: 'late', trailers: {}, endedAtMs: 9 });
  expect(log.entries).toMatchObject([{ scenario: 'second', answer: '' }]);
});

test('only the newest entries of a scenario are kept', () => {
  const log = new TranscriptLog();
  log.begin('long');
  for (let i = 0; i < MAX_ENTRIES; i += 1) log.open(call);
  expect(log.entries[0]?.number).toBe(1);
  log.open(call);
  expect(log.entries).toHaveLength(MAX_ENTRIES);
  expect(log.entries[0]?.number).toBe(2);
});
