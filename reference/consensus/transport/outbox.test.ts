import { expect, test } from 'vitest';
import { Outbox } from './outbox.js';
import type { WireMessage } from './peer-wire.js';

const HEARTBEAT = 8;
const APPEND = 3;
const limits = { maxBulkBytes: 1000, maxUrgentBytes: 300, frameBytes: 500 };

function message(type: number, name: string, payload: number): WireMessage {
  return { group: name, to: 1, type, message: new Uint8Array(payload) };
}

/** Groups of the messages of each frame that leaves. */
function drain(outbox: Outbox, withBulk = true): string[] {
  const frames: string[] = [];
  for (let batch = outbox.take(withBulk); batch !== undefined; batch = outbox.take(withBulk)) {
    frames.push(batch.messages.map(({ group }) => group).join(''));
  }
  return frames;
}

test('messages leave in order, urgent ones first, as many in a frame as fit', () => {
  const outbox = new Outbox(limits);
  for (const [type, name] of [
    [APPEND, 'a'],
    [HEARTBEAT, 'h'],
    [APPEND, 'b'],
    [APPEND, 'c'],
    [HEARTBEAT, 'i'],
  ] as const) {
    expect(outbox.push(message(type, name, type === APPEND ? 136 : 36))).toBe(true);
  }
  // Two of 100 and one of 200 make 400; another 200 would exceed the frame's 500.
  expect(drain(outbox)).toEqual(['hia', 'bc']);
  expect(outbox.bytes).toBe(0);
});

test('while entries may not leave, urgent messages do', () => {
  const outbox = new Outbox(limits);
  outbox.push(message(APPEND, 'a', 10));
  outbox.push(message(HEARTBEAT, 'h', 10));
  expect(drain(outbox, false)).toEqual(['h']);
  expect(drain(outbox)).toEqual(['a']);
});

test('at its bound a queue drops, the other one still takes; what has left makes room', () => {
  const outbox = new Outbox(limits);
  for (let count = 0; count < 5; count++) expect(outbox.push(message(APPEND, 'a', 136))).toBe(true);
  expect(outbox.bytes).toBe(1000);
  expect(outbox.push(message(APPEND, 'b', 0))).toBe(false);
  for (let count = 0; count < 3; count++) expect(outbox.push(message(HEARTBEAT, 'h', 36))).toBe(true);
  expect(outbox.push(message(HEARTBEAT, 'i', 0))).toBe(false);
  expect(outbox.take(true)?.messages.length).toBe(4);
  expect(outbox.push(message(APPEND, 'b', 0))).toBe(true);
  expect(drain(outbox)).toEqual(['aa', 'aab']);
});

test('a message larger than a frame is a frame of its own', () => {
  const outbox = new Outbox(limits);
  outbox.push(message(APPEND, 'a', 10));
  outbox.push(message(APPEND, 'B', 700));
  outbox.push(message(APPEND, 'c', 10));
  expect(drain(outbox)).toEqual(['a', 'B', 'c']);
});

test('clearing says how many were dropped', () => {
  const outbox = new Outbox(limits);
  for (let count = 0; count < 4; count++) outbox.push(message(APPEND, 'a', 136));
  outbox.push(message(HEARTBEAT, 'h', 0));
  outbox.take(true);
  expect(outbox.clear()).toBe(2);
  expect(outbox.bytes).toBe(0);
  expect(outbox.take(true)).toBeUndefined();
});
