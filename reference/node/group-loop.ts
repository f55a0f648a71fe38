/**
 * The loop of a node: in each turn, for all of its groups, send what may leave now, store everything in one write, apply what
 * is committed and answer; once a write is on the disk, send the rest (design §5). Turns never wait for the disk, so that
 * heartbeats do not. Decides order only.
 */
import type { LogStore, LogWrite } from '../storage/log-store.js';
import type { Clock } from './clock.js';
import type { Counters } from './counters.js';
import type { Replica } from './replica.js';

export interface GroupLoopOptions {
  readonly clock: Clock;
  readonly tickMs: number;
  readonly log: LogStore;
  readonly counters: Counters;
  /** Hands the messages of one turn to the network. */
  readonly flushMessages: () => void;
  readonly afterTick: () => void;
  /** The node cannot go on: the log cannot be written, or a replica failed. */
  readonly onFatal: (error: unknown) => void;
}

export class GroupLoop {
  readonly #options: GroupLoopOptions;
  readonly #replicas: Replica[] = [];
  readonly #stopTicks: () => void;
  #turnDue = false;
  #stopped = false;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(options: GroupLoopOptions) {
    this.#options = options;
    this.#stopTicks = options.clock.every(options.tickMs, () => this.#guard(() => this.#tick()));
  }

  add(replica: Replica): void {
    this.#replicas.push(replica);
    this.wake();
  }

  /** Has a turn run once the input that is being handled now is through. */
  wake(): void {
    if (this.#turnDue || this.#stopped) return;
    this.#turnDue = true;
    this.#options.clock.soon(() => {
      this.#turnDue = false;
      this.#guard(() => this.#turn());
    });
  }

  /** Ends the loop where it stands: nothing more is stored, sent or answered. */
  abandon(): void {
    this.#stopped = true;
    this.#stopTicks();
  }

  /** Ends the loop; resolves once everything that was handed to the log is stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopTicks();
    const unsynced = this.#replicas.flatMap((replica) => replica.takeUnsynced());
    await this.#lastWrite;
    if (unsynced.length > 0) await this.#options.log.append(unsynced);
  }

  #tick(): void {
    for (const replica of this.#replicas) replica.tick();
    // Not `wake`: a tick's heartbeats leave before the inputs that have gathered behind it are looked at.
    this.#turn();
    this.#options.afterTick();
  }

  #turn(): void {
    const writes: LogWrite[] = [];
    const stored: { readonly replica: Replica; readonly count: number }[] = [];
    for (const replica of this.#replicas) {
      const own = replica.collect();
      if (own.length === 0) continue;
      writes.push(...own);
      stored.push({ replica, count: own.length });
    }
    this.#options.flushMessages();
    if (writes.length > 0) this.#store(writes, stored);
    for (const replica of this.#replicas) {
      replica.settle();
      if (replica.hasWork()) this.wake();
    }
    this.#options.flushMessages();
  }

  #store(writes: readonly LogWrite[], stored: readonly { readonly replica: Replica; readonly count: number }[]): void {
    this.#options.counters.log_writes++;
    this.#lastWrite = this.#options.log.append(writes).then(
      () =>
        this.#guard(() => {
          for (const { replica, count } of stored) replica.stored(count);
          this.wake();
        }),
      (error: unknown) => this.#fail(error),
    );
  }

  #guard(work: () => void): void {
    if (this.#stopped) return;
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#stopTicks();
    this.#options.onFatal(error);
  }
}
