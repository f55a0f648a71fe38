/**
 * One request as the node sees it, and what may be answered to it. The seam between the gRPC service and the node: neither
 * knows how the other does its work.
 */
import type { CallName } from '../execution/remembered-calls.js';
import type { Answer, OMRequest } from '../namespace/command.js';
import type { StateVector } from '../reads/state-vector.js';
import type { Refusal } from './refusals.js';

export type OmReply =
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      /** Id of the leader, on answers that went through Raft and on no others (wire-binding §1, HA-13). */
      readonly raftLeader?: string | undefined;
    }
  | {
      readonly kind: 'refusal';
      readonly refusal: Refusal;
      /** True on a write of which nothing was proposed, or whose entry is known to be lost (`om-outcome: none`, HA-16). */
      readonly nothingProposed?: boolean;
    };

export interface OmCall {
  readonly request: OMRequest;
  /** Who acts, when the request is a write (W-10). */
  readonly user: string;
  /** What the client has seen (`om-state-id`); undefined when it sent nothing, and with follower reads off. */
  readonly stateVector: StateVector | undefined;
  /** What the client called this call: undefined when it gave no call id or has no client id (wire-binding §2). */
  name(): CallName | undefined;
  /** The client is gone; an answer would reach nobody. */
  readonly cancelled: boolean;
  /** Called at most once, when the client goes away before the answer. */
  onCancelled(listener: () => void): void;
  /** Exactly once, unless `fault` ended the call. */
  reply(reply: OmReply): void;
  /** Ends a call that this program failed to handle; what became of it is unknown. Without effect after `reply`. */
  fault(error: unknown): void;
}

export interface OmHandler {
  submit(call: OmCall): void;
}
