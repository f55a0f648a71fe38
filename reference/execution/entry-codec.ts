/**
 * A planned step as the log holds it: an OMRequest with one BatchedStateTransitions (docs/spec/wire-binding.md §4). Decides
 * what a well-formed entry is, before anything of it is carried out (LE-APPLY-5); carrying out is apply.ts.
 */
import { Reader } from 'protobufjs/minimal.js';
import { hadoop } from '#proto';
import { ReferenceFailure } from '../errors.js';
import type { Answer, OMResponse, Operation } from '../namespace/command.js';
import { decode, encode, type Plain } from '../wire/plain.js';
import { joinedField, lengthDelimitedFields } from '../wire/raw-fields.js';

/** Newest form of an entry that this version writes and understands. */
export const ENVELOPE_VERSION = 1;
/** Length of the digest by which a request is known again: SHA-256. */
export const REQUEST_DIGEST_BYTES = 32;

const { OMRequest } = hadoop.ozone;
const { Kind } = hadoop.ozone.Operation;
/** Where an entry holds its steps, and a step its answer. */
const STEPS_FIELD = 200;
const STEP_FIELD = 1;
const ANSWER_FIELD = 3;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** One step: what it changes, what its caller is told, and the circumstances under which it was planned. */
export interface Transition {
  readonly type: hadoop.ozone.Type;
  readonly managedIndex: bigint;
  /** Term in which it was planned; in another one it is void (LE-PLAN-5). */
  readonly planTerm: bigint;
  /** Clock of the planning leader, ms since 1970; over entries with a call id it never goes back (LE-RETRY-4). */
  readonly planTimeMs: bigint;
  readonly operations: readonly Operation[];
  readonly answer: Answer;
  readonly clientId: string;
  /** With `clientId` the name of the logical call, when the client gave one. */
  readonly callId?: bigint | undefined;
  /** 32 bytes, with `callId`. */
  readonly requestDigest?: Uint8Array | undefined;
}

/** A step as an entry holds it. */
export interface EnteredTransition extends Transition {
  /** On a step with a call id the answer's bytes as they stand there, with fields that this version does not know (LE-APPLY-6). */
  readonly response?: Uint8Array | undefined;
}

type WireTransition = Plain<hadoop.ozone.ReplicatedStateTransition.$Properties>;
type WireOperation = Plain<hadoop.ozone.Operation.$Properties>;

export function encodeEntry(transition: Transition): Uint8Array {
  return encode(OMRequest, {
    cmdType: transition.type,
    clientId: '',
    batchedStateTransitions: { transitions: [toWire(transition)] },
  });
}

/** Throws `ENTRY_UNDECODABLE`, `ENTRY_NEWER_ENVELOPE` or `ENTRY_UNKNOWN_OPERATION`; `index` names the entry in them. */
export function decodeEntry(bytes: Uint8Array, index: number): readonly EnteredTransition[] {
  const transitions = decodeRequest(bytes, index).batchedStateTransitions?.transitions ?? [];
  if (transitions.length === 0) throw undecodable(index, 'it has no planned step');
  const steps = transitions.map((transition) => fromWire(transition, index));
  if (steps.every(({ callId }) => callId === undefined)) return steps;
  const responses = rawResponses(bytes);
  return steps.map((step, at) => ({ ...step, response: responses[at] }));
}

/** One for each step: a required field always stands there. */
function rawResponses(entry: Uint8Array): readonly (Uint8Array | undefined)[] {
  const responses: (Uint8Array | undefined)[] = [];
  const steps = joinedField(entry, STEPS_FIELD) ?? new Uint8Array(0);
  for (const { number, bytes } of lengthDelimitedFields(steps)) {
    if (number === STEP_FIELD) responses.push(joinedField(bytes, ANSWER_FIELD));
  }
  return responses;
}

function toWire(transition: Transition): WireTransition {
  return {
    managedIndex: transition.managedIndex,
    batch: { ops: transition.operations.map(operationToWire) },
    response: responseOf(transition.type, transition.answer),
    cmdType: transition.type,
    envelopeVersion: ENVELOPE_VERSION,
    planTerm: transition.planTerm,
    planTimeMs: transition.planTimeMs,
    clientId: transition.clientId,
    ...(transition.callId === undefined ? {} : { callId: transition.callId }),
    ...(transition.requestDigest === undefined ? {} : { requestDigest: transition.requestDigest }),
  };
}

