/**
 * The lock table of one group: which plan may go ahead, and who waits for whom (design §4.5, LE-LOCK-1 to LE-LOCK-4). A
 * request takes its locks one by one in the total order and waits at the first that is not free, first come first served;
 * that way nobody waits in a circle. How long a lock is held is for the caller to say.
 */
import { ReferenceFailure } from '../errors.js';
import type { Lock } from '../namespace/command.js';
import { isExclusive, lockName, orderedLocks } from './lock-order.js';

export interface LockHold {
  /** Gives the locks free, or takes the request for them back while it still waits. Safe to call twice. */
  release(): void;
}

export interface LockTableOptions {
  /** Requests that may wait at one time; one more is refused. */
  readonly maxWaiting: number;
}

interface Step {
  readonly name: string;
  readonly exclusive: boolean;
}

interface Request {
  readonly steps: readonly Step[];
  readonly granted: () => void;
  /** How many of `steps`, from the first on, are held; while it waits, it is for the one after these. */
  held: number;
  waiting: boolean;
  over: boolean;
}

/** A lock that somebody holds; free ones have no entry. */
interface Held {
  holders: number;
  exclusive: boolean;
  readonly queue: { readonly request: Request; readonly exclusive: boolean }[];
}

export class LockTable {
  readonly #maxWaiting: number;
  #locks = new Map<string, Held>();
  #waiting = 0;
  /** Requests that were given the lock they waited for and have not gone on yet. */
  #resumed: Request[] = [];
  #resuming = false;

  constructor(options: LockTableOptions) {
    this.#maxWaiting = options.maxWaiting;
  }

  /** Requests that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Locks that are not free. */
  get size(): number {
    return this.#locks.size;
  }

  /**
   * Calls `granted` once all of `locks` are held: before it returns when they are free, else when others let go. Throws
   * `LOCK_QUEUE_FULL`, with nothing held, when they are not free and too many wait already.
   */
  acquire(locks: readonly Lock[], granted: () => void): LockHold {
    const steps = orderedLocks(locks).map((lock) => ({ name: lockName(lock), exclusive: isExclusive(lock) }));
    const request: Request = { steps, granted, held: 0, waiting: false, over: false };
    if (this.#advance(request, this.#maxWaiting)) granted();
    const table = this.#locks;
    return {
      release: () => {
        // After `dropAll` the lock is somebody else's, or nobody's.
        if (table === this.#locks) this.#end(request);
      },
    };
  }

  /** Forgets who holds and who waits; nobody is called. For lost leadership: what was locked will not apply in time. */
  dropAll(): void {
    this.#locks = new Map();
    this.#resumed = [];
    this.#waiting = 0;
  }

  /** Takes lock after lock; false when the request now waits. A request that waited before has its place in any case. */
  #advance(request: Request, maxWaiting: number): boolean {
    for (let step = request.steps[request.held]; step !== undefined; step = request.steps[request.held]) {
      const lock = this.#locks.get(step.name);
      if (lock === undefined) {
        this.#locks.set(step.name, { holders: 1, exclusive: step.exclusive, queue: [] });
      } else if (lock.queue.length === 0 && !lock.exclusive && !step.exclusive) {
        lock.holders += 1;
      } else {
        // Also behind one who waits, where it could go along with the holders: else sharers starve an exclusive request.
        if (this.#waiting >= maxWaiting) {
          this.#end(request);
          throw new ReferenceFailure('LOCK_QUEUE_FULL', `${this.#waiting} requests wait for locks already`);
        }
        lock.queue.push({ request, exclusive: step.exclusive });
        request.waiting = true;
        this.#waiting += 1;
        return false;
      }
      request.held += 1;
    }
    return true;
  }

  #end(request: Request): void {
    if (request.over) return;
    request.over = true;
    if (request.waiting) this.#leaveQueue(request);
    for (let at = 0; at < request.held; at += 1) this.#free(request.steps[at]?.name ?? '');
    this.#resume();
  }

  #leaveQueue(request: Request): void {
    const name = request.steps[request.held]?.name ?? '';
    const lock = this.#locks.get(name);
    if (lock === undefined) return;
    const at = lock.queue.findIndex((waiter) => waiter.request === request);
    if (at < 0) return;
    lock.queue.splice(at, 1);
    request.waiting = false;
    this.#waiting -= 1;
    this.#grant(name, lock);
  }

  #free(name: string): void {
    const lock = this.#locks.get(name);
    if (lock === undefined) return;
    lock.holders -= 1;
    this.#grant(name, lock);
  }

  /** Gives the lock to those who wait first, as far as they go together. */
  #grant(name: string, lock: Held): void {
    if (lock.holders === 0) lock.exclusive = false;
    for (let next = lock.queue[0]; next !== undefined; next = lock.queue[0]) {
      if (lock.holders > 0 && (lock.exclusive || next.exclusive)) return;
      lock.queue.shift();
      lock.holders += 1;
      lock.exclusive = next.exclusive;
      next.request.held += 1;
      next.request.waiting = false;
      this.#waiting -= 1;
      this.#resumed.push(next.request);
    }
    if (lock.holders === 0) this.#locks.delete(name);
  }

  /** Lets those go on who were given a lock: in a loop, not by recursion, however long the queue is. */
  #resume(): void {
    if (this.#resuming) return;
    this.#resuming = true;
    const faults: unknown[] = [];
    for (let request = this.#resumed.shift(); request !== undefined; request = this.#resumed.shift()) {
      if (request.over || !this.#advance(request, Number.POSITIVE_INFINITY)) continue;
      try {
        request.granted();
      } catch (error) {
        faults.push(error);
      }
    }
    this.#resuming = false;
    if (faults.length > 0) throw faults[0];
  }
}
