/** What the control service may ask of a node: the seam between the gRPC service and the node's composition. */

export interface GroupState {
  readonly group: string;
  readonly role: 'follower' | 'candidate' | 'leader' | 'learner';
  readonly term: number;
  /** Node id; undefined when none is known. */
  readonly leader: string | undefined;
  readonly lastLogIndex: number;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly snapshotIndex: number;
  readonly ready: boolean;
  readonly applyPaused: boolean;
  /** Of this node's replica. */
  readonly member: number;
  /** Node ids of the membership that this node has applied. */
  readonly voters: readonly string[];
  readonly learners: readonly string[];
}

export interface TransferOrder {
  readonly group: string;
  /** Node id; undefined = any other voter. */
  readonly target: string | undefined;
  readonly expectedLeader: string | undefined;
  readonly expectedTerm: number | undefined;
}

export interface ChangeOrder {
  readonly change: 'add-learner' | 'promote' | 'drain' | 'remove';
  readonly group: string;
  readonly node: string;
}

export interface MembershipState {
  /** Of the node that was named; after its removal 0 when it had none. */
  readonly member: number;
  /** Node ids. */
  readonly voters: readonly string[];
  readonly learners: readonly string[];
}

export interface ClockJump {
  readonly wallMs: bigint;
  /** At least 0. */
  readonly monotonicMs: number;
}

export type Direction = 'both' | 'inbound' | 'outbound';

/** Why a control call cannot be done; the service gives it its gRPC status. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  constructor(
    readonly why: 'not-found' | 'invalid' | 'not-now' | 'timed-out',
    message: string,
  ) {
    super(message);
  }
}

/** Every method throws ControlRefusal: `not-found` for a group or node that this node does not know. */
export interface ControlledNode {
  readonly node: string;
  status(): readonly GroupState[];
  counters(): ReadonlyMap<string, number>;
  pauseApply(group: string): void;
  resumeApply(group: string): void;
  /** `from` empty = every other node. */
  isolate(from: readonly string[], direction: Direction): void;
  heal(): void;
  /** Resolves once the target leads. */
  transferLeadership(order: TransferOrder): Promise<void>;
  /** Resolves once the change is in force. */
  changeMembership(order: ChangeOrder): Promise<MembershipState>;
  /** Erases the data directory, after which the node is down, and answers its path. */
  dropReplica(group: string | undefined): Promise<string>;
  /** Erases the data directory and starts as a node of a new cluster; resolves with the cluster's id once it serves. */
  reformat(): Promise<string>;
  jumpClock(jump: ClockJump): void;
  /** Loses what the disk had not synced, as the seed chooses; the node is down afterwards. */
  powerLoss(seed: number): Promise<void>;
  /** Resolves with the snapshot's index, once the log up to it is gone. */
  snapshot(group: string): Promise<number>;
  /** Restarts the node's runtime with exactly these keys; resolves once it serves again. */
  configure(values: Readonly<Record<string, string>>): Promise<void>;
}
