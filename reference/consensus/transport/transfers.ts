/**
 * State files on their way, in both directions: at most one a group comes in at a time, and what is cut off is cancelled. How
 * one file travels is decided by sender and receiver.
 */
import { join } from 'node:path';
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import type { Isolation } from './isolation.js';
import type { Chunk, Receipt, WireHello } from './peer-wire.js';
import { type ReceivedSnapshot, receiveSnapshot } from './snapshot-receiver.js';
import { SnapshotSender, type SnapshotToSend } from './snapshot-sender.js';
import type { Timer } from './timing.js';

export interface TransferOptions {
  readonly cluster: string;
  readonly hello: WireHello;
  /** Node ids of all others. */
  readonly others: readonly string[];
  readonly isolation: Isolation;
  /** Existing folder in which received files are written. */
  readonly directory: string;
  readonly timer: Timer;
  readonly stallMs: number;
  onSnapshot(snapshot: ReceivedSnapshot): Promise<void>;
  onRefused(why: unknown): void;
}

/** The receiving side's answer for everything that is not a receipt; the details say what it was. */
const FAILED_PRECONDITION = 9;

interface Receiving {
  from: string;
  cancel(): void;
}

export class Transfers {
  readonly #options: TransferOptions;
  readonly #sending = new Map<SnapshotSender, string>();
  /** By group. */
  readonly #receiving = new Map<string, Receiving>();
  #files = 0;
  #closed = false;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  /** Rejects with `PEER_UNREACHABLE` or `SNAPSHOT_TRANSFER_FAILED`. */
  async send(to: { readonly node: string; readonly address: string }, snapshot: SnapshotToSend): Promise<void> {
    if (this.#closed) throw new ReferenceFailure('PEER_UNREACHABLE', 'this node is stopping');
    if (this.#isCut(to.node)) throw isolated(to.node);
    const { hello, timer, stallMs } = this.#options;
    const sender = new SnapshotSender({ address: to.address, hello, timer, stallMs });
    this.#sending.set(sender, to.node);
    try {
      await sender.send(snapshot);
    } finally {
      this.#sending.delete(sender);
    }
  }

  /** Serves one call of the method InstallSnapshot. */
  receive(call: ServerReadableStream<Chunk, Receipt>, answer: sendUnaryData<Receipt>): void {
    const { cluster, others, isolation, directory, timer, stallMs, onSnapshot, onRefused } = this.#options;
    let group: string | undefined;
    const receiving: Receiving = { from: '', cancel: () => call.destroy(isolated(receiving.from)) };
    receiveSnapshot(call, {
      expected: { cluster, nodes: others },
      path: join(directory, `${++this.#files}.receiving`),
      timer,
      stallMs,
      onBegin: (from, name) => {
        if (this.#closed || isolation.inbound(from)) throw isolated(from);
        receiving.from = from;
        group = name;
        // A sender that begins anew has given up the one before.
        this.#receiving.get(name)?.cancel();
        this.#receiving.set(name, receiving);
      },
      onEnd: (from) => {
        if (isolation.outbound(from)) throw isolated(from);
      },
      onSnapshot,
    })
      .then(
        (receipt) => answer(null, receipt),
        (error: unknown) => {
          onRefused(error);
          const details = error instanceof ReferenceFailure ? error.found : String(error);
          if (!call.cancelled) answer({ code: FAILED_PRECONDITION, details });
        },
      )
      .finally(() => {
        if (group !== undefined && this.#receiving.get(group) === receiving) this.#receiving.delete(group);
      });
  }

  /** Ends what the isolation has cut off since it was begun. */
  cutOff(): void {
    for (const [sender, node] of this.#sending) if (this.#isCut(node)) sender.cancel(isolated(node).found);
    for (const receiving of this.#receiving.values()) if (this.#isCut(receiving.from)) receiving.cancel();
  }

  close(): void {
    this.#closed = true;
    for (const sender of this.#sending.keys()) sender.cancel('this node is stopping');
    for (const receiving of this.#receiving.values()) receiving.cancel();
  }

  /** File and receipt travel in opposite directions: either cut loses the transfer. */
  #isCut(node: string): boolean {
    return this.#options.isolation.outbound(node) || this.#options.isolation.inbound(node);
  }
}

function isolated(node: string): ReferenceFailure {
  return new ReferenceFailure('PEER_UNREACHABLE', `this node is cut off from ${node} on request`);
}
