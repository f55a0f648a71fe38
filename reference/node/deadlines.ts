/**
 * Things of one kind that all wait equally long: first in, first due. Decides only what is overdue; the owner's tick asks.
 * One queue replaces one timer per call.
 */
export interface Dated {
  /** Nothing waits for it any more; it is skipped. */
  readonly settled: boolean;
}

export class DeadlineQueue<T extends Dated> {
  #items: { readonly item: T; readonly dueMs: number }[] = [];
  #head = 0;

  constructor(readonly timeoutMs: number) {}

  add(item: T, nowMs: number): void {
    this.#dropSettled();
    this.#items.push({ item, dueMs: nowMs + this.timeoutMs });
  }

  /** Takes out and answers what is overdue and not settled. */
  overdue(nowMs: number): T[] {
    const due: T[] = [];
    for (;;) {
      const first = this.#items[this.#head];
      if (first === undefined || (!first.item.settled && first.dueMs > nowMs)) break;
      this.#head++;
      if (!first.item.settled) due.push(first.item);
    }
    this.#compact();
    return due;
  }

  /** Length of the queue, settled items included; for tests of its bound. */
  get length(): number {
    return this.#items.length - this.#head;
  }

  #dropSettled(): void {
    while (this.#items[this.#head]?.item.settled === true) this.#head++;
    this.#compact();
  }

  #compact(): void {
    if (this.#head < 1024 && this.#head < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
