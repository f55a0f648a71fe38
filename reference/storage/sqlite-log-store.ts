/**
 * The log store of a real node: hands writes to the log's thread and resolves them when that thread has synced them. Decides
 * how much may wait; what is stored, and what shares a sync, is decided in the thread.
 */
import { Worker } from 'node:worker_threads';
import type { SnapshotPoint } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { packWrites, unpackWrites } from './log-codec.js';
import type { LogHead } from './log-heads.js';
import type { LogStore, LogWrite, StoredGroup } from './log-store.js';
import type { LogReport, LogRequest, LogThreadData } from './log-thread.js';

export interface LogStoreOptions {
  /** Existing directory; the log is `log.db` in it. */
  readonly directory: string;
  readonly cluster: string;
  readonly node: string;
  /** Bound on packed bytes that were handed over and are not synced yet. Default 64 MiB. */
  readonly maxQueuedBytes?: number;
  /** Bytes written between two checkpoints of the log database. Default 4 MiB. */
  readonly checkpointBytes?: number;
  /** Applied index that the state database of a group is synced up to: a cut above it is refused. Default: not asked. */
  readonly syncedIndex?: (group: string) => number;
}

type RequestBody = LogRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

interface Waiting {
  readonly id: number;
  readonly bytes: number;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export class SqliteLogStore implements LogStore {
  readonly #worker: Worker;
  readonly #heads: ReadonlyMap<string, LogHead>;
  readonly #members: Map<string, number>;
  readonly #notes: Map<string, string>;
  readonly #maxQueuedBytes: number;
  readonly #syncedIndex: (group: string) => number;
  /** In the order of their numbers, which is the order in which they are answered. */
  #waiting: Waiting[] = [];
  #queuedBytes = 0;
  #nextId = 1;
  /** Set once nothing more can be written: closed, or the thread has ended. */
  #ended: Error | undefined;

  private constructor(worker: Worker, opened: Extract<LogReport, { kind: 'opened' }>, options: LogStoreOptions) {
    this.#worker = worker;
    this.#heads = opened.heads;
    this.#members = new Map(opened.members);
    this.#notes = new Map(opened.notes);
    this.#maxQueuedBytes = options.maxQueuedBytes ?? 64 * 1024 * 1024;
    this.#syncedIndex = options.syncedIndex ?? (() => Number.POSITIVE_INFINITY);
    worker.on('message', (report: LogReport) => this.#take(report));
    worker.on('error', (error: Error) => this.#end(error));
    worker.on('exit', () => this.#end(new ReferenceFailure('STORE_CLOSED', 'the log store is closed')));
  }

  /**
   * Opens or creates the log, which locks the directory until `close`. Rejects with `DATA_DIR_IN_USE`, `DATA_DIR_FOREIGN`,
   * `DATA_DIR_NEWER_FORMAT`, `LOG_DAMAGED`, `DISK_FULL`, `DATA_DIR_UNUSABLE` or `SQLITE_MISSING`.
   */
  static async open(options: LogStoreOptions): Promise<SqliteLogStore> {
    const { directory, cluster, node, checkpointBytes = 4 * 1024 * 1024 } = options;
    const workerData: LogThreadData = { directory, cluster, node, checkpointBytes };
    const worker = new Worker(new URL('./log-worker.js', import.meta.url), { workerData, name: 'log' });
    const report = await new Promise<LogReport>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    worker.removeAllListeners('error');
    if (report.kind === 'opened') return new SqliteLogStore(worker, report, options);
    await worker.terminate();
    if (report.kind === 'not-opened') throw ReferenceFailure.fromPlain(report.failure);
    throw new Error('the log thread answered before it was asked');
  }

  /** Heads of all groups as they were when the log was opened; recovery compares the state databases with them. */
  get headsAtOpen(): ReadonlyMap<string, LogHead> {
    return this.#heads;
  }

  /** Packed bytes that wait for their sync: callers hold back before `append` is refused. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Member id of this node's replica of a group; undefined until it was assigned (design §4.19). */
  member(group: string): number | undefined {
    return this.#members.get(group);
  }

  /** Records a member id. Rejects with `DATA_DIR_FOREIGN` when another one is recorded. */
  async assignMember(group: string, member: number): Promise<void> {
    await this.#ask({ kind: 'assign-member', group, member }, 0);
    this.#members.set(group, member);
  }

  /** A text that this node keeps about itself or others; undefined until it was noted. */
  noted(key: string): string | undefined {
    return this.#notes.get(key);
  }

  /** Resolves when it is synced. */
  async note(key: string, value: string): Promise<void> {
    await this.#ask({ kind: 'note', key, value }, 0);
    this.#notes.set(key, value);
  }

  /** The disk stands still from now on: nothing more is stored or answered. Only `losePower` follows. */
  hold(): void {
    // Nobody waits for it: what is wrong with the thread, `losePower` says.
    this.#ask({ kind: 'hold' }, 0).catch(() => undefined);
  }

  /** Takes away what was not synced; the store is closed afterwards. Writes that waited reject with `STORE_CLOSED`. */
  async losePower(seed: number): Promise<void> {
    await this.#ask({ kind: 'lose', seed }, 0);
  }

  async load(group: string): Promise<StoredGroup | undefined> {
    const packed = (await this.#ask({ kind: 'load', group }, 0)) as Uint8Array | undefined;
    if (packed === undefined) return undefined;
    const [write] = unpackWrites(packed);
    if (write?.hardState === undefined || write.snapshot === undefined)
      throw new Error(`group ${group} came incomplete`);
    const entries = write.entries.map(({ index, term, type, data }) => ({ index, term, type, data }));
    return { hardState: write.hardState, snapshot: write.snapshot, entries };
  }

  /**
   * Rejects with `LOG_QUEUE_FULL` when too much waits: nothing of this call is then stored, earlier ones are not touched.
   * Any other rejection (`DISK_FULL`, `DISK_FAILED`, `LOG_ORDER` …) is final: every later write is refused with it.
   */
  async append(writes: readonly LogWrite[]): Promise<void> {
    const packed = packWrites(writes);
    if (this.#queuedBytes + packed.length > this.#maxQueuedBytes) {
      throw new ReferenceFailure(
        'LOG_QUEUE_FULL',
        `${this.#queuedBytes} bytes wait for the log and ${packed.length} more were given; the bound is ${this.#maxQueuedBytes}`,
      );
    }
    await this.#ask({ kind: 'append', packed }, packed.length, [packed.buffer]);
  }

  /** Rejects with `LOG_ORDER` when the state is not synced up to `cutIndex`, or the log does not hold the point. */
  async cut(group: string, point: SnapshotPoint, cutIndex: number): Promise<void> {
    const synced = this.#syncedIndex(group);
    if (cutIndex > synced) {
      throw new ReferenceFailure(
        'LOG_ORDER',
        `log of group ${group}: cut at ${cutIndex}, its state is synced to ${synced}`,
      );
    }
    await this.#ask({ kind: 'cut', group, point, cutIndex }, 0);
  }

  async takeSyncTimesMs(): Promise<readonly number[]> {
    return (await this.#ask({ kind: 'sync-times' }, 0)) as readonly number[];
  }

  /** Carries out what was handed over, then gives the directory free. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const gone = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    const closed = this.#ask({ kind: 'close' }, 0);
    this.#ended = new ReferenceFailure('STORE_CLOSED', 'the log store is closed');
    await closed;
    await gone;
  }

  #ask(body: RequestBody, bytes: number, transfer: readonly ArrayBuffer[] = []): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    this.#queuedBytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, bytes, resolve, reject });
      this.#worker.postMessage({ ...body, id } as LogRequest, transfer);
    });
  }

  #take(report: LogReport): void {
    if (report.kind !== 'turn') return;
    const failures = new Map(report.failed.map(({ id, failure }) => [id, failure]));
    const answers = new Map(report.answers.map((answer) => [answer.id, answer]));
    let done = 0;
    for (const waiting of this.#waiting) {
      if (waiting.id > report.through) break;
      done += 1;
      this.#queuedBytes -= waiting.bytes;
      const failure = failures.get(waiting.id);
      const answer = answers.get(waiting.id);
      if (failure !== undefined) waiting.reject(ReferenceFailure.fromPlain(failure));
      else waiting.resolve(answer?.kind === 'load' ? answer.packed : answer?.timesMs);
    }
    this.#waiting = this.#waiting.slice(done);
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#queuedBytes = 0;
    for (const { reject } of waiting) reject(this.#ended);
  }
}
