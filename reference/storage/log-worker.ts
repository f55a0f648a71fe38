/**
 * The log's thread. Decides which requests share a transaction: all that wait when a turn begins. Once a write has failed,
 * every later one is refused with the same error, because entries may not be stored behind a gap.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type PlainFailure, ReferenceFailure } from '../errors.js';
import { packWrites, unpackWrites } from './log-codec.js';
import { LogDatabase } from './log-database.js';
import type { LogAnswer, LogReport, LogRequest, LogThreadData } from './log-thread.js';
import { loadSqlite } from './sqlite.js';
import { drawsFrom } from './wal-image.js';

const WRITES = ['append', 'cut', 'assign-member', 'note'] as const;
type WriteRequest = Extract<LogRequest, { kind: (typeof WRITES)[number] }>;

function isWrite(request: LogRequest): request is WriteRequest {
  return WRITES.some((kind) => kind === request.kind);
}

/** The failure to report; a fault of the program is thrown on and ends the thread. */
function plain(error: unknown): PlainFailure {
  if (error instanceof ReferenceFailure) return error.toPlain();
  throw error;
}

class LogTurns {
  #failure: PlainFailure | undefined;
  /** What waits for a disk that stands still before the power is lost; undefined: it does not. */
  #held: LogRequest[] | undefined;

  constructor(
    readonly log: LogDatabase,
    readonly port: MessagePort,
  ) {}

  /** Carries out `requests` in order: writes that stand together are one transaction, and so one sync. */
  turn(requests: readonly LogRequest[]): void {
    const hold = requests.findIndex(({ kind }) => kind === 'hold');
    const before = this.#held !== undefined ? 0 : hold < 0 ? requests.length : hold + 1;
    if (before > 0) this.#carryOut(requests.slice(0, before));
    if (hold >= 0) this.#held ??= [];
    for (const request of requests.slice(before)) {
      if (request.kind === 'lose') this.#losePower(request.id, request.seed, this.#held ?? []);
      else this.#held?.push(request);
    }
  }

  #carryOut(requests: readonly LogRequest[]): void {
    const answers: LogAnswer[] = [];
    const failed: { id: number; failure: PlainFailure }[] = [];
    let writes: WriteRequest[] = [];
    const flush = () => {
      const failure = this.#write(writes);
      if (failure !== undefined) failed.push(...writes.map(({ id }) => ({ id, failure })));
      writes = [];
    };
    for (const request of requests) {
      if (isWrite(request)) {
        writes.push(request);
        continue;
      }
      flush();
      try {
        this.#read(request, answers);
      } catch (error) {
        failed.push({ id: request.id, failure: plain(error) });
      }
    }
    flush();
    const through = requests.at(-1)?.id ?? 0;
    const transfer = answers.flatMap((answer) =>
      answer.kind === 'load' && answer.packed !== undefined ? [answer.packed.buffer as ArrayBuffer] : [],
    );
    this.port.postMessage({ kind: 'turn', through, answers, failed } satisfies LogReport, transfer);
    if (requests.some(({ kind }) => kind === 'close')) this.port.close();
    else this.#checkpoint();
  }

  /** The first write that waited was on its way to the disk; nobody is told of it, nor of those behind it. */
  #losePower(id: number, seed: number, held: readonly LogRequest[]): void {
    const [first] = held.filter(isWrite);
    const work = first === undefined || this.#failure !== undefined ? undefined : () => this.#store([first]);
    this.log.losePower(work, drawsFrom(seed));
    const failure = new ReferenceFailure('STORE_CLOSED', 'the power was lost').toPlain();
    const failed = held.map((request) => ({ id: request.id, failure }));
    this.port.postMessage({ kind: 'turn', through: id, answers: [], failed } satisfies LogReport);
    this.port.close();
  }

  #store(requests: readonly WriteRequest[]): void {
    for (const request of requests) {
      switch (request.kind) {
        case 'append':
          for (const write of unpackWrites(request.packed)) this.log.append(write);
          break;
        case 'cut':
          this.log.cut(request.group, request.point, request.cutIndex);
          break;
        case 'assign-member':
          this.log.assignMember(request.group, request.member);
          break;
        case 'note':
          this.log.note(request.key, request.value);
          break;
      }
    }
  }

  #write(requests: readonly WriteRequest[]): PlainFailure | undefined {
    if (requests.length === 0 || this.#failure !== undefined) return this.#failure;
    try {
      this.log.transaction(() => this.#store(requests));
    } catch (error) {
      this.#failure = plain(error);
    }
    return this.#failure;
  }

  #read(request: Exclude<LogRequest, WriteRequest>, answers: LogAnswer[]): void {
    switch (request.kind) {
      case 'load': {
        const stored = this.log.load(request.group);
        const packed = stored === undefined ? undefined : packWrites([{ group: request.group, ...stored }]);
        answers.push({ id: request.id, kind: 'load', packed });
        return;
      }
      case 'sync-times':
        answers.push({ id: request.id, kind: 'sync-times', timesMs: this.log.takeSyncTimesMs() });
        return;
      case 'close':
        this.log.close();
        return;
      // Both are seen before a turn is carried out.
      case 'hold':
      case 'lose':
        return;
    }
  }

  /** After the answers have left: nobody waits for it. What it runs into, the next write is told. */
  #checkpoint(): void {
    try {
      this.log.checkpointIfDue();
    } catch (error) {
      this.#failure ??= plain(error);
    }
  }
}

async function serve(port: MessagePort): Promise<void> {
  let log: LogDatabase;
  try {
    log = new LogDatabase(await loadSqlite(), workerData as LogThreadData);
  } catch (error) {
    port.postMessage({ kind: 'not-opened', failure: plain(error) } satisfies LogReport);
    return;
  }
  const turns = new LogTurns(log, port);
  port.on('message', (first: LogRequest) => {
    const requests = [first];
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      requests.push(next.message as LogRequest);
    }
    turns.turn(requests);
  });
  port.postMessage({ kind: 'opened', heads: log.heads, members: log.members, notes: log.notes } satisfies LogReport);
}

if (parentPort !== null) await serve(parentPort);
