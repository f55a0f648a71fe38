/** What a node needs of the network between nodes; consensus/transport offers it. */
import type { OutgoingMessage, SnapshotPoint } from '../consensus/raft-group.js';
import type { StateSnapshot } from '../storage/state-store.js';
import type { Member, Members } from './members.js';
import type { NodeLog } from './node-log.js';
import type { StandingAnswer } from './standing.js';

export interface SnapshotTransfer {
  readonly group: string;
  /** The Raft message that announces the snapshot. */
  readonly message: OutgoingMessage;
  readonly point: Pick<SnapshotPoint, 'index' | 'term'>;
  readonly snapshot: StateSnapshot;
}

export interface PeerNetwork {
  /** Gathers messages until `flush`; messages to a member that is not reached are lost, which consensus allows. */
  send(group: string, messages: readonly OutgoingMessage[]): void;
  flush(): void;
  /** Resolves once the receiver has taken the file; rejects when it did not. */
  sendSnapshot(transfer: SnapshotTransfer): Promise<void>;
  /** Asks another node as whom this one is known there; rejects when it is not reached. */
  standing(node: Member, group: string, directory: string): Promise<StandingAnswer>;
  /** Node ids; empty = all others. */
  isolate(from: readonly string[], direction: 'both' | 'inbound' | 'outbound'): void;
  heal(): void;
  /** What crossed and what was lost since this network was opened, by counter name. */
  counters(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** A state file that another node sent; it is the receiver's to take or to remove. */
export interface ReceivedSnapshot {
  readonly group: string;
  /** Node id of the sender. */
  readonly from: string;
  readonly index: number;
  readonly path: string;
  /** The Raft message that announces it. */
  readonly message: Uint8Array;
}

export interface PeerNetworkOptions {
  readonly cluster: string;
  readonly self: Member;
  readonly members: Members;
  /** Where files that are being received are written. */
  readonly receivingDirectory: string;
  readonly log: NodeLog;
  /** A message for member `to` of a group, which may be a replica that this node had before. */
  /** `commit`: how far its group had committed when the sender sent it as the leader; 0 of anybody else. */
  readonly onMessage: (group: string, to: number, from: string, message: Uint8Array, commit: number) => void;
  /** The sender is told that its file arrived once this resolves. */
  readonly onSnapshot: (received: ReceivedSnapshot) => Promise<void>;
  /** Another node asks as whom it is known. */
  readonly onStanding: (group: string, from: Member, directory: string) => Promise<StandingAnswer>;
  readonly onUnreachable: (member: number) => void;
  /** A connection to another node came about, or has ended. One that is cut off keeps its connections. */
  readonly onConnection: (node: Member, is: 'up' | 'down') => void;
}

export type NewPeerNetwork = (options: PeerNetworkOptions) => Promise<PeerNetwork>;
