/**
 * The kit's side of the control service (harness-contracts.md §2): what a test build of an OM lets the kit see and break.
 * A call that the node does not offer throws EnvironmentError, because capabilities were settled before the run.
 */
import type { Capability } from '../run/capability.js';

export interface GroupStatus {
  readonly group: string;
  readonly role: 'follower' | 'candidate' | 'leader' | 'learner';
  readonly term: bigint;
  /** Node id; undefined when none is known. */
  readonly leader: string | undefined;
  readonly lastLogIndex: bigint;
  readonly commitIndex: bigint;
  readonly appliedIndex: bigint;
  readonly snapshotIndex: bigint;
  readonly ready: boolean;
  readonly applyPaused: boolean;
  /** Member id of the node's replica; 0 where the implementation tells none. */
  readonly member: bigint;
  /** Node ids of the membership that the node has applied. */
  readonly voters: readonly string[];
  readonly learners: readonly string[];
}

export type MembershipChange = 'add learner' | 'promote' | 'drain' | 'remove';

/** What came of a change; the refusal of one is a finding, not a failure. */
export type ChangeAnswer =
  | {
      readonly kind: 'done';
      readonly member: bigint;
      readonly voters: readonly string[];
      readonly learners: readonly string[];
    }
  | { readonly kind: 'refused'; readonly why: string };

export interface ControlClient {
  /** Union over the nodes' answers; a capability counts only when every node offers it. */
  capabilities(): Promise<ReadonlySet<Capability>>;
  status(node: string): Promise<readonly GroupStatus[]>;
  counters(node: string): Promise<ReadonlyMap<string, bigint>>;
  pauseApply(node: string, group?: string): Promise<void>;
  resumeApply(node: string, group?: string): Promise<void>;
  isolate(node: string, from?: readonly string[], direction?: 'both' | 'inbound' | 'outbound'): Promise<void>;
  heal(node?: string): Promise<void>;
  transferLeadership(target: string, group?: string): Promise<void>;
  /** Has the group's leader change the membership. */
  changeMembership(change: MembershipChange, node: string, group?: string): Promise<ChangeAnswer>;
  /** Erases the node's data directory and answers its path; the node is down afterwards. */
  dropReplica(node: string): Promise<string>;
  /** All at once: they lose what their disks had not synced, as the seed chooses, and are down afterwards. */
  powerLoss(nodes: readonly string[], seed: bigint): Promise<void>;
  /**
   * Erases all nodes, which start as a new cluster with the configuration that they had. Asks each endpoint once, and none again: a
   * node that is asked twice is one cluster ahead of the others.
   */
  reformat(): Promise<void>;
  jumpClock(node: string, jump: { readonly wallMs: bigint; readonly monotonicMs: bigint }): Promise<void>;
  /** Answers the snapshot index. */
  snapshot(node: string, group?: string): Promise<bigint>;
  /** Restarts every node with exactly these keys; resolves when each has answered. */
  configure(values: Readonly<Record<string, string>>): Promise<void>;
  close(): void;
}
