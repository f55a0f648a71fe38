/** What a node is started with; the command line and tests fill it in. */
import type { RaftGroup, RaftGroupOptions } from '../consensus/raft-group.js';
import type { Clock } from './clock.js';
import type { NodeLog } from './node-log.js';
import type { NodeParts } from './parts.js';
import type { NewPeerNetwork } from './peer-port.js';

/** Where replicas of groups come from. */
export interface ConsensusCore {
  createGroup(options: RaftGroupOptions): RaftGroup;
}

export interface NodeOptions {
  /** Node id, one of `peers`. */
  readonly id: string;
  readonly cluster: string;
  readonly dataDirectory: string;
  /** Node id → host:port of node-to-node traffic, this node included. */
  readonly peers: ReadonlyMap<string, string>;
  /** host:port of the OM service; port 0 = any. */
  readonly listen: string;
  /** host:port of the control service, on loopback; absent = the door stays closed. */
  readonly control?: string | undefined;
  /** Lets `control` be any address: in a container, whose own loopback nobody outside reaches. */
  readonly controlBeyondLoopback?: boolean;
  /** Configuration keys, unless a `Configure` has stored others in the data directory. */
  readonly settings: Readonly<Record<string, string>>;
  /** Acts where a request names nobody. */
  readonly processUser: string;
  readonly parts: NodeParts;
  readonly newCore: () => ConsensusCore;
  readonly newNetwork: NewPeerNetwork;
  readonly clock: Clock;
  readonly log: NodeLog;
  /** Bytes that nobody can guess or repeat. */
  readonly random: (bytes: number) => Uint8Array;
  /** The node cannot go on; the process has to end with the error's exit code. */
  readonly onFatal: (error: unknown) => void;
}
