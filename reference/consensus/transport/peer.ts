/**
 * Another node as this one sees it: what waits for it, the link to it while there is one, and what was lost on the way.
 * Decides when frames leave: urgent messages nearly always, entries only while the link keeps up.
 */
import type { Link } from './link.js';
import { Outbox, type OutboxLimits } from './outbox.js';
import type { WireMessage } from './peer-wire.js';

export interface PeerLimits extends OutboxLimits {
  /** Entries leave while fewer bytes than this have been handed to the link and have not left the process. */
  readonly bulkInFlightBytes: number;
  /** The same for urgent messages; beyond it a frozen node would fill this one's memory with heartbeats. */
  readonly urgentInFlightBytes: number;
}

/** What crossed or was lost between this node and another since it started, for the metrics. */
export interface PeerCounts {
  framesSent: number;
  messagesSent: number;
  messagesReceived: number;
  /** Not sent: no link, no room, or cut off on purpose. */
  messagesDropped: number;
  /** Received, but cut off on purpose. */
  messagesIgnored: number;
  connections: number;
}

export class Peer {
  readonly counts: PeerCounts = {
    framesSent: 0,
    messagesSent: 0,
    messagesReceived: 0,
    messagesDropped: 0,
    messagesIgnored: 0,
    connections: 0,
  };
  readonly #limits: PeerLimits;
  readonly #outbox: Outbox;
  #link: Link | undefined;

  constructor(
    readonly node: string,
    limits: PeerLimits,
  ) {
    this.#limits = limits;
    this.#outbox = new Outbox(limits);
  }

  get connected(): boolean {
    return this.#link !== undefined;
  }

  /** Bytes that wait here or in the link. */
  get waitingBytes(): number {
    return this.#outbox.bytes + (this.#link?.bytesInFlight ?? 0);
  }

  /** False when the message was dropped: there is no link, or no room. */
  push(message: WireMessage): boolean {
    if (this.#link !== undefined && this.#outbox.push(message)) return true;
    this.counts.messagesDropped += 1;
    return false;
  }

  flush(): void {
    const link = this.#link;
    if (link === undefined) return;
    const { bulkInFlightBytes, urgentInFlightBytes } = this.#limits;
    while (link.bytesInFlight < urgentInFlightBytes) {
      const batch = this.#outbox.take(link.bytesInFlight < bulkInFlightBytes);
      if (batch === undefined) return;
      this.counts.framesSent += 1;
      this.counts.messagesSent += batch.messages.length;
      link.send({ messages: batch.messages }, batch.bytes);
    }
  }

  /** Drops what waits, as a cut cable would. */
  drop(): void {
    this.counts.messagesDropped += this.#outbox.clear();
  }

  /** Takes a link on which both sides have said hello. A link from before is of a connection that is gone. */
  attach(link: Link): void {
    this.#link?.close();
    this.drop();
    this.#link = link;
    this.counts.connections += 1;
  }

  /** Answers whether it was the link in use. */
  detach(link: Link): boolean {
    if (this.#link !== link) return false;
    this.#link = undefined;
    this.drop();
    return true;
  }

  close(): void {
    this.#link?.close();
    this.#link = undefined;
    this.drop();
  }
}
