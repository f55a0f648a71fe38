/**
 * The node-to-node network of one node: a server for those who dial it, a dialler for each node of a higher number, one link
 * a node for the messages of all groups, and state files on connections of their own (design §4.21). Delivers or loses
 * messages, in whatever order; consensus lives with all of that.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import type { OutgoingMessage } from '../raft-group.js';
import { accept } from './acceptor.js';
import { Dialer } from './dialer.js';
import { type Direction, Isolation } from './isolation.js';
import type { Link } from './link.js';
import { Peer, type PeerCounts, type PeerLimits } from './peer.js';
import {
  channelOptions,
  type Frame,
  PEER_FORMAT,
  peerService,
  type WireMessage,
  type WireStanding,
} from './peer-wire.js';
import type { ReceivedSnapshot } from './snapshot-receiver.js';
import { type Asking, askStanding, serveStanding } from './standing-call.js';
import type { Timer } from './timing.js';
import { Transfers } from './transfers.js';

export interface PeerAddress {
  /** Node id, as in configuration and status. */
  readonly node: string;
  /** Of two nodes the one with the lower number dials. */
  readonly number: number;
  /** host:port of its node-to-node server. */
  readonly address: string;
}

export interface PeerTransportOptions {
  readonly cluster: string;
  readonly self: PeerAddress;
  readonly others: readonly PeerAddress[];
  /** Existing folder for state files that other nodes send; on the file system of the data directory. */
  readonly receivingDirectory: string;
  readonly timer: Timer;
  /** Node on which a member of a group lives; undefined when there is none. */
  nodeOf(group: string, member: number): string | undefined;
  /** All messages of a frame that arrived, in order. */
  onMessages(from: string, messages: readonly WireMessage[]): void;
  /** See `SnapshotReceiverOptions.onSnapshot`. */
  onSnapshot(snapshot: ReceivedSnapshot): Promise<void>;
  /** Another node asks as whom it is known; it is told nothing when this rejects. */
  onStanding(asking: Asking): Promise<WireStanding>;
  /** Messages to this member were lost here: no connection, or no room. Once per flush and member. */
  onUnreachable(group: string, member: number): void;
  onEvent(event: PeerEvent): void;
  readonly limits?: Partial<TransportLimits>;
}

/** What an operator may want to read in the node's log. */
export type PeerEvent =
  | { readonly kind: 'connected'; readonly node: string }
  | { readonly kind: 'disconnected'; readonly node: string; readonly why: string }
  /** Another node is not who it should be. Told when it changes, counted each time. */
  | { readonly kind: 'refused'; readonly failure: ReferenceFailure }
  | { readonly kind: 'snapshot-refused'; readonly why: unknown };

export interface TransportLimits extends PeerLimits {
  readonly helloTimeoutMs: number;
  readonly snapshotStallMs: number;
}

const DEFAULT_LIMITS: TransportLimits = {
  maxBulkBytes: 16 * 1024 * 1024,
  maxUrgentBytes: 1024 * 1024,
  frameBytes: 256 * 1024,
  bulkInFlightBytes: 512 * 1024,
  urgentInFlightBytes: 1024 * 1024,
  helloTimeoutMs: 3000,
  snapshotStallMs: 30_000,
};

export interface PeerStatus extends Readonly<PeerCounts> {
  readonly node: string;
  readonly connected: boolean;
  readonly waitingBytes: number;
}

export class PeerTransport {
  readonly #options: PeerTransportOptions;
  readonly #limits: TransportLimits;
  readonly #hello: { readonly cluster: string; readonly node: string; readonly format: number };
  readonly #server = new Server(channelOptions);
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #isolation: Isolation;
  readonly #dialers: Dialer[] = [];
  readonly #transfers: Transfers;
  /** Links on which the other side has not said hello yet. */
  readonly #strangers = new Set<Link>();
  /** Members to which messages were lost since the last flush. */
  #unreachable = new Map<string, { readonly group: string; readonly member: number }>();
  #flushing = false;
  #hellosRefused = 0;
  #lastRefusal = '';

