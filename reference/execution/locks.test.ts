import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lock } from '../namespace/command.js';
import { compareLocks, isExclusive, lockName, orderedLocks } from './lock-order.js';
import { type LockHold, LockTable } from './locks.js';

const container = (objectId: bigint, mode: 'shared' | 'exclusive'): Lock => ({ kind: 'container', objectId, mode });
const slot = (parentObjectId: bigint, name: string): Lock => ({ kind: 'slot', parentObjectId, name });

const anyLock: fc.Arbitrary<Lock> = fc.oneof(
  fc.record({
    kind: fc.constant('container' as const),
    objectId: fc.bigInt(0n, 3n),
    mode: fc.constantFrom('shared' as const, 'exclusive' as const),
  }),
  fc.record({ kind: fc.constant('slot' as const), parentObjectId: fc.bigInt(0n, 3n), name: fc.constantFrom('a', 'b') }),
);

describe('the order of locks (LE-LOCK-4)', () => {
  it('goes by object, container before slots, slots by name', () => {
    const locks = [slot(2n, 'b'), slot(2n, 'a'), container(10n, 'shared'), container(2n, 'exclusive'), slot(0n, 'z')];
    expect(orderedLocks(locks).map(lockName)).toEqual(['0/z', '2', '2/a', '2/b', '10']);
  });

  it('takes each lock once, exclusive when one of two asks for that', () => {
    expect(orderedLocks([container(1n, 'exclusive'), container(1n, 'shared')])).toEqual([container(1n, 'exclusive')]);
    expect(orderedLocks([container(1n, 'shared'), container(1n, 'exclusive')])).toEqual([container(1n, 'exclusive')]);
    expect(orderedLocks([slot(1n, 'a'), slot(1n, 'a')])).toEqual([slot(1n, 'a')]);
  });

  it('is total, and the same whatever order the locks come in', () => {
    fc.assert(
      fc.property(fc.array(anyLock, { maxLength: 8 }), (locks) => {
        const ordered = orderedLocks(locks);
        expect(orderedLocks(locks.toReversed())).toEqual(ordered);
        for (let at = 1; at < ordered.length; at += 1) {
          const [left, right] = [ordered[at - 1], ordered[at]];
          expect(left && right && compareLocks(left, right)).toBe(-1);
        }
      }),
    );
  });
});

/** Requests by name, to see who was granted when. */
class Bench {
  readonly table: LockTable;
  readonly granted: string[] = [];
  readonly holds = new Map<string, LockHold>();

  constructor(maxWaiting = 100) {
    this.table = new LockTable({ maxWaiting });
  }

  ask(name: string, ...locks: Lock[]): void {
    this.holds.set(
      name,
      this.table.acquire(locks, () => this.granted.push(name)),
    );
  }

  release(name: string): void {
    this.holds.get(name)?.release();
  }
}

describe('the lock table', () => {
  it('grants free locks before acquire returns', () => {
    const bench = new Bench();
    bench.ask('none');
    bench.ask('a', slot(0n, 'x'));
    expect(bench.granted).toEqual(['none', 'a']);
    expect(bench.table.waiting).toBe(0);
  });

  it('lets those who share go together and those who do not wait (LE-LOCK-2, LE-LOCK-3)', () => {
    const bench = new Bench();
    bench.ask('s1', container(1n, 'shared'));
    bench.ask('s2', container(1n, 'shared'));
    bench.ask('x', container(1n, 'exclusive'));
    expect(bench.granted).toEqual(['s1', 's2']);
    bench.release('s1');
    expect(bench.granted).toEqual(['s1', 's2']);
    bench.release('s2');
    expect(bench.granted).toEqual(['s1', 's2', 'x']);
  });

  it('serves first who came first: sharers do not pass one who waits to be alone', () => {
    const bench = new Bench();
    bench.ask('s1', container(1n, 'shared'));
    bench.ask('x', container(1n, 'exclusive'));
    bench.ask('s2', container(1n, 'shared'));
    bench.ask('s3', container(1n, 'shared'));
    expect(bench.granted).toEqual(['s1']);
    bench.release('s1');
    expect(bench.granted).toEqual(['s1', 'x']);
    bench.release('x');
    expect(bench.granted).toEqual(['s1', 'x', 's2', 's3']);
  });

  it('does not let two ask for the same two in different order and wait for each other', () => {
    const bench = new Bench();
    bench.ask('ab', slot(1n, 'a'), slot(1n, 'b'));
    bench.ask('ba', slot(1n, 'b'), slot(1n, 'a'));
    bench.release('ab');
    expect(bench.granted).toEqual(['ab', 'ba']);
  });

  it('forgets a request that is taken back, and lets those behind it go', () => {
    const bench = new Bench();
    bench.ask('s1', container(1n, 'shared'));
    bench.ask('x', container(1n, 'exclusive'));
    bench.ask('s2', container(1n, 'shared'));
    bench.release('x');
    expect(bench.granted).toEqual(['s1', 's2']);
    bench.release('s1');
    bench.release('s2');
    bench.release('s2');
    expect(bench.table.size).toBe(0);
  });

  it('gives back what a request held that waited for its second lock', () => {
    const bench = new Bench();
    bench.ask('b', slot(1n, 'b'));
    bench.ask('ab', slot(1n, 'a'), slot(1n, 'b'));
    bench.ask('a', slot(1n, 'a'));
    bench.release('ab');
    expect(bench.granted).toEqual(['b', 'a']);
  });

  it('refuses one more than may wait, which then holds nothing', () => {
    const bench = new Bench(1);
    bench.ask('x', slot(1n, 'b'));
    bench.ask('waits', slot(1n, 'b'));
    expect(() => bench.ask('refused', slot(1n, 'a'), slot(1n, 'b'))).toThrow(/LOCK_QUEUE_FULL/);
    bench.ask('a', slot(1n, 'a'));
    expect(bench.granted).toEqual(['x', 'a']);
    bench.release('x');
    expect(bench.granted).toEqual(['x', 'a', 'waits']);
  });

  it('drops everything when leadership is lost, and late releases touch nobody (LE-LOCK-1)', () => {
    const bench = new Bench();
    bench.ask('old', slot(1n, 'a'));
    bench.ask('waits', slot(1n, 'a'));
    bench.table.dropAll();
    expect(bench.table.size).toBe(0);
    expect(bench.table.waiting).toBe(0);
    bench.ask('new', slot(1n, 'a'));
    bench.ask('next', slot(1n, 'a'));
    bench.release('old');
    bench.release('waits');
    expect(bench.granted).toEqual(['old', 'new']);
    bench.release('new');
    expect(bench.granted).toEqual(['old', 'new', 'next']);
  });

  it('goes through a long queue without recursion, also when each one lets go at once', () => {
    const table = new LockTable({ maxWaiting: 50_000 });
    const first = table.acquire([slot(1n, 'a')], () => {});
    let done = 0;
    for (let at = 0; at < 20_000; at += 1) {
      const hold: LockHold = table.acquire([slot(1n, 'a')], () => {
        done += 1;
        hold.release();
      });
    }
    first.release();
    expect(done).toBe(20_000);
    expect(table.size).toBe(0);
  });

  it('serves the others when one who was granted fails', () => {
    const table = new LockTable({ maxWaiting: 10 });
    const first = table.acquire([container(1n, 'exclusive')], () => {});
    let served = false;
    table.acquire([container(1n, 'shared')], () => {
      throw new Error('its own fault');
    });
    table.acquire([container(1n, 'shared')], () => {
      served = true;
    });
    expect(() => first.release()).toThrow('its own fault');
    expect(served).toBe(true);
  });
});

