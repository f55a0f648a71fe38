/**
 * What the kit knows of a cluster under test, whatever its kind: who it is, where its nodes are, and how to act on them
 * (harness-contracts.md §1). Kinds live in sibling folders, one class each.
 */
import type { Capability, Profile, Stage } from '../run/capability.js';
import type { ConfigurationKeys } from '../run/stages.js';
import type { Tls } from '../wire/tls.js';

/** Who answers for the implementation: a report without it cannot be published. */
export interface Identity {
  readonly organization: string;
  readonly project: string;
  readonly version: string;
  readonly url: string;
  readonly contact: string;
}

export interface NodeEndpoint {
  readonly id: string;
  /** host:port of the OM service. */
  readonly address: string;
  /** host:port of the control service, where there is one. */
  readonly control?: string;
  /** Present when both speak TLS. */
  readonly tls?: Tls;
}

/** Named time budgets in milliseconds, already multiplied by the time-out factor. */
export interface Budgets {
  readonly callMs: number;
  /** From the loss of a leader to the next accepted write (HA-8). */
  readonly failoverMs: number;
  /** From starting a node to its first answer. */
  readonly nodeStartMs: number;
  /** From starting a cluster, or changing its configuration, to its first accepted write. */
  readonly clusterStartMs: number;
  /** In which a write that cannot be carried out is refused (HA-17). */
  readonly writeTimeoutMs: number;
  /** In which a linearizable read that cannot be confirmed is refused (RC-3): the one that is in force now. */
  readonly readTimeoutMs: number;
  /** For which a read waits for the state that its client has seen, at most (FR-QUEUE-5): the one that is in force now. */
  readonly waitTimeoutMs: number;
  /** How often the leader of an idle cluster speaks to its followers (FR-GUAR-6). */
  readonly heartbeatMs: number;
  readonly eventuallyMs: number;
  /** What the times that a rule itself names are multiplied by. */
  readonly factor: number;
}

/** What `om-conformance clean` did about what broken runs left on this machine. */
export interface LeftoversReport {
  /** `3 containers` and the like. */
  readonly removed: readonly string[];
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

export interface Target {
  readonly kind: string;
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  /** Stages that this target can be put in. */
  readonly stages: readonly Stage[];
  /** In the configuration that the cluster is in now. */
  readonly budgets: Budgets;
  /** Known after `start`. */
  readonly nodes: readonly NodeEndpoint[];
  /** What the target itself offers; the control service adds its own. */
  readonly capabilities: ReadonlySet<Capability>;
  /** What it might be expected to offer and does not, with the reason. Known after `start`. */
  readonly lacking?: ReadonlyMap<Capability, string>;
  /** Connects to or starts the cluster in its first stage. Throws EnvironmentError. */
  start(): Promise<void>;
  /** Ends what `start` started, and nothing else. Safe to call twice. */
  stop(): Promise<void>;
  /** Puts the cluster in a stage; resolves when a leader accepted a write. */
  enterStage(stage: Stage): Promise<void>;
  /**
   * Has every node run with the keys of the present stage and these on top of them; without any, as the stage is. Resolves when
   * a leader accepted a write. Present where the target can come to have the capability `configure`.
   */
  configure?(keys: ConfigurationKeys): Promise<void>;
  /** Process ids of the nodes that run now, where the target started them. */
  processIds?(): ReadonlyMap<string, number>;
  killNode?(node: string): Promise<void>;
  /** Starts a node that is down, or stops and starts one that is up; resolves when it answers. */
  restartNode?(node: string): Promise<void>;
  freezeNode?(node: string): Promise<void>;
  thawNode?(node: string): Promise<void>;
  /** Cuts a node off from the other nodes, both ways; clients still reach it. Where the control service does it, absent. */
  isolateNode?(node: string): Promise<void>;
  healNode?(node: string): Promise<void>;
  /** Removes what runs of this kind left on this machine that ended badly; starts nothing. Absent where nothing can be left. */
  removeLeftovers?(): Promise<LeftoversReport>;
}
