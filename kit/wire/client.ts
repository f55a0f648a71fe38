/**
 * The kit's OM client: one request to one node, its outcome and its place in the transcript. It chooses no node, repeats
 * nothing and judges nothing; it throws only for what the kit itself did wrong.
 */
import { status as Code } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import { HarnessError } from '../failure.js';
import { type CallEnd, classify } from './call-end.js';
import { NodeConnection } from './connection.js';
import { FrailConnection } from './frail-connection.js';
import type { CallOptions, OMRequest, OMResponse, OmClient, Outcome, ReadHint } from './outcome.js';
import { decode, encode } from './plain.js';
import { readRefusal } from './refusal.js';
import { type EnumNames, render, safeMetadata } from './render.js';
import { encodeChecked } from './request-check.js';
import { vectorText } from './state-vector.js';
import { messageOf, printable } from './text.js';
import type { Tls } from './tls.js';
import type { TranscriptLog } from './transcript-log.js';

/** The gRPC method that carries every command. */
export const SUBMIT_REQUEST = '/hadoop.ozone.OzoneManagerService/submitRequest';
/** Newest client version of upstream; 0 means an old client and changes answers (wire-binding.md §1). */
export const CLIENT_VERSION = 3;
/** Leaves room for the mark of a cut: 4 KiB in all. */
const MAX_DETAILS_CHARS = 4000;
const MAX_REQUEST_CHARS = 2048;
const MAX_ANSWER_CHARS = 4096;
const MAX_CONNECTIONS = 1024;
/** HTTP's own headers, which reach us as trailers when a server refuses without sending headers first. */
const NOT_TRAILERS = new Set(['content-type', 'date', 'server', 'grpc-encoding', 'grpc-accept-encoding']);

const { ozone, hdds } = hadoop;
const HINTS: Readonly<Record<ReadHint, hadoop.ozone.ReadConsistencyProto>> = {
  DEFAULT: ozone.ReadConsistencyProto.DEFAULT,
  LINEARIZABLE_LEADER_ONLY: ozone.ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY,
  LINEARIZABLE_ALLOW_FOLLOWER: ozone.ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER,
  LOCAL_LEASE: ozone.ReadConsistencyProto.LOCAL_LEASE,
};
const ENUM_NAMES: EnumNames = {
  cmdType: ozone.Type,
  status: ozone.Status,
  readConsistency: ozone.ReadConsistencyProto,
  bucketLayout: ozone.BucketLayoutProto,
  scope: ozone.ListVolumeRequest.Scope,
  storageType: hdds.StorageTypeProto,
  nodeType: hdds.NodeType,
};

/** Where a node's OM service is. */
export interface OmEndpoint {
  readonly id: string;
  /** host:port */
  readonly address: string;
  readonly tls?: Tls | undefined;
}

export interface OmClientOptions {
  readonly nodes: readonly OmEndpoint[];
  /** Deadline of a call that names none. */
  readonly callMs: number;
  /** Sent as `OMRequest.clientId` where a request names none. */
  readonly clientId: string;
  /**
   * Undefined: calls leave no trace and requests are not read back before they are sent, which takes half the time of a call. For
   * workloads of millions, whose requests have a test of their own.
   */
  readonly transcript: TranscriptLog | undefined;
  /** Monotonic clock, ms. */
  readonly now?: () => number;
}

/** An `OmClient` that holds connections open until it is closed; while they are open the process does not end. */
export interface ClosableOmClient extends OmClient {
  close(): void;
}

/** Connects to nothing yet: a connection is made by the first call that needs it. */
export function createOmClient(options: OmClientOptions): ClosableOmClient {
  return new GrpcOmClient(options);
}

class GrpcOmClient implements ClosableOmClient {
  private readonly endpoints: ReadonlyMap<string, OmEndpoint>;
  private readonly connections = new Map<string, NodeConnection>();
  private readonly now: () => number;
  private readonly frailOf = new WeakMap<AbortSignal, Map<string, Promise<FrailConnection>>>();
  private readonly frail: FrailConnection[] = [];
  private closed = false;