describe('any sequence of requests', () => {
  const step = fc.oneof(
    fc.record({ ask: fc.array(anyLock, { maxLength: 4 }) }),
    fc.record({ end: fc.nat() }),
    fc.record({ end: fc.nat() }),
  );

  it('never has two holders that exclude each other, serves in order, and ends with everyone served', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new LockTable({ maxWaiting: 1000 });
        interface Asked {
          readonly locks: readonly Lock[];
          granted: boolean;
          hold: LockHold;
        }
        const open: Asked[] = [];
        const check = (): void => {
          const holders = open.filter(({ granted }) => granted);
          for (const [at, one] of holders.entries()) {
            for (const other of holders.slice(at + 1)) expect(excludes(one.locks, other.locks)).toBe(false);
          }
          // Who waits has somebody in his way, who holds or waits for the same.
          for (const one of open.filter(({ granted }) => !granted)) {
            expect(open.some((other) => other !== one && excludes(other.locks, one.locks))).toBe(true);
          }
        };
        for (const { ask, end } of steps as { ask?: Lock[]; end?: number }[]) {
          if (ask !== undefined) {
            const asked: Asked = { locks: ask, granted: false, hold: { release: () => {} } };
            open.push(asked);
            asked.hold = table.acquire(ask, () => {
              // First come, first served at the lock where both have to begin.
              const before = open.slice(0, open.indexOf(asked)).filter(({ granted }) => !granted);
              expect(before.filter(({ locks }) => excludes(first(locks), first(ask)))).toEqual([]);
              asked.granted = true;
            });
          } else if (end !== undefined && open.length > 0) {
            const [ended] = open.splice(end % open.length, 1);
            ended?.hold.release();
          }
          check();
        }
        // Only holders are ended from here on: if anybody waited in a circle, none would be left to end.
        while (open.length > 0) {
          const at = open.findIndex(({ granted }) => granted);
          expect(at).toBeGreaterThanOrEqual(0);
          const [ended] = open.splice(at, 1);
          ended?.hold.release();
          check();
        }
        expect(table.size).toBe(0);
        expect(table.waiting).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('of 10,000 crossing pairs never stands still (LE-LOCK-4)', () => {
    const table = new LockTable({ maxWaiting: 20_000 });
    const running: LockHold[] = [];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    let served = 0;
    for (let pair = 0; pair < 10_000; pair += 1) {
      const [from, to] = [slot(BigInt(random(5)), 'k'), slot(BigInt(random(5)), 'k')];
      const hold: LockHold = table.acquire([from, to], () => {
        served += 1;
        queueMicrotask(() => running.push(hold));
      });
    }
    return new Promise<void>((done) => {
      const turn = (): void => {
        const hold = running.shift();
        if (hold === undefined) {
          expect(served).toBe(10_000);
          expect(table.size).toBe(0);
          done();
          return;
        }
        hold.release();
        setImmediate(turn);
      };
      setImmediate(turn);
    });
  });
});

function first(locks: readonly Lock[]): readonly Lock[] {
  return orderedLocks(locks).slice(0, 1);
}

function excludes(left: readonly Lock[], right: readonly Lock[]): boolean {
  return left.some((one) =>
    right.some((other) => lockName(one) === lockName(other) && (isExclusive(one) || isExclusive(other))),
  );
}
