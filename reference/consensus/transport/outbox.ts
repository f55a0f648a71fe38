/**
 * What waits to be sent to one node: two bounded queues. Everything but entries is urgent and overtakes them, because a
 * heartbeat or vote that waits behind megabytes of entries costs a leader its followers. What does not fit is dropped, which
 * consensus allows. Pure; when something leaves is decided by the peer.
 */
import type { WireMessage } from './peer-wire.js';

/** Raft message type that carries entries (MsgApp). */
const APPEND = 3;
/** Of a message's fields besides its payload, roughly. */
const MESSAGE_OVERHEAD_BYTES = 64;

export interface OutboxLimits {
  readonly maxBulkBytes: number;
  readonly maxUrgentBytes: number;
  /** Messages are gathered into one frame up to this size; a larger message is a frame of its own. */
  readonly frameBytes: number;
}

interface Queue {
  messages: WireMessage[];
  /** Messages before this one have left. */
  head: number;
  bytes: number;
}

export interface Batch {
  readonly messages: readonly WireMessage[];
  readonly bytes: number;
}

export class Outbox {
  readonly #limits: OutboxLimits;
  readonly #urgent: Queue = { messages: [], head: 0, bytes: 0 };
  readonly #bulk: Queue = { messages: [], head: 0, bytes: 0 };

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#urgent.bytes + this.#bulk.bytes;
  }

  /** False when there is no room: the message was dropped. */
  push(message: WireMessage): boolean {
    const { maxBulkBytes, maxUrgentBytes } = this.#limits;
    const bulk = message.type === APPEND;
    const queue = bulk ? this.#bulk : this.#urgent;
    const bytes = sizeOf(message);
    if (queue.bytes + bytes > (bulk ? maxBulkBytes : maxUrgentBytes)) return false;
    queue.messages.push(message);
    queue.bytes += bytes;
    return true;
  }

  /** Takes the messages of one frame, urgent ones first; entries only if `withBulk`. Undefined when there are none. */
  take(withBulk: boolean): Batch | undefined {
    const messages: WireMessage[] = [];
    let bytes = 0;
    for (const queue of withBulk ? [this.#urgent, this.#bulk] : [this.#urgent]) {
      for (let next = queue.messages[queue.head]; next !== undefined; next = queue.messages[queue.head]) {
        const size = sizeOf(next);
        if (messages.length > 0 && bytes + size > this.#limits.frameBytes) break;
        messages.push(next);
        bytes += size;
        queue.bytes -= size;
        queue.head += 1;
      }
      if (queue.head < queue.messages.length) break;
      queue.messages = [];
      queue.head = 0;
    }
    return messages.length === 0 ? undefined : { messages, bytes };
  }

  /** Drops everything and answers how many messages that were. */
  clear(): number {
    let dropped = 0;
    for (const queue of [this.#urgent, this.#bulk]) {
      dropped += queue.messages.length - queue.head;
      queue.messages = [];
      queue.head = 0;
      queue.bytes = 0;
    }
    return dropped;
  }
}

function sizeOf(message: WireMessage): number {
  return MESSAGE_OVERHEAD_BYTES + message.message.length;
}
