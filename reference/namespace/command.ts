/**
 * The shape of a command. A command is one file under `commands/<area>/` that exports one value of type `WriteCommand`,
 * `ReadCommand` or `NodeCommand`; registry, dispatcher and class table derive from these values (design §2).
 */
import type { hadoop } from '#proto';
import type { StateView } from '../storage/state-store.js';
import type { Plain } from '../wire/plain.js';

export type OMRequest = Plain<hadoop.ozone.OMRequest.$Properties>;
export type OMResponse = Plain<hadoop.ozone.OMResponse.$Properties>;

/** Who may answer (docs/spec/wire-binding.md §5). */
export type ReadClass = 'coordinated' | 'uncoordinated' | 'leader-only' | 'any-node';

/** One change of one row, as the log holds it. Ids of merge operators: 1 = int64-add. */
export type Operation =
  | { readonly kind: 'put'; readonly table: string; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: 'delete'; readonly table: string; readonly key: Uint8Array }
  | {
      readonly kind: 'merge';
      readonly table: string;
      readonly key: Uint8Array;
      readonly value: Uint8Array;
      readonly operator: number;
    }
  | { readonly kind: 'checkpoint' };

/**
 * A slot is a (parent object id, name) pair; a container is an object id. Shared container locks go together, exclusive
 * ones stand alone; slots are always exclusive. The lock table takes a list in one total order (design §4.5).
 */
export type Lock =
  | { readonly kind: 'container'; readonly objectId: bigint; readonly mode: 'shared' | 'exclusive' }
  | { readonly kind: 'slot'; readonly parentObjectId: bigint; readonly name: string };

/** Everything a plan may depend on besides state and request: equal contexts give equal plans (LE-PLAN-4). */
export interface PlanContext {
  /** Id of this step; object ids and update ids are made from it. */
  readonly managedIndex: bigint;
  readonly objectId: bigint;
  /** Wall clock of the leader when it planned, ms since 1970. */
  readonly nowMs: bigint;
  /** Who acts: the request's user when it came with both address headers, else the node's own user (W-10). */
  readonly user: string;
}

/** The answer's status and body. The envelope (cmdType, traceID, leaderOMNodeId) is added by the service. */
export interface Answer {
  readonly status: hadoop.ozone.Status;
  /** Free text for people; required by the lint on every status but OK. */
  readonly message?: string;
  /** Fields of OMResponse, e.g. `{ createVolumeResponse: {} }`. */
  readonly body: Partial<OMResponse>;
  /** The same fields as bytes, for answers that are made of stored records; `body` then reads them when it is asked. */
  readonly encoded?: Uint8Array;
}

export interface Plan {
  readonly operations: readonly Operation[];
  readonly answer: Answer;
}

export interface WriteCommand {
  readonly type: hadoop.ozone.Type;
  readonly readClass: 'leader-only';
  /** Which requests of its type are this command's, where two share one type (EchoRPC); absent = all. */
  serves?(request: OMRequest): boolean;
  /**
   * Refuses what is wrong whatever the state is. Such an answer is given at once, with no entry and no lock, as upstream
   * does before it proposes (LE-PLAN-6).
   */
  validate?(request: OMRequest): Answer | undefined;
  /** Locks that the plan needs, found from the request and the present state; checked again once they are held. */
  locks(view: StateView, request: OMRequest): readonly Lock[];
  plan(view: StateView, request: OMRequest, context: PlanContext): Plan;
}

export interface ReadCommand {
  readonly type: hadoop.ozone.Type;
  readonly readClass: ReadClass;
  /** As in `WriteCommand`. */
  serves?(request: OMRequest): boolean;
  answer(view: StateView, request: OMRequest, context: ReadContext): Answer;
}

/** A command for the cluster and not for the namespace. Every node takes it, and its answer comes when it is done. */
export interface NodeCommand {
  readonly type: hadoop.ozone.Type;
  readonly readClass: 'any-node';
  /** As in `WriteCommand`. */
  serves?(request: OMRequest): boolean;
  carryOut(request: OMRequest, cluster: ClusterActions): Promise<Answer>;
}

/**
 * A question to the leader as such, how far its groups have come: answered once a quorum has confirmed that it leads, and from no
 * state (FR-MSYNC-3).
 */
export interface PositionCommand {
  readonly type: hadoop.ozone.Type;
  readonly readClass: 'leader-only';
  /** As in `WriteCommand`. */
  serves?(request: OMRequest): boolean;
  /** The groups that are asked for, `main` or a UUID; empty = all. */
  groups(request: OMRequest): readonly string[];
  /** @param index of group main */
  told(index: bigint): Answer;
}

/** What a node can do to its cluster. */
export interface ClusterActions {
  /** Resolves once node `to` leads group main, or, where none is named, another than now; with a sentence where that cannot be. */
  transferLeadership(to: string | undefined): Promise<'done' | { readonly failed: string }>;
}

/** What a read may know of its node. */
export interface ReadContext {
  readonly user: string;
  /** The nodes of the cluster as the answering node sees them, itself among them (ServiceList). */
  services(): readonly ServiceNode[];
}

export interface ServiceNode {
  readonly id: string;
  readonly host: string;
  /** Whether it is the leader of group main, as far as the answering node knows. */
  readonly leader: boolean;
  readonly ports: readonly { readonly type: hadoop.ozone.ServicePort.Type; readonly port: number }[];
}

export type Command = WriteCommand | ReadCommand | NodeCommand | PositionCommand;

export function isWrite(command: Command): command is WriteCommand {
  return 'plan' in command;
}

export function isRead(command: Command): command is ReadCommand {
  return 'answer' in command;
}

export function isForNode(command: Command): command is NodeCommand {
  return 'carryOut' in command;
}

export function isForPosition(command: Command): command is PositionCommand {
  return 'told' in command;
}
