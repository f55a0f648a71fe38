import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { ReadCommand } from '../namespace/command.js';
import { MemoryState } from '../namespace/test/memory-state.js';
import type { OmCall, OmReply } from '../service/om-call.js';
import { refusalDetails } from '../service/refusals.js';
import { NODE_PARTS } from './compose.js';
import { parseConfiguration } from './configuration.js';
import { Confirmations } from './confirmations.js';
import { newCounters } from './counters.js';
import type { GroupView } from './group-view.js';
import { ReadPath } from './read-path.js';

const { ReadConsistencyProto, Status, Type } = hadoop.ozone;
const EMPTY = { voters: [1, 2, 3], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false };
const command: ReadCommand = {
  type: Type.InfoVolume,
  readClass: 'coordinated',
  answer: () => ({ status: Status.OK, body: {} }),
};

/** A read path whose node is what the test says, with the clock that it says. */
class Bench {
  leads = false;
  applied = 10;
  committed = 10;
  notServing: string | undefined;
  nowMs = 0;
  wakes = 0;
  readonly counters = newCounters();
  readonly told: string[] = [];
  readonly confirmations: Confirmations;
  readonly reads: ReadPath;

  constructor(settings: Readonly<Record<string, string>> = {}) {
    const bench = this;
    const view: GroupView = {
      group: 'main',
      self: { id: 1, node: 'om1', address: '127.0.0.1:1' },
      parts: NODE_PARTS,
      configuration: parseConfiguration({ 'ozone.om.follower.read.enabled': 'true', ...settings }),
      clock: {
        wallMs: () => 0n,
        monotonicMs: () => bench.nowMs,
        every: () => () => undefined,
        soon: () => undefined,
        after: () => () => undefined,
      },
      counters: this.counters,
      readContext: { user: 'om', services: () => [] },
      state: new MemoryState(),
      get position() {
        return { index: bench.applied, term: 1, managedIndex: 0n, digest: new Uint8Array(32), membership: EMPTY };
      },
      role: () => ({ role: bench.leads ? 'leader' : 'follower', term: 1, appliedTerm: 1 }),
      leader: () => ({ id: bench.leads ? 1 : 2, node: bench.leads ? 'om1' : 'om2', address: '127.0.0.1:2' }),
      sinceLeaderHeardMs: () => 0,
      commitIndex: () => bench.committed,
      notServing: () => bench.notServing,
      wake: () => {
        bench.wakes++;
      },
    };
    this.confirmations = new Confirmations(view);
    this.reads = new ReadPath(view, this.confirmations);
  }

  /** Answers what the client does when it goes away. */
  read(name: string, seen: bigint | undefined, readConsistency?: hadoop.ozone.ReadConsistencyProto): () => void {
    const listeners: (() => void)[] = [];
    const hint = readConsistency === undefined ? {} : { readConsistencyHint: { readConsistency } };
    const call: OmCall = {
      request: { cmdType: Type.InfoVolume, clientId: 'c', ...hint },
      user: '',
      stateVector: seen === undefined ? undefined : new Map([['main', seen]]),
      name: () => undefined,
      cancelled: false,
      onCancelled: (listener) => listeners.push(listener),
      reply: (reply) => this.told.push(`${name}: ${wordOf(reply)}`),
      fault: (error) => {
        throw error;
      },
    };
    this.reads.submit(call, command);
    return () => {
      for (const listener of listeners) listener();
    };
  }

  apply(index: number): void {
    this.applied = index;
    this.committed = Math.max(index, this.committed);
    this.reads.applied();
    this.reads.answerDue();
  }
}

function wordOf(reply: OmReply): string {
  if (reply.kind === 'answer') return 'answer';
  return /(\w+): /.exec(refusalDetails(reply.refusal))?.[1] ?? '';
}

