/**
 * Takes one state file that another node sends: writes it to a file of its own, compares what arrived with what was sent, and
 * hands it on. Whether it is a good state, and what becomes of it, is decided by storage and consensus.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { ServerReadableStream } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import { type ExpectedPeer, judgeHello } from './hello.js';
import { type Chunk, type Receipt, safeNumber } from './peer-wire.js';
import type { Timer } from './timing.js';

/** A state file that has arrived whole. Whoever takes it moves or removes it; what is left is removed afterwards. */
export interface ReceivedSnapshot {
  /** Node id of the sender. */
  readonly from: string;
  readonly group: string;
  readonly index: number;
  readonly term: number;
  /** The Raft message that announces the snapshot. */
  readonly message: Uint8Array;
  readonly path: string;
}

export interface SnapshotReceiverOptions {
  readonly expected: Omit<ExpectedPeer, 'at'>;
  /** File that is written; it does not exist yet. */
  readonly path: string;
  readonly timer: Timer;
  readonly stallMs: number;
  /** Called once the sender is known: throws when nothing is to be taken from it now. */
  onBegin(from: string, group: string): void;
  /** Called before the receipt leaves: throws when nothing is to be said to the sender now. */
  onEnd(from: string): void;
  /** Resolves once the state was checked and consensus knows of it; rejects when it is not wanted. */
  onSnapshot(snapshot: ReceivedSnapshot): Promise<void>;
}

/** Rejects with `PEER_REFUSED`, `PEER_PROTOCOL`, `SNAPSHOT_TRANSFER_FAILED`, or what the callbacks throw. */
export async function receiveSnapshot(
  call: ServerReadableStream<Chunk, Receipt>,
  options: SnapshotReceiverOptions,
): Promise<Receipt> {
  const { path, timer, stallMs } = options;
  let cancelTimer: () => void = () => undefined;
  const moved = (): void => {
    cancelTimer();
    const stalled = new ReferenceFailure('SNAPSHOT_TRANSFER_FAILED', `nothing arrived for ${stallMs} ms`);
    cancelTimer = timer.after(stallMs, () => call.destroy(stalled));
  };
  let file: FileHandle | undefined;
  try {
    moved();
    const chunks = call[Symbol.asyncIterator]() as AsyncIterator<Chunk>;
    const first = await chunks.next();
    const at = call.getPeer();
    const { header } = (first.done === true ? {} : first.value) as Chunk;
    const from = judgeHello(header?.hello, { ...options.expected, at });
    const { group, index, term, size, message } = readHeader(header, at);
    options.onBegin(from, group);
    file = await open(path, 'wx');
    const hash = createHash('sha256');
    let announced: Uint8Array | undefined;
    let received = 0;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      moved();
      const { data, sha256 } = next.value;
      if (sha256 && sha256.length > 0) announced = sha256;
      if (!data || data.length === 0) continue;
      received += data.length;
      if (received > size) throw damaged(group, index, `more than the announced ${size} bytes arrived`);
      hash.update(data);
      await file.appendFile(data);
    }
    const sha256 = hash.digest();
    if (received !== size || announced === undefined) {
      throw damaged(group, index, `${received} of ${size} bytes arrived`);
    }
    if (!sha256.equals(announced)) throw damaged(group, index, 'what arrived is not what was sent (sha256)');
    await file.close();
    file = undefined;
    cancelTimer();
    await options.onSnapshot({ from, group, index, term, message, path });
    options.onEnd(from);
    return { sha256 };
  } finally {
    cancelTimer();
    await file?.close();
    await rm(path, { force: true });
  }
}

function readHeader(header: Chunk['header'], at: string): Omit<ReceivedSnapshot, 'from' | 'path'> & { size: number } {
  const { group, index, term, size, message } = header ?? {};
  if (!group || !message) {
    throw new ReferenceFailure('PEER_PROTOCOL', `a snapshot from ${at} does not say which it is`);
  }
  return { group, index: safeNumber(index), term: safeNumber(term), size: safeNumber(size), message };
}

function damaged(group: string, index: number, what: string): ReferenceFailure {
  return new ReferenceFailure('SNAPSHOT_TRANSFER_FAILED', `snapshot ${index} of group ${group}: ${what}`);
}
