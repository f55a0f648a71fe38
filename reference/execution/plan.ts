/**
 * Makes a write's plan: what it changes and what its caller is told, as the log entry that every node will apply (LE-PLAN-2).
 * Only the leader does this, once it holds the command's locks; who leads, which ids are free and what time it is come in.
 * Equal inputs give equal bytes (LE-PLAN-4).
 */
import type { Answer, OMRequest, Operation, Plan, PlanContext, WriteCommand } from '../namespace/command.js';
import type { StateView } from '../storage/state-store.js';
import { encodeEntry } from './entry-codec.js';
import { objectIdOf } from './object-ids.js';

export interface PlanInput {
  readonly view: StateView;
  readonly command: WriteCommand;
  readonly request: OMRequest;
  /** Who acts (W-10). */
  readonly user: string;
  /** Term in which this node leads and in which the entry must stand (LE-PLAN-5). */
  readonly term: number;
  /** An id of the group that no applied or proposed step has (LE-ID-1). */
  readonly managedIndex: bigint;
  /** Clock of the leader, ms since 1970. */
  readonly nowMs: bigint;
  /** What the client called this call, when it did (wire-binding §2). */
  readonly call?: CallToRemember | undefined;
}

/** A call that its entry puts in memory (LE-RETRY-1). */
export interface CallToRemember {
  readonly callId: bigint;
  /** 32 bytes (LE-RETRY-3). */
  readonly requestDigest: Uint8Array;
  /** Drops of remembered calls, carried out behind the command's own operations (LE-RETRY-4). */
  readonly forget: readonly Operation[];
}

export interface PlannedWrite {
  /** The log entry. */
  readonly entry: Uint8Array;
  /** The answer that stands in the entry; given once that is applied. */
  readonly answer: Answer;
}

/** The planner of the group at `groupPosition` (0 = main). It throws `IDS_EXHAUSTED`. */
export function plannerOf(groupPosition: number): (input: PlanInput) => PlannedWrite {
  return (input) => planWrite(input, groupPosition);
}

function planWrite(input: PlanInput, groupPosition: number): PlannedWrite {
  const { operations, answer } = planOf(input.command, input.view, input.request, {
    managedIndex: input.managedIndex,
    objectId: objectIdOf(groupPosition, input.managedIndex),
    nowMs: input.nowMs,
    user: input.user,
  });
  const entry = encodeEntry({
    type: input.command.type,
    managedIndex: input.managedIndex,
    planTerm: BigInt(input.term),
    planTimeMs: input.nowMs,
    operations: [...operations, ...forgotten(operations, input.call)],
    answer,
    clientId: input.request.clientId,
    callId: input.call?.callId,
    requestDigest: input.call?.requestDigest,
  });
  return { entry, answer };
}

/** A CHECKPOINT stands alone (LE-APPLY-7); another entry can drop what this one does not. */
function forgotten(operations: readonly Operation[], call: CallToRemember | undefined): readonly Operation[] {
  return operations.some(({ kind }) => kind === 'checkpoint') ? [] : (call?.forget ?? []);
}

/**
 * A request that its command refuses in any state is not planned, whether or not somebody asked before; nor is a plan proposed
 * whose CHECKPOINT does not stand alone (LE-APPLY-7).
 */
function planOf(command: WriteCommand, view: StateView, request: OMRequest, context: PlanContext): Plan {
  const invalid = command.validate?.(request);
  if (invalid !== undefined) return { operations: [], answer: invalid };
  const plan = command.plan(view, request, context);
  if (plan.operations.length > 1 && plan.operations.some(({ kind }) => kind === 'checkpoint')) {
    throw new Error(`the plan of command type ${command.type} has a CHECKPOINT among other operations`);
  }
  return plan;
}
