import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { MemoryState } from '../namespace/test/memory-state.js';
import type { AppliedPosition } from '../storage/state-store.js';
import { encode } from '../wire/plain.js';
import { applyEntry } from './apply.js';
import { encodeEntry, type Transition } from './entry-codec.js';
import {
  callKey,
  expired,
  forgetCall,
  forgetTime,
  newestCallTimeMs,
  oldestCalls,
  otherRequest,
  rememberedAnswer,
  rememberedCall,
} from './remembered-calls.js';

const { Type, Status, OMRequest, OMResponse } = hadoop.ozone;

const START: AppliedPosition = {
  index: 6,
  term: 2,
  managedIndex: 4n,
  digest: new Uint8Array(32),
  membership: { voters: [1], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
};
const DIGEST = Buffer.alloc(32, 0xd1);
const KEY = callKey('client', 9n);

function step(fields: Partial<Transition> = {}): Transition {
  return {
    type: Type.CreateVolume,
    managedIndex: 5n,
    planTerm: 2n,
    planTimeMs: 1000n,
    operations: [],
    answer: { status: Status.OK, body: { createVolumeResponse: {} } },
    clientId: 'client',
    callId: 9n,
    requestDigest: DIGEST,
    ...fields,
  };
}

function applied(data: Uint8Array, state = new MemoryState(), term = 2) {
  return { state, position: applyEntry(state, START, { index: 7, term, type: 0, data }) };
}

const rows = (state: MemoryState) => [...state.scan('retry', {})].length + [...state.scan('retryTime', {})].length;

describe('an entry that names its call', () => {
  it.each([
    ['accepted', step().answer],
    ['refused', { status: Status.VOLUME_ALREADY_EXISTS, message: 'it is there', body: {} }],
  ])('puts its answer in memory, %s or not (LE-RETRY-1, LE-PLAN-3)', (_title, answer) => {
    const { state } = applied(encodeEntry(step({ answer })));
    const call = rememberedCall(state, KEY);
    expect(call).toMatchObject({ planTimeMs: 1000n, requestDigest: DIGEST });
    expect(call && rememberedAnswer(call)).toEqual(answer);
    expect(call && OMResponse.decode(call.response).cmdType).toBe(Type.CreateVolume);
    expect([...oldestCalls(state, undefined, 10)]).toMatchObject([{ planTimeMs: 1000n, key: KEY }]);
    expect(rows(state)).toBe(2);
  });

  it.each([
    ['has no call id', step({ callId: undefined, requestDigest: undefined }), 2],
    ['has no client id', step({ clientId: '' }), 2],
    ['stands in another term than it was planned in', step(), 3],
  ])('is not remembered when it %s', (_title, transition, term) => {
    expect(rows(applied(encodeEntry(transition), new MemoryState(), term).state)).toBe(0);
  });

  it('cannot have a digest of another length (LE-APPLY-5)', () => {
    expect(() => applied(encodeEntry(step({ requestDigest: new Uint8Array(20) })))).toThrow(
      /ENTRY_UNDECODABLE: entry 7.*20 bytes/,
    );
  });

  it('has the same rolling digest whatever it is called and answered (LE-APPLY-6)', () => {
    const { digest } = applied(encodeEntry(step())).position;
    const other = step({ callId: 10n, answer: { status: Status.INTERNAL_ERROR, message: 'x', body: {} } });
    expect(applied(encodeEntry(other)).position.digest).toEqual(digest);
    expect(applied(encodeEntry(step({ callId: undefined, requestDigest: undefined }))).position.digest).toEqual(digest);
  });

  it('keeps what it does not know of an answer, so that replicas of two versions hold the same row (LE-APPLY-6)', () => {
    const answer = Buffer.concat([
      encode(OMResponse, { cmdType: Type.CreateVolume, status: Status.OK, success: true }),
      Buffer.from('827d03616263', 'hex'),
    ]);
    const { state } = applied(Buffer.from(withAnswer(answer)));
    expect(Buffer.from(rememberedCall(state, KEY)?.response ?? []).toString('hex')).toBe(answer.toString('hex'));
  });

  it('carries out its own drops before it remembers', () => {
    const state = new MemoryState();
    applied(encodeEntry(step()), state);
    const again = step({ planTimeMs: 5000n, operations: [forgetTime(1000n, KEY)] });
    applied(encodeEntry(again), state);
    expect(rememberedCall(state, KEY)?.planTimeMs).toBe(5000n);
    expect([...oldestCalls(state, undefined, 10)].map(({ planTimeMs }) => planTimeMs)).toEqual([5000n]);
    const [old] = oldestCalls(state, undefined, 1);
    if (old !== undefined) state.run(forgetCall(old));
    expect(rows(state)).toBe(0);
  });

  /** An entry whose answer is these bytes: the generated encoder writes no field that it does not know. */
  function withAnswer(answer: Uint8Array): Uint8Array {
    const marker = Buffer.from('MARKER'.repeat(10));
    const traceID = marker.toString();
    const wire = {
      ...{ managedIndex: 5n, batch: {}, cmdType: Type.CreateVolume, envelopeVersion: 1, planTerm: 2n },
      ...{ clientId: 'client', callId: 9n, requestDigest: DIGEST },
      response: { cmdType: Type.CreateVolume, status: Status.OK, traceID },
    };
    const steps = encode(hadoop.ozone.ReplicatedStateTransition, wire);
    const old = encode(OMResponse, wire.response);
    const at = Buffer.from(steps).indexOf(Buffer.from(old));
    expect([steps[at - 2], steps[at - 1]]).toEqual([0x1a, old.length]);
    const changed = Buffer.concat([
      steps.subarray(0, at - 1),
      Buffer.from([answer.length]),
      answer,
      steps.subarray(at + old.length),
    ]);
    const nested = (tag: number[], bytes: Uint8Array) =>
      Buffer.concat([Buffer.from([...tag, (bytes.length & 0x7f) | 0x80, bytes.length >> 7]), bytes]);
    const head = encode(OMRequest, { cmdType: Type.CreateVolume, clientId: '' });
    return Buffer.concat([head, nested([0xc2, 0x0c], nested([0x0a], changed))]);
  }
});

describe('the key of a call', () => {
  it('is as long for a short client id as for a long one, and another for each client and call', () => {
    const keys = [callKey('a', 1n), callKey('a', 2n), callKey('b', 1n), callKey('b'.repeat(100_000), 2n ** 64n - 1n)];
    expect(keys.map((key) => key.length)).toEqual([24, 24, 24, 24]);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(4);
  });
});

describe('time in memory', () => {
  it.each([
    [1000n, 1000n, 600, false],
    [1000n, 1599n, 600, false],
    [1000n, 1600n, 600, true],
    [1000n, 5n, 600, false],
  ])('a call of %s is at %s, with an expiry of %s ms, forgotten: %s (LE-RETRY-4)', (planned, now, expiry, gone) => {
    expect(expired(planned, now, expiry)).toBe(gone);
  });

  it('knows the newest call, whatever the times', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.bigInt(0n, 2n ** 64n - 1n), { maxLength: 8 }), (times) => {
        const state = new MemoryState();
        for (const planTimeMs of times) applied(encodeEntry(step({ planTimeMs, callId: planTimeMs })), state);
        expect(newestCallTimeMs(state)).toBe(times.reduce((most, time) => (time > most ? time : most), 0n));
        const sorted = times.toSorted((a, b) => (a < b ? -1 : 1));
        expect([...oldestCalls(state, undefined, 100)].map(({ planTimeMs }) => planTimeMs)).toEqual(sorted);
      }),
      { numRuns: 50 },
    );
  });

  it('is walked from the oldest on, a few at a time', () => {
    const state = new MemoryState();
    for (const callId of [1n, 2n, 3n, 4n, 5n]) applied(encodeEntry(step({ callId, planTimeMs: callId })), state);
    const [, second] = oldestCalls(state, undefined, 2);
    expect([...oldestCalls(state, second?.timeKey, 2)].map(({ planTimeMs }) => planTimeMs)).toEqual([3n, 4n]);
  });
});

it('says which call id was used for another request (LE-RETRY-3)', () => {
  expect(otherRequest(9n)).toMatchObject({
    status: Status.INVALID_REQUEST,
    message: expect.stringContaining('9'),
    body: {},
  });
});