function fromWire(wire: WireTransition, index: number): Transition {
  const version = wire.envelopeVersion ?? 0;
  if (version > ENVELOPE_VERSION) {
    throw new ReferenceFailure(
      'ENTRY_NEWER_ENVELOPE',
      `entry ${index} has envelope version ${version}, this version knows up to ${ENVELOPE_VERSION}`,
    );
  }
  if (version < 1) throw undecodable(index, 'it has no envelope version');
  if (wire.planTerm == null) throw undecodable(index, 'it has no plan term');
  const digestBytes = wire.requestDigest?.length ?? REQUEST_DIGEST_BYTES;
  if (digestBytes !== REQUEST_DIGEST_BYTES) {
    throw undecodable(index, `its request digest has ${digestBytes} bytes instead of ${REQUEST_DIGEST_BYTES}`);
  }
  return {
    type: wire.cmdType,
    managedIndex: wire.managedIndex,
    planTerm: wire.planTerm,
    planTimeMs: wire.planTimeMs ?? 0n,
    operations: (wire.batch.ops ?? []).map(operationFromWire),
    answer: answerOf(wire.response),
    clientId: wire.clientId ?? '',
    callId: wire.callId ?? undefined,
    requestDigest: wire.requestDigest ?? undefined,
  };
}

function operationToWire(operation: Operation): WireOperation {
  switch (operation.kind) {
    case 'put':
      return {
        kind: Kind.PUT,
        column_family: utf8.encode(operation.table),
        key: operation.key,
        value: operation.value,
      };
    case 'delete':
      return { kind: Kind.DELETE, column_family: utf8.encode(operation.table), key: operation.key };
    case 'merge':
      return {
        kind: Kind.MERGE,
        column_family: utf8.encode(operation.table),
        key: operation.key,
        value: operation.value,
        merge_operator_id: operation.operator,
      };
    case 'checkpoint':
      return { kind: Kind.CHECKPOINT };
  }
}

function operationFromWire(wire: WireOperation): Operation {
  const table = text.decode(wire.column_family ?? new Uint8Array(0));
  const key = wire.key ?? new Uint8Array(0);
  const value = wire.value ?? new Uint8Array(0);
  switch (wire.kind) {
    case Kind.PUT:
      return { kind: 'put', table, key, value };
    case Kind.DELETE:
      return { kind: 'delete', table, key };
    case Kind.MERGE:
      return { kind: 'merge', table, key, value, operator: wire.merge_operator_id ?? 0 };
    case Kind.CHECKPOINT:
      return { kind: 'checkpoint' };
  }
}

function responseOf(type: hadoop.ozone.Type, answer: Answer): OMResponse {
  return {
    cmdType: type,
    success: answer.status === hadoop.ozone.Status.OK,
    status: answer.status,
    ...(answer.message === undefined ? {} : { message: answer.message }),
    ...answer.body,
  };
}

/** The envelope fields of a response are made anew where the answer is given; the rest is the body. */
export function answerOf(response: OMResponse): Answer {
  const { cmdType: _1, traceID: _2, success: _3, message, status, leaderOMNodeId: _4, ...body } = response;
  return { status, ...(message == null ? {} : { message }), body };
}

function decodeRequest(bytes: Uint8Array, index: number): Plain<hadoop.ozone.OMRequest.$Properties> {
  try {
    return decode(OMRequest, bytes);
  } catch (cause) {
    const kind = unknownKind(bytes);
    if (kind === undefined) throw undecodable(index, 'it is no OMRequest', cause);
    throw new ReferenceFailure('ENTRY_UNKNOWN_OPERATION', `entry ${index} has an operation of kind ${kind}`, { cause });
  }
}

const KIND_TAG = 0x08;

/** To the generated code an operation of a kind that it does not know has no kind; the bytes say which one it is. */
function unknownKind(entry: Uint8Array): number | undefined {
  const reader = Reader.create(entry);
  reader.discardUnknown = false;
  try {
    OMRequest.decode(reader);
    return undefined;
  } catch (error) {
    const { instance } = error as { readonly instance?: unknown };
    if (!(instance instanceof hadoop.ozone.Operation)) return undefined;
    const kind = instance.$unknowns?.find((field) => field[0] === KIND_TAG);
    return kind === undefined ? undefined : Reader.create(kind.subarray(1)).uint32();
  }
}

function undecodable(index: number, why: string, cause?: unknown): ReferenceFailure {
  return new ReferenceFailure('ENTRY_UNDECODABLE', `entry ${index} cannot be read: ${why}`, { cause });
}