  constructor(options: PeerTransportOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#hello = { cluster: options.cluster, node: options.self.node, format: PEER_FORMAT };
    this.#peers = new Map(options.others.map(({ node }) => [node, new Peer(node, this.#limits)]));
    const others = options.others.map(({ node }) => node);
    this.#isolation = new Isolation(others);
    this.#transfers = new Transfers({
      cluster: options.cluster,
      hello: this.#hello,
      others,
      isolation: this.#isolation,
      directory: options.receivingDirectory,
      timer: options.timer,
      stallMs: this.#limits.snapshotStallMs,
      onSnapshot: (snapshot) => options.onSnapshot(snapshot),
      onRefused: (why) => options.onEvent({ kind: 'snapshot-refused', why }),
    });
  }

  /** Listens and begins to dial. Rejects with `PORT_IN_USE` or `ADDRESS_UNUSABLE`. */
  async start(): Promise<void> {
    const { self, others } = this.#options;
    this.#server.addService(peerService, {
      Connect: (stream: Parameters<typeof accept>[0]) => this.#accept(stream),
      InstallSnapshot: (call: Parameters<Transfers['receive']>[0], answer: Parameters<Transfers['receive']>[1]) =>
        this.#transfers.receive(call, answer),
      Standing: (call: Parameters<typeof serveStanding>[0], answer: Parameters<typeof serveStanding>[1]) =>
        serveStanding(call, answer, {
          expected: { cluster: this.#options.cluster, nodes: others.map(({ node }) => node), at: 'another address' },
          onAsked: (asking) => this.#asked(asking),
        }),
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.bindAsync(self.address, ServerCredentials.createInsecure(), (error) =>
        error === null ? resolve() : reject(bindFailure(self.address, error)),
      );
    });
    for (const other of others) if (other.number > self.number) this.#dial(other);
  }

  /**
   * Gathers messages for `flush`, which follows by itself when the caller's turn ends. Snapshot messages do not belong here:
   * see `sendSnapshot`.
   */
  send(group: string, messages: readonly OutgoingMessage[]): void {
    for (const { to, type, bytes, commit } of messages) {
      const node = this.#options.nodeOf(group, to);
      const peer = node === undefined ? undefined : this.#peers.get(node);
      if (peer !== undefined && this.#isolation.outbound(peer.node)) {
        // As on a cut cable: nobody tells the sender.
        peer.counts.messagesDropped += 1;
      } else if (
        peer?.push({ group, to, type, message: bytes, ...(commit === undefined ? {} : { commit }) }) !== true
      ) {
        this.#unreachable.set(`${to} ${group}`, { group, member: to });
      }
    }
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.flush());
  }

  /** Sends what was gathered, and tells of members that messages did not reach. */
  flush(): void {
    this.#flushing = false;
    for (const peer of this.#peers.values()) peer.flush();
    if (this.#unreachable.size === 0) return;
    const lost = this.#unreachable;
    this.#unreachable = new Map();
    for (const { group, member } of lost.values()) this.#options.onUnreachable(group, member);
  }

  /**
   * Sends the state file that goes with a snapshot message. Resolves when the receiver has checked it and told its consensus;
   * rejects with `PEER_UNREACHABLE` or `SNAPSHOT_TRANSFER_FAILED`. Consensus must be told either way.
   */
  async sendSnapshot(
    group: string,
    message: OutgoingMessage,
    state: { readonly path: string; readonly index: number; readonly term: number },
  ): Promise<void> {
    const node = this.#options.nodeOf(group, message.to);
    const other = this.#options.others.find((candidate) => candidate.node === node);
    if (other === undefined) {
      throw new ReferenceFailure('PEER_UNREACHABLE', `no node is known for member ${message.to} of group ${group}`);
    }
    await this.#transfers.send(other, { group, message: message.bytes, ...state });
  }

  /** Asks another node as whom it knows this one. Rejects with `PEER_UNREACHABLE`. */
  async standing(node: string, group: string, directory: string): Promise<WireStanding> {
    const other = this.#options.others.find((candidate) => candidate.node === node);
    if (other === undefined || this.#isolation.outbound(node) || this.#isolation.inbound(node)) {
      throw new ReferenceFailure('PEER_UNREACHABLE', `${node} is not known, or this node is cut off from it`);
    }
    return await askStanding(other.address, { hello: this.#hello, group, directory }, this.#options.timer);
  }

  /** Cuts this node off; see `Isolation.cut`. Holds for messages and state files, from this moment on. */
  isolate(from: readonly string[], direction: Direction): void {
    this.#isolation.cut(from, direction);
    for (const peer of this.#peers.values()) if (this.#isolation.outbound(peer.node)) peer.drop();
    this.#transfers.cutOff();
  }

  heal(): void {
    this.#isolation.heal();
  }

  /** host:port at which the others reach this node. */
  get address(): string {
    return this.#options.self.address;
  }

  peers(): PeerStatus[] {
    return [...this.#peers.values()].map(({ node, connected, waitingBytes, counts }) => ({
      node,
      connected,
      waitingBytes,
      ...counts,
    }));
  }

  /** Hellos that were refused, by this node or to it. */
  get hellosRefused(): number {
    return this.#hellosRefused;
  }

  async close(): Promise<void> {
    for (const dialer of this.#dialers) dialer.close();
    for (const peer of this.#peers.values()) peer.close();
    for (const link of this.#strangers) link.close();
    this.#transfers.close();
    this.#server.forceShutdown();
  }

  async #asked(asking: Asking): Promise<WireStanding> {
    const { from } = asking;
    if (this.#isolation.inbound(from) || this.#isolation.outbound(from))
      throw new Error('this node is cut off on request');
    return await this.#options.onStanding(asking);
  }

  #dial({ node, address }: PeerAddress): void {
    const dialer = new Dialer({
      address,
      hello: this.#hello,
      expected: { cluster: this.#options.cluster, nodes: [node], at: address },
      timer: this.#options.timer,
      helloTimeoutMs: this.#limits.helloTimeoutMs,
      onConnected: (link) => this.#connected(node, link),
      onFrame: (frame) => this.#take(node, frame),
      onRoom: () => this.#peers.get(node)?.flush(),
      onLost: (link, why, failure) => {
        if (failure !== undefined) this.#refused(failure);
        this.#lost(node, link, why);
      },
    });
    this.#dialers.push(dialer);
    dialer.dial();
  }

  #accept(stream: Parameters<typeof accept>[0]): void {
    const { cluster, self, others, timer } = this.#options;
    const diallers = others.filter(({ number }) => number < self.number).map(({ node }) => node);
    const link = accept(stream, {
      hello: this.#hello,
      expected: { cluster, nodes: diallers },
      timer,
      helloTimeoutMs: this.#limits.helloTimeoutMs,
      onConnected: (node, greeted) => {
        this.#strangers.delete(greeted);
        this.#connected(node, greeted);
      },
      onFrame: (node, frame) => this.#take(node, frame),
      onRoom: (node) => this.#peers.get(node)?.flush(),
      onLost: (node, lost, why) => this.#lost(node, lost, why),
      onRefused: (failure) => {
        this.#strangers.delete(link);
        this.#refused(failure);
      },
    });
    this.#strangers.add(link);
  }

  #connected(node: string, link: Link): void {
    this.#lastRefusal = '';
    this.#peers.get(node)?.attach(link);
    this.#options.onEvent({ kind: 'connected', node });
  }

  #lost(node: string, link: Link, why: string): void {
    if (this.#peers.get(node)?.detach(link) === true) this.#options.onEvent({ kind: 'disconnected', node, why });
  }

  #refused(failure: ReferenceFailure): void {
    this.#hellosRefused += 1;
    if (failure.found === this.#lastRefusal) return;
    this.#lastRefusal = failure.found;
    this.#options.onEvent({ kind: 'refused', failure });
  }

  #take(node: string, frame: Frame): void {
    const peer = this.#peers.get(node);
    const messages = frame.messages ?? [];
    if (peer === undefined || messages.length === 0) return;
    if (this.#isolation.inbound(node)) {
      peer.counts.messagesIgnored += messages.length;
      return;
    }
    peer.counts.messagesReceived += messages.length;
    this.#options.onMessages(node, messages);
  }
}

function bindFailure(address: string, cause: Error): ReferenceFailure {
  if (cause.message.includes('EADDRINUSE')) {
    return new ReferenceFailure('PORT_IN_USE', `the node-to-node address ${address} is taken`, { cause });
  }
  return new ReferenceFailure('ADDRESS_UNUSABLE', `the node-to-node address ${address}: ${cause.message}`, { cause });
}
