import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { applyEntry } from '../execution/apply.js';
import { encodeEntry } from '../execution/entry-codec.js';
import type { CallToRemember } from '../execution/plan.js';
import { type CallName, callKey, rememberedCall } from '../execution/remembered-calls.js';
import { MemoryState } from '../namespace/test/memory-state.js';
import type { AppliedPosition } from '../storage/state-store.js';
import { CallMemory } from './call-memory.js';

const { Status, Type } = hadoop.ozone;
const EXPIRY_MS = 100;
const START: AppliedPosition = {
  index: 0,
  term: 0,
  managedIndex: 0n,
  digest: new Uint8Array(32),
  membership: { voters: [1], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
};

const key = (callId: number) => callKey('c', BigInt(callId));
const name = (callId: number, request = 1): CallName => ({
  clientId: 'c',
  callId: BigInt(callId),
  requestDigest: Buffer.alloc(32, request),
});

/** A leader that plans and applies calls; between the two others may be planned. */
class Leader {
  readonly underWay = new Set<string>();
  readonly memory: CallMemory;
  position = START;

  constructor(
    readonly state = new MemoryState(),
    public term = 1,
  ) {
    const underWay = (of: Uint8Array) => this.underWay.has(text(of));
    this.memory = new CallMemory({ state, expiryMs: EXPIRY_MS, underWay });
  }

  recall(callId: number, wallMs: bigint, request = 1) {
    return this.memory.recall(key(callId), name(callId, request), this.memory.planTimeMs(this.term, wallMs));
  }

  plan(
    callId: number,
    wallMs: bigint,
  ): { readonly callId: number; readonly nowMs: bigint; readonly call: CallToRemember } {
    this.underWay.add(text(key(callId)));
    const nowMs = this.memory.planTimeMs(this.term, wallMs);
    return { callId, nowMs, call: this.memory.entry(key(callId), name(callId), nowMs) };
  }

  apply({ callId, nowMs, call }: ReturnType<Leader['plan']>): void {
    const data = encodeEntry({
      type: Type.EchoRPC,
      managedIndex: 1n,
      planTerm: BigInt(this.term),
      planTimeMs: nowMs,
      operations: call.forget,
      answer: { status: Status.OK, message: `call ${callId} at ${nowMs}`, body: {} },
      clientId: 'c',
      callId: call.callId,
      requestDigest: call.requestDigest,
    });
    const { index } = this.position;
    this.position = applyEntry(this.state, this.position, { index: index + 1, term: this.term, type: 0, data });
    this.underWay.delete(text(key(callId)));
  }

  run(callId: number, wallMs: bigint): void {
    this.apply(this.plan(callId, wallMs));
  }

  get remembered(): number {
    return [...this.state.scan('retry', {})].length;
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('what a leader remembers', () => {
  it('is told again, and to nobody who asks for something else (LE-RETRY-1, LE-RETRY-3)', () => {
    const leader = new Leader();
    expect(leader.recall(1, 1000n)).toBeUndefined();
    leader.run(1, 1000n);
    expect(leader.recall(1, 1099n)).toEqual({ status: Status.OK, message: 'call 1 at 1000', body: {} });
    expect(leader.recall(1, 1099n, 2)).toMatchObject({ status: Status.INVALID_REQUEST });
    expect(leader.recall(2, 1099n)).toBeUndefined();
  });

  it('is forgotten by its time, whether or not its rows are dropped yet (LE-RETRY-4)', () => {
    const leader = new Leader();
    leader.run(1, 1000n);
    expect(leader.recall(1, 1100n)).toBeUndefined();
    expect(leader.remembered).toBe(1);
    leader.run(2, 1100n);
    expect(leader.remembered).toBe(1);
    expect(rememberedCall(leader.state, key(1))).toBeUndefined();
  });

  it('is dropped once, also by entries that were planned before the first of them was applied', () => {
    const leader = new Leader();
    for (let id = 0; id < 10; id++) leader.run(id, 1000n);
    const plans = [100, 101, 102].map((id) => leader.plan(id, 2000n));
    expect(plans.map(({ call }) => call.forget.length)).toEqual([8, 8, 4]);
    for (const plan of plans) leader.apply(plan);
    expect(leader.remembered).toBe(3);
  });

  it('is dropped by a later entry when one was not proposed', () => {
    const leader = new Leader();
    for (let id = 0; id < 3; id++) leader.run(id, 1000n);
    expect(leader.plan(100, 2000n).call.forget).toHaveLength(6);
    leader.memory.unproposed();
    leader.run(101, 2000n);
    expect(leader.remembered).toBe(1);
  });

  it('keeps a call that is carried out again while others drop what is old', () => {
    const leader = new Leader();
    leader.run(1, 1000n);
    const again = leader.plan(1, 2000n);
    leader.memory.unproposed();
    const other = leader.plan(2, 2001n);
    leader.apply(again);
    leader.apply(other);
    expect(leader.recall(1, 2050n)).toMatchObject({ message: 'call 1 at 2000' });
    expect([...leader.state.scan('retryTime', {})]).toHaveLength(2);
  });

  it('gets times that never go back, whichever node leads and whatever its clock says', () => {
    const state = new MemoryState();
    const fast = new Leader(state);
    fast.run(1, 5000n);
    expect(fast.memory.planTimeMs(1, 4000n)).toBe(5000n);
    const slow = new Leader(state, 2);
    expect(slow.plan(2, 100n).nowMs).toBe(5000n);
    expect(slow.plan(3, 5001n).nowMs).toBe(5001n);
    expect(slow.memory.planTimeMs(2, 0n)).toBe(5001n);
    // A wall clock that jumped for a call that was never planned does not count.
    expect(slow.memory.planTimeMs(2, 9000n)).toBe(9000n);
    expect(slow.memory.planTimeMs(2, 0n)).toBe(5001n);
  });

  it('never grows beyond what its expiry holds, and its two tables agree, over any history', () => {
    const act = fc.record({
      call: fc.nat(20),
      after: fc.nat(40),
      what: fc.constantFrom('run', 'plan', 'apply', 'drop', 'term'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
        const leader = new Leader();
        let nowMs = 1000n;
        let open: ReturnType<Leader['plan']>[] = [];
        const told = new Map<number, { readonly atMs: bigint }>();
        const applyAll = () => {
          for (const plan of open) {
            leader.apply(plan);
            told.set(plan.callId, { atMs: plan.nowMs });
          }
          open = [];
        };
        for (const { call, after, what } of acts) {
          nowMs += BigInt(after);
          if (what === 'apply') applyAll();
          if (what === 'drop') {
            for (const { callId } of open) leader.underWay.delete(text(key(callId)));
            open = [];
            leader.memory.unproposed();
          }
          if (what === 'term') {
            applyAll();
            leader.term++;
          }
          if (leader.underWay.has(text(key(call)))) continue;
          const last = told.get(call);
          const expected = last !== undefined && last.atMs + BigInt(EXPIRY_MS) > nowMs;
          expect(leader.recall(call, nowMs) !== undefined).toBe(expected);
          if (!expected && (what === 'run' || what === 'plan')) {
            if (what === 'run') applyAll();
            open.push(leader.plan(call, nowMs));
            if (what === 'run') applyAll();
          }
        }
        applyAll();
        const timed = [...leader.state.scan('retryTime', {})].map(([row]) => text(row.subarray(8)));
        expect(timed.toSorted()).toEqual([...leader.state.scan('retry', {})].map(([row]) => text(row)));
        // Whoever comes drops what is left of the old ones.
        for (let id = 0; id < 8; id++) leader.run(1000 + id, nowMs + 1000n);
        expect(leader.remembered).toBe(8);
      }),
      { numRuns: 150 },
    );
  });
});
