/**
 * The gRPC client of everything that is measured: connections of its own to one node or to several, and single calls of raw
 * bytes on them. When calls are made, and what their times mean, is decided by those who make them.
 */
import { Client, credentials, Metadata } from '@grpc/grpc-js';

/** One kind of call, as bytes: `n` is the number of the call, which no other of the run has unless its load says so. */
export interface Operation {
  readonly name: string;
  /** Of one node, or of several that are called in turn. */
  readonly address: string | readonly string[];
  /** gRPC method path. */
  readonly path: string;
  /** Sent with each call. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  request(n: number): Uint8Array;
  /** A second request that belongs to the first, made of its answer; the two are one call here. */
  follow?(answer: Buffer, n: number): Uint8Array;
  /** Undefined when the answer is the good one; otherwise what was wrong with it. */
  fault(answer: Buffer): string | undefined;
}

export interface CallerOptions {
  /** To each node; the callers use them in turn. */
  readonly connections?: number;
  readonly deadlineMs?: number;
}

const CHANNEL = {
  'grpc.max_receive_message_length': 64 << 20,
  // Every connection is one of its own, also two to the same node.
  'grpc.use_local_subchannel_pool': 1,
};
const CALL_DEADLINE_MS = 20_000;

export class Caller {
  readonly #channels: readonly Client[];
  readonly #deadlineMs: number;

  /** Connects with the first calls. */
  constructor(address: Operation['address'], { connections = 1, deadlineMs = CALL_DEADLINE_MS }: CallerOptions = {}) {
    const nodes = typeof address === 'string' ? [address] : address;
    this.#channels = Array.from({ length: connections }, () => nodes)
      .flat()
      .map((node) => new Client(node, credentials.createInsecure(), CHANNEL));
    this.#deadlineMs = deadlineMs;
  }

  /**
   * One call of `operation`, wherever that itself would go. Answers what was wrong; undefined: nothing.
   *
   * @param by number of who calls; the same one always uses the same connection
   */
  async call(operation: Operation, n: number, by: number): Promise<string | undefined> {
    const channel = this.#channels[by % this.#channels.length];
    if (channel === undefined) throw new Error('a caller without a connection');
    return await this.#send(channel, operation, operation.request(n), async (answer) => {
      const second = operation.follow?.(answer, n);
      return second === undefined ? undefined : await this.#send(channel, operation, second, async () => undefined);
    });
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
  }

  #send(
    channel: Client,
    operation: Operation,
    request: Uint8Array,
    good: (answer: Buffer) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const metadata = new Metadata();
    if (operation.metadata !== undefined) {
      for (const [key, value] of Object.entries(operation.metadata)) metadata.set(key, value);
    }
    return new Promise((resolve) => {
      channel.makeUnaryRequest<Uint8Array, Buffer>(
        operation.path,
        (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        (bytes) => bytes,
        request,
        metadata,
        { deadline: Date.now() + this.#deadlineMs },
        (error, answer) => {
          if (error !== null) resolve(`gRPC ${error.code}: ${error.details}`);
          else if (answer === undefined) resolve('no answer');
          else resolve(operation.fault(answer) ?? good(answer));
        },
      );
    });
  }
}
