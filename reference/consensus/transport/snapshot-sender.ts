/**
 * Sends one state file to another node, on a connection of its own, so that no heartbeat waits behind it. The receiver takes
 * it as a whole or not at all.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Client, type ClientWritableStream, credentials } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import { type Chunk, channelOptions, peerService, type Receipt, type WireHello } from './peer-wire.js';
import type { Timer } from './timing.js';

/** A state file on its way to another node. */
export interface SnapshotToSend {
  readonly group: string;
  readonly index: number;
  readonly term: number;
  /** The Raft message that announces the snapshot. */
  readonly message: Uint8Array;
  readonly path: string;
}

export interface SnapshotSenderOptions {
  readonly address: string;
  readonly hello: WireHello;
  readonly timer: Timer;
  /** The transfer is given up when nothing moves for this long; the receiver checks and syncs the file within it. */
  readonly stallMs: number;
}

const CHUNK_BYTES = 256 * 1024;
const UNAVAILABLE = 14;
const CANCELLED = 1;

export class SnapshotSender {
  readonly #client: Client;
  readonly #call: ClientWritableStream<Chunk>;
  readonly #receipt: Promise<Receipt>;
  readonly #options: SnapshotSenderOptions;
  #cancelTimer: () => void = () => undefined;
  #cancelledBecause: string | undefined;

  constructor(options: SnapshotSenderOptions) {
    this.#options = options;
    this.#client = new Client(options.address, credentials.createInsecure(), channelOptions);
    const { path, requestSerialize, responseDeserialize } = peerService.InstallSnapshot;
    let answered: (error: Error | null, receipt?: Receipt) => void = () => undefined;
    this.#receipt = new Promise((resolve, reject) => {
      answered = (error, receipt) => (receipt === undefined ? reject(error) : resolve(receipt));
    });
    // It may fail while chunks are still being read; whoever awaits it then is told.
    this.#receipt.catch(() => undefined);
    this.#call = this.#client.makeClientStreamRequest(path, requestSerialize, responseDeserialize, (error, receipt) =>
      answered(error, receipt),
    );
  }

  /** Rejects with `PEER_UNREACHABLE` or `SNAPSHOT_TRANSFER_FAILED`. */
  async send(snapshot: SnapshotToSend): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(snapshot.path, 'r');
      const sent = await this.#stream(file, snapshot);
      const { sha256 } = await this.#waiting(this.#receipt);
      if (!sent.equals(sha256 ?? Buffer.alloc(0))) throw new Error('the receiver answers for another file');
    } catch (error) {
      throw this.#failure(error, snapshot);
    } finally {
      this.#cancelTimer();
      await file?.close();
      this.#call.cancel();
      this.#client.close();
    }
  }

  cancel(because: string): void {
    this.#cancelledBecause ??= because;
    this.#call.cancel();
  }

  /** Answers the sha256 of what was sent. */
  async #stream(file: FileHandle, { group, index, term, message }: SnapshotToSend): Promise<Buffer> {
    const { size } = await file.stat();
    const { hello } = this.#options;
    await this.#write({ header: { hello, group, index, term, size, message } as unknown as Chunk['header'] });
    const hash = createHash('sha256');
    for (let at = 0; at < size; ) {
      // A buffer of its own for each chunk: gRPC still holds the one before.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0) throw new Error(`the file ends at ${at} of ${size} bytes`);
      const data = buffer.subarray(0, bytesRead);
      hash.update(data);
      await this.#write({ data });
      at += bytesRead;
    }
    const sha256 = hash.digest();
    await this.#write({ sha256 });
    this.#call.end();
    return sha256;
  }

  /** Resolves when the chunk has left; the receiver's refusal ends the wait. */
  #write(chunk: Chunk): Promise<unknown> {
    const left = new Promise<void>((resolve, reject) => {
      this.#call.write(chunk, (error?: Error | null) => (error ? reject(error) : resolve()));
    });
    return this.#waiting(Promise.race([left, this.#receipt.then(() => left)]));
  }

  #waiting<T>(work: Promise<T>): Promise<T> {
    this.#cancelTimer();
    const { timer, stallMs } = this.#options;
    this.#cancelTimer = timer.after(stallMs, () => this.cancel(`nothing moved for ${stallMs} ms`));
    return work;
  }

  #failure(error: unknown, { group, index }: SnapshotToSend): ReferenceFailure {
    const { code, details } = error as { code?: unknown; details?: string };
    const why = this.#cancelledBecause ?? details ?? (error instanceof Error ? error.message : String(error));
    const unreachable = this.#cancelledBecause !== undefined || code === UNAVAILABLE || code === CANCELLED;
    const found = `snapshot ${index} of group ${group} to ${this.#options.address}: ${why}`;
    return new ReferenceFailure(unreachable ? 'PEER_UNREACHABLE' : 'SNAPSHOT_TRANSFER_FAILED', found, { cause: error });
  }
}