describe('waiting reads (FR-QUEUE)', () => {
  it('are answered by the apply that satisfies them, others wait on, and nobody looks in between', () => {
    const bench = new Bench();
    for (const seen of [12n, 11n, 14n]) bench.read(`${seen}`, seen);
    expect([bench.told, bench.reads.waiting, bench.counters.requeued_reads]).toEqual([[], 3, 3]);
    for (let tick = 0; tick < 100; tick++) {
      bench.reads.expire();
      bench.reads.answerDue();
    }
    expect(bench.counters.wait_rechecks).toBe(0);
    bench.apply(12);
    expect(bench.told).toEqual(['11: answer', '12: answer']);
    expect([bench.reads.waiting, bench.counters.wait_rechecks]).toEqual([1, 3]);
    bench.apply(20);
    expect(bench.told.at(-1)).toBe('14: answer');
    expect(bench.reads.waiting).toBe(0);
  });

  it('leave in slices, the oldest first, and nobody is forgotten', () => {
    const bench = new Bench();
    for (let n = 0; n < 200; n++) bench.read(`${n}`, 11n);
    bench.apply(11);
    expect(bench.told).toHaveLength(16);
    expect(bench.reads.hasDue).toBe(true);
    for (let turn = 0; turn < 12; turn++) bench.reads.answerDue();
    expect(bench.told).toEqual(Array.from({ length: 200 }, (_, n) => `${n}: answer`));
    expect([bench.reads.hasDue, bench.reads.waiting]).toEqual([false, 0]);
  });

  it('are refused beyond their bound, which those that leave give free (FR-QUEUE-6, FR-QUEUE-7)', () => {
    const bench = new Bench({ 'ozone.om.follower.read.wait.queue.limit': '2' });
    const leave = bench.read('a', 11n);
    bench.read('b', 11n);
    bench.read('c', 11n);
    expect(bench.told).toEqual(['c: RetriableException']);
    expect([bench.counters.rejected_reads, bench.reads.waiting]).toEqual([1, 2]);
    leave();
    leave();
    expect([bench.counters.dropped_reads, bench.reads.waiting]).toEqual([1, 1]);
    bench.read('d', 11n);
    // What need not wait is answered, however many do.
    bench.read('e', 10n);
    bench.apply(11);
    expect(bench.told.slice(1)).toEqual(['e: answer', 'b: answer', 'd: answer']);
  });

  it('wait as long as they may, each by its own time-out (FR-QUEUE-5, RC-3)', () => {
    const bench = new Bench();
    bench.read('seen', 11n);
    bench.read('hint', undefined, ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER);
    bench.nowMs = 9_999;
    bench.reads.expire();
    expect(bench.told).toEqual([]);
    bench.nowMs = 10_000;
    bench.reads.expire();
    expect(bench.told).toEqual(['hint: ReadException']);
    bench.nowMs = 20_000;
    bench.reads.expire();
    expect(bench.told.at(-1)).toBe('seen: RetriableException');
    expect([bench.counters.expired_reads, bench.reads.waiting]).toEqual([2, 0]);
  });

  it('are refused when the node serves no longer, in rounds and in the heap (FR-ADMIT-7)', () => {
    const bench = new Bench();
    bench.read('seen', 11n);
    bench.read('hint', undefined, ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER);
    bench.read('confirmed', undefined, ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER);
    bench.notServing = 'it is taking in a snapshot';
    bench.reads.reconsider();
    expect(bench.told.sort()).toEqual([
      'confirmed: RetriableException',
      'hint: RetriableException',
      'seen: RetriableException',
    ]);
    bench.read('late', 5n);
    expect(bench.told.at(-1)).toBe('late: RetriableException');
    expect(bench.reads.waiting).toBe(0);
  });

  it('are refused, though confirmed, when a snapshot takes the state away that they wait for', () => {
    const bench = new Bench();
    bench.read('hint', undefined, ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER);
    bench.confirmations.confirmed(bench.confirmations.nextRound() ?? 0, 15);
    expect(bench.reads.waiting).toBe(1);
    bench.notServing = 'it is taking in a snapshot';
    bench.reads.reconsider();
    expect(bench.told).toEqual(['hint: RetriableException']);
  });
});

describe('a node that becomes leader, or stops to be one (FR-ADMIT-5, FR-ADMIT-7)', () => {
  it('has confirmed what nobody may ever send it, and waits on for what is committed', () => {
    const bench = new Bench();
    bench.committed = 12;
    bench.read('committed', 12n);
    bench.read('unknown', 500n);
    bench.leads = true;
    bench.reads.reconsider();
    expect([bench.told, bench.reads.waiting]).toEqual([[], 2]);
    const round = bench.confirmations.nextRound() ?? 0;
    bench.confirmations.confirmed(round, 12);
    bench.apply(12);
    expect(bench.told).toEqual(['committed: answer', 'unknown: answer']);
  });

  it('answers at the confirmed index, not below it, though the state that was seen is nearer', () => {
    const bench = new Bench();
    bench.leads = true;
    bench.read('unknown', 11n);
    bench.confirmations.confirmed(bench.confirmations.nextRound() ?? 0, 13);
    bench.apply(11);
    bench.apply(12);
    expect(bench.told).toEqual([]);
    bench.apply(13);
    expect(bench.told).toEqual(['unknown: answer']);
  });

  it('has what it could not confirm refused', () => {
    const bench = new Bench();
    bench.leads = true;
    bench.read('unknown', 500n);
    bench.leads = false;
    bench.confirmations.fail('deposed');
    expect(bench.told).toEqual(['unknown: ExecutionException']);
    expect(bench.reads.waiting).toBe(0);
  });

  it('asks where a read is served that wanted the leader’s state and has it now', () => {
    const bench = new Bench();
    bench.leads = true;
    bench.committed = 12;
    bench.read('leader’s', 12n, ReadConsistencyProto.DEFAULT);
    bench.leads = false;
    bench.apply(12);
    expect(bench.told).toEqual(['leader’s: OMNotLeaderException']);
  });
});

describe('a read that is gone', () => {
  it('is asked about no more', () => {
    const bench = new Bench();
    const leave = bench.read('hint', undefined, ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER);
    leave();
    expect(bench.confirmations.nextRound()).toBeUndefined();
    expect(bench.told).toEqual([]);
  });
});