  constructor(private readonly options: OmClientOptions) {
    this.endpoints = new Map(options.nodes.map((node) => [node.id, node]));
    this.now = options.now ?? (() => performance.now());
  }

  async call(
    node: string,
    asked: Omit<OMRequest, 'clientId'> & { clientId?: string },
    options: CallOptions = {},
  ): Promise<Outcome> {
    const request = this.complete(asked, options.hint);
    const { transcript } = this.options;
    const checked =
      transcript === undefined
        ? encode(ozone.OMRequest, request)
        : encodeChecked(ozone.OMRequest, commandOf(request), request);
    const bytes = options.message ?? withExtra(checked, options.extraBytes);
    const method = options.method ?? SUBMIT_REQUEST;
    const connection =
      options.breaks === undefined
        ? this.connection(node, options.connection)
        : await this.frailConnection(node, options.breaks);
    const metadata = this.metadata(withStateId(options));
    const sentAtMs = this.now();
    const entry = transcript?.open({
      node,
      command: commandOf(request),
      request: `${sentInstead(options)}${render(request, MAX_REQUEST_CHARS, ENUM_NAMES)}`,
      metadata: safeMetadata(Object.entries(metadata)),
      sentAtMs,
    });
    const end = await connection.unary(method, bytes, {
      deadlineMs: options.deadlineMs ?? this.options.callMs,
      metadata,
      signal: options.signal,
    });
    const endedAtMs = this.now();
    const trailers = new Map([...end.trailers].filter(([key]) => !NOT_TRAILERS.has(key)));
    const session = end.session === 0 ? {} : { session: end.session };
    const base = { node, request, sentAtMs, endedAtMs, trailers, callNumber: entry?.number ?? 0, ...session };
    const outcome: Outcome = { ...base, ...interpret(end, trailers) };
    entry?.end({ answer: answerText(outcome), trailers: safeMetadata(trailers), endedAtMs });
    return outcome;
  }

  close(): void {
    this.closed = true;
    for (const connection of this.connections.values()) connection.close();
    this.connections.clear();
    for (const frail of this.frail.splice(0)) frail.close();
  }

  private complete(asked: Omit<OMRequest, 'clientId'> & { clientId?: string }, hint: ReadHint | undefined): OMRequest {
    if (hint !== undefined && asked.readConsistencyHint !== undefined) {
      throw new HarnessError('REQUEST_INVALID', 'a read hint was given both in the request and in the call options');
    }
    return {
      ...asked,
      clientId: asked.clientId ?? this.options.clientId,
      version: asked.version ?? CLIENT_VERSION,
      ...(hint === undefined ? {} : { readConsistencyHint: { readConsistency: HINTS[hint] } }),
    };
  }

  private metadata(given: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
    const scenario = this.options.transcript?.scenario;
    const metadata: Record<string, string> = {};
    if (scenario !== undefined) metadata['om-conformance-scenario'] = asciiOf(scenario);
    for (const [key, value] of Object.entries(given ?? {})) {
      if (!/^[0-9a-z_.-]+$/.test(key) || !/^[\x20-\x7e]*$/.test(value)) {
        throw new HarnessError('REQUEST_INVALID', `metadata cannot carry ${JSON.stringify({ [key]: value })}`);
      }
      metadata[key] = value;
    }
    return metadata;
  }

  private connection(node: string, name: string | undefined): NodeConnection {
    const key = JSON.stringify([node, name ?? '']);
    const known = this.connections.get(key);
    if (known !== undefined) return known;
    const endpoint = this.endpointOf(node);
    if (this.connections.size >= MAX_CONNECTIONS) {
      throw new HarnessError('TOO_MANY_CONNECTIONS', `more than ${MAX_CONNECTIONS} connections in one run`);
    }
    const made = new NodeConnection(endpoint.address, endpoint.tls);
    this.connections.set(key, made);
    return made;
  }

