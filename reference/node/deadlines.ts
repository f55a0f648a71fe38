/**
 * Things of one kind that all wait equally long: first in, first due. Decides only what is overdue; the owner's tick asks.
 * One queue replaces one timer per call.
 */
export interface Dated {
  /** Nothing waits for it any more; it is skipped. */
  readonly settled: boolean;
}

export class DeadlineQueue<T extends Dated> {
  /** In the order in which they are due. */
  readonly #dueMs = new Map<T, number>();

  constructor(readonly timeoutMs: number) {}

  add(item: T, nowMs: number): void {
    this.#dropSettled();
    this.#dueMs.set(item, nowMs + this.timeoutMs);
  }

  /** It waits no longer, and nothing of it is kept. */
  remove(item: T): void {
    this.#dueMs.delete(item);
  }

  /** Takes out and answers what is overdue and not settled. */
  overdue(nowMs: number): T[] {
    const due: T[] = [];
    for (const [item, dueMs] of this.#dueMs) {
      if (!item.settled && dueMs > nowMs) break;
      this.#dueMs.delete(item);
      if (!item.settled) due.push(item);
    }
    return due;
  }

  /** Length of the queue, settled items included; for tests of its bound. */
  get length(): number {
    return this.#dueMs.size;
  }

  #dropSettled(): void {
    for (const item of this.#dueMs.keys()) {
      if (!item.settled) return;
      this.#dueMs.delete(item);
    }
  }
}
