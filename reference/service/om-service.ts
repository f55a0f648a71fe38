/**
 * The Ozone Manager's gRPC service: decodes, hands the call to the node, encodes what comes back. Decides only what the
 * wire decides: what is undecodable, who acts, which status and trailers an answer has (docs/spec/wire-binding.md §1, §2).
 */
import {
  type handleUnaryCall,
  Metadata,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { CallName } from '../execution/remembered-calls.js';
import type { OMRequest } from '../namespace/command.js';
import { formatStateVector, parseStateVector, type StateVector } from '../reads/state-vector.js';
import { decode, encode } from '../wire/plain.js';
import { StrictReader } from '../wire/strict-reader.js';
import { actingUser } from './acting-user.js';
import { parseCallId, requestDigest } from './call-id.js';
import { envelope } from './envelope.js';
import type { OmCall, OmHandler, OmReply } from './om-call.js';
import { refusalDetails } from './refusals.js';

const CALL_ID = 'om-call-id';
const STATE_ID = 'om-state-id';
export const OM_SERVICE_NAME = 'hadoop.ozone.OzoneManagerService';

/** Bytes in, bytes out: what cannot be decoded is this service's answer to give, not the gRPC library's. */
const asIs = (bytes: Buffer): Buffer => bytes;
export const OM_SERVICE: ServiceDefinition = {
  submitRequest: {
    path: `/${OM_SERVICE_NAME}/submitRequest`,
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
};

export interface OmServiceOptions {
  readonly nodeId: string;
  readonly processUser: string;
  readonly handler: OmHandler;
  /** With follower reads on: what every answer says of the node's state. Undefined: nothing is said, nor heard (FR-STATE-7). */
  readonly followerReads: FollowerReads | undefined;
  /** A fault of this program while a call was handled; the caller gets INTERNAL. */
  readonly onFault: (error: unknown) => void;
}

export interface FollowerReads {
  /** Id of the cluster; another one after its nodes were formatted anew (FR-STATE-9). */
  readonly cluster: string;
  /** What a read here can see now. */
  stateVector(): StateVector;
}

/** What upstream says to bytes that are no request (W-5). */
const UNDECODABLE = 'Application error processing RPC';

export function omService(options: OmServiceOptions): { readonly submitRequest: handleUnaryCall<Buffer, Buffer> } {
  return {
    submitRequest(grpc, callback) {
      const request = decodeRequest(grpc.request, options.followerReads !== undefined);
      if (request === undefined) {
        callback({ code: status.UNKNOWN, details: UNDECODABLE });
        return;
      }
      const named = callIdOf(grpc);
      if (named !== undefined && 'wrong' in named) {
        refuseMalformed(`${CALL_ID}: ${named.wrong}`, options, callback);
        return;
      }
      const seen = options.followerReads === undefined ? undefined : stateIdOf(grpc);
      if (seen !== undefined && 'wrong' in seen) {
        refuseMalformed(`${STATE_ID}: ${seen.wrong}`, options, callback);
        return;
      }
      const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);
      try {
        options.handler.submit(call);
      } catch (error) {
        call.fault(error);
      }
    },
  };
}

/**
 * An unknown `cmdType` number is undecodable too, as for a reader of the closed enumeration (W-8). Msync is such a number
 * where follower reads are off: that is how a client finds out that an OM does not offer them (wire-binding §1).
 */
function decodeRequest(bytes: Uint8Array, followerReads: boolean): OMRequest | undefined {
  let request: OMRequest;
  try {
    request = decode(hadoop.ozone.OMRequest, new StrictReader(bytes));
  } catch {
    // Malformed bytes or a missing required field: the generated code has no other reason to throw.
    return undefined;
  }
  const { Type } = hadoop.ozone;
  const unknown = Type[request.cmdType] === undefined || (request.cmdType === Type.Msync && !followerReads);
  return unknown ? undefined : request;
}

function callIdOf(grpc: ServerUnaryCall<Buffer, Buffer>) {
  const values = grpc.metadata.get(CALL_ID);
  return values.length === 0 ? undefined : parseCallId(values.map(String));
}

function stateIdOf(grpc: ServerUnaryCall<Buffer, Buffer>) {
  const values = grpc.metadata.get(STATE_ID);
  return values.length === 0 ? undefined : parseStateVector(values.map(String));
}

/** The request could be decoded, so its answer has trailers; nothing of it was done. */
function refuseMalformed(details: string, options: OmServiceOptions, callback: sendUnaryData<Buffer>): void {
  const metadata = trailersOf(options);
  metadata.set('om-outcome', 'none');
  callback({ code: status.INVALID_ARGUMENT, details, metadata });
}

/** What every answer carries that is given now, whatever it says (FR-STATE-1): asked for last, so that it covers the answer. */
function trailersOf({ nodeId, followerReads }: OmServiceOptions): Metadata {
  const trailers = new Metadata();
  trailers.set('om-node', nodeId);
  if (followerReads !== undefined) {
    trailers.set(STATE_ID, formatStateVector(followerReads.stateVector()));
    trailers.set('om-cluster', followerReads.cluster);
  }
  return trailers;
}

class GrpcOmCall implements OmCall {
  readonly user: string;
  #replied = false;

  constructor(
    readonly grpc: ServerUnaryCall<Buffer, Buffer>,
    readonly request: OMRequest,
    readonly callId: bigint | undefined,
    readonly stateVector: StateVector | undefined,
    readonly options: OmServiceOptions,
    readonly callback: sendUnaryData<Buffer>,
  ) {
    const first = (key: string): string | undefined => grpc.metadata.get(key)[0]?.toString();
    const caller = { hostname: first('client_hostname'), ip: first('client_ip_address') };
    this.user = actingUser(request, caller, options.processUser);
  }

  get cancelled(): boolean {
    return this.grpc.cancelled;
  }

  onCancelled(listener: () => void): void {
    this.grpc.once('cancelled', listener);
  }

  name(): CallName | undefined {
    const { callId, request, grpc } = this;
    if (callId === undefined || request.clientId === '') return undefined;
    return { clientId: request.clientId, callId, requestDigest: requestDigest(request.cmdType, grpc.request) };
  }

  reply(reply: OmReply): void {
    if (this.#replied) throw new Error('a call was answered twice');
    const trailers = this.#trailers();
    switch (reply.kind) {
      case 'answer': {
        const response = envelope(this.request, reply.answer, reply.raftLeader);
        const head = encode(hadoop.ozone.OMResponse, response) as Buffer;
        const { encoded } = reply.answer;
        const bytes = encoded === undefined ? head : Buffer.concat([head, encoded]);
        this.#replied = true;
        this.callback(null, bytes, trailers);
        return;
      }
      case 'refusal': {
        const { refusal } = reply;
        if (reply.nothingProposed === true) trailers.set('om-outcome', 'none');
        if (refusal.kind === 'not-leader' && refusal.leader !== undefined) trailers.set('om-leader', refusal.leader.id);
        this.#replied = true;
        this.callback({ code: status.INTERNAL, details: refusalDetails(refusal), metadata: trailers });
        return;
      }
    }
  }

  fault(error: unknown): void {
    this.options.onFault(error);
    if (this.#replied) return;
    this.#replied = true;
    const details = 'java.lang.RuntimeException: a fault of the server; see its log';
    this.callback({ code: status.INTERNAL, details, metadata: this.#trailers() });
  }

  /** The call id comes back, and so tells a client that it may repeat an unknown write here (HA-15). */
  #trailers(): Metadata {
    const trailers = trailersOf(this.options);
    if (this.callId !== undefined) trailers.set(CALL_ID, this.callId.toString());
    return trailers;
  }
}
