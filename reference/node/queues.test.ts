import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineQueue } from './deadlines.js';
import { ReadRounds } from './read-rounds.js';
import { WaitingReads } from './waiting-reads.js';

describe('waiting reads', () => {
  it('releases what is applied, by index, then by arrival', () => {
    const reads = new WaitingReads<string>();
    for (const [index, name] of [
      [7, 'a'],
      [5, 'b'],
      [7, 'c'],
      [9, 'd'],
    ] as const)
      reads.add(index, name);
    expect(reads.release((index) => index <= 4)).toEqual([]);
    expect(reads.release((index) => index <= 7)).toEqual(['b', 'a', 'c']);
    expect(reads.indexOf('d')).toBe(9);
    expect(reads.drain()).toEqual(['d']);
    expect(reads.size).toBe(0);
  });

  it('lets go of one that leaves, once', () => {
    const reads = new WaitingReads<number>();
    reads.add(1, 1);
    reads.add(1, 2);
    expect([reads.remove(1), reads.remove(1), reads.size]).toEqual([true, false, 1]);
    reads.add(1, 3);
    expect(reads.drain()).toEqual([2, 3]);
  });

  it('behaves as a sorted list does, with removals in between', () => {
    const operation = fc.oneof(
      fc.record({ add: fc.nat(20) }),
      fc.record({ remove: fc.nat(60) }),
      fc.record({ release: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const heap = new WaitingReads<number>();
        let list: { index: number; id: number }[] = [];
        let id = 0;
        for (const step of operations) {
          if ('add' in step) {
            heap.add(step.add, id);
            list.push({ index: step.add, id: id++ });
          } else if ('remove' in step) {
            expect(heap.remove(step.remove)).toBe(list.some((entry) => entry.id === step.remove));
            list = list.filter((entry) => entry.id !== step.remove);
          } else {
            const due = list.filter((entry) => entry.index <= step.release);
            due.sort((a, b) => a.index - b.index || a.id - b.id);
            expect(heap.release((index) => index <= step.release)).toEqual(due.map((entry) => entry.id));
            list = list.filter((entry) => entry.index > step.release);
          }
          expect(heap.size).toBe(list.length);
        }
      }),
    );
  });
});

describe('read rounds', () => {
  it('asks once for all that wait, and again for what came meanwhile', () => {
    const rounds = new ReadRounds<string>(200);
    expect(rounds.next(0)).toBeUndefined();
    rounds.add('a');
    rounds.add('b');
    expect(rounds.next(0)).toBe(1);
    rounds.add('late');
    expect(rounds.next(10)).toBeUndefined();
    expect(rounds.answered(1)).toEqual(['a', 'b']);
    expect(rounds.next(11)).toBe(2);
    expect(rounds.answered(2)).toEqual(['late']);
    expect(rounds.size).toBe(0);
  });

  it('asks again after a loss; an answer to the first question never satisfies who came after it', () => {
    const rounds = new ReadRounds<string>(200);
    rounds.add('a');
    rounds.next(0);
    rounds.add('late');
    expect(rounds.next(199)).toBeUndefined();
    expect(rounds.next(200)).toBe(2);
    expect(rounds.answered(1)).toEqual(['a']);
    expect(rounds.answered(2)).toEqual(['late']);
  });

  it('satisfies everybody with the answer to a repeated question, once', () => {
    const rounds = new ReadRounds<string>(200);
    rounds.add('a');
    rounds.next(0);
    expect(rounds.next(250)).toBe(2);
    expect(rounds.answered(2)).toEqual(['a']);
    expect(rounds.answered(1)).toEqual([]);
    rounds.add('b');
    expect(rounds.next(251)).toBe(3);
    expect(rounds.drain()).toEqual(['b']);
    expect(rounds.next(900)).toBeUndefined();
  });
});

describe('askers who are gone', () => {
  it('are asked for no more, and the others are told', () => {
    const rounds = new ReadRounds<string>(200);
    rounds.add('a');
    rounds.remove('a');
    expect(rounds.next(0)).toBeUndefined();
    for (const name of ['b', 'c']) rounds.add(name);
    expect(rounds.next(1)).toBe(1);
    rounds.add('d');
    rounds.remove('b');
    rounds.remove('b');
    expect(rounds.size).toBe(2);
    expect(rounds.answered(1)).toEqual(['c']);
    expect(rounds.next(2)).toBe(2);
    rounds.remove('d');
    // Nobody waits for the second round: a new asker does not stand behind it.
    rounds.add('e');
    expect(rounds.next(3)).toBe(3);
    expect(rounds.answered(3)).toEqual(['e']);
  });
});

describe('deadlines', () => {
  it('answers what is overdue and not settled, once', () => {
    const queue = new DeadlineQueue<{ settled: boolean; id: number }>(100);
    const items = [0, 1, 2].map((id) => ({ id, settled: false }));
    items.forEach((item, at) => {
      queue.add(item, at * 10);
    });
    const second = items[1];
    if (second !== undefined) second.settled = true;
    expect(queue.overdue(99).map((item) => item.id)).toEqual([]);
    expect(queue.overdue(115).map((item) => item.id)).toEqual([0]);
    expect(queue.overdue(500).map((item) => item.id)).toEqual([2]);
    expect(queue.length).toBe(0);
  });

  it('keeps nothing of what was removed, wherever it stood', () => {
    const queue = new DeadlineQueue<{ settled: boolean }>(1e9);
    queue.add({ settled: false }, 0);
    for (let i = 0; i < 10_000; i++) {
      const item = { settled: false };
      queue.add(item, i);
      queue.remove(item);
    }
    expect(queue.length).toBe(1);
  });

  it('does not keep settled items', () => {
    const queue = new DeadlineQueue<{ settled: boolean }>(1e9);
    for (let i = 0; i < 10_000; i++) {
      const item = { settled: false };
      queue.add(item, i);
      item.settled = true;
    }
    expect(queue.length).toBeLessThan(3);
  });
});