  private async frailConnection(node: string, breaks: AbortSignal): Promise<NodeConnection> {
    const byNode = this.frailOf.get(breaks) ?? new Map<string, Promise<FrailConnection>>();
    this.frailOf.set(breaks, byNode);
    const made = byNode.get(node) ?? this.openFrail(this.endpointOf(node), breaks);
    byNode.set(node, made);
    return (await made).connection;
  }

  private async openFrail({ address, tls }: OmEndpoint, breaks: AbortSignal): Promise<FrailConnection> {
    const made = await FrailConnection.open(address, tls);
    this.frail.push(made);
    breaks.addEventListener('abort', () => made.break(), { once: true });
    return made;
  }

  private endpointOf(node: string): OmEndpoint {
    if (this.closed)
      throw new HarnessError('CLIENT_CLOSED', `a call to ${printable(node, 128)} after the client was closed`);
    const endpoint = this.endpoints.get(node);
    if (endpoint !== undefined) return endpoint;
    const ids = [...this.endpoints.keys()].join(', ');
    throw new HarnessError('UNKNOWN_NODE', `no node "${printable(node, 128)}" in the target; it has ${ids}`);
  }
}

type Interpretation =
  | { kind: 'answered'; response: OMResponse }
  | {
      kind: 'refused';
      code: number;
      details: string;
      className: string | undefined;
      suggestedLeader: string | undefined;
    }
  | { kind: 'unanswered'; why: 'deadline' | 'unavailable' | 'cancelled'; details: string }
  | { kind: 'unreadable'; details: string };

function interpret(end: CallEnd, trailers: ReadonlyMap<string, string>): Interpretation {
  const ending = classify(end);
  const details = printable(end.details, MAX_DETAILS_CHARS);
  switch (ending.kind) {
    case 'message':
      try {
        return { kind: 'answered', response: decode(ozone.OMResponse, ending.message) };
      } catch (cause) {
        return { kind: 'unreadable', details: `${ending.message.byteLength} bytes: ${messageOf(cause)}` };
      }
    case 'refused':
      return { kind: 'refused', code: end.code, details, ...readRefusal(details, trailers) };
    case 'unanswered':
      return { kind: 'unanswered', why: ending.why, details };
    case 'unreadable':
      return { kind: 'unreadable', details: printable(ending.why, MAX_DETAILS_CHARS) };
  }
}

function answerText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'answered':
      return render(outcome.response, MAX_ANSWER_CHARS, ENUM_NAMES);
    case 'refused':
      return `gRPC ${Code[outcome.code] ?? outcome.code}: ${outcome.details}`;
    case 'unanswered':
      return `no answer (${outcome.why}): ${outcome.details}`;
    case 'unreadable':
      return `unreadable: ${outcome.details}`;
  }
}

/** Name of a request's command, e.g. `CreateVolume`. */
export function commandOf(request: { readonly cmdType: number }): string {
  return ozone.Type[request.cmdType] ?? `Type ${request.cmdType}`;
}

/** What was done to a request that was not sent as it is, in front of the request that was meant. */
function sentInstead({ message, method }: CallOptions): string {
  const path = method === undefined ? '' : `by method ${printable(method, 200)}: `;
  if (message === undefined) return path;
  return `${path}${render(message, 100)} in place of `;
}

/** The metadata asked for, and the state id. */
function withStateId({ metadata, stateId }: CallOptions): Readonly<Record<string, string>> {
  if (typeof stateId === 'string') return { ...metadata, 'om-state-id': stateId };
  return stateId === undefined || stateId.size === 0
    ? { ...metadata }
    : { ...metadata, 'om-state-id': vectorText(stateId) };
}

function withExtra(bytes: Uint8Array, extra: Uint8Array | undefined): Uint8Array {
  return extra === undefined ? bytes : Buffer.concat([bytes, extra]);
}

function asciiOf(text: string): string {
  return text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
}
