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

  constructor(
    readonly log: LogDatabase,
    readonly port: MessagePort,
  ) {}

  /** Carries out `requests` in order: writes that stand together are one transaction, and so one sync. */
  turn(requests: readonly LogRequest[]): void {
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

  #write(requests: readonly WriteRequest[]): PlainFailure | undefined {
    if (requests.length === 0 || this.#failure !== undefined) return this.#failure;
    try {
      this.log.transaction(() => {
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
      });
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
