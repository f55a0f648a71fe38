/**
 * The control client over gRPC: finds the endpoint that answers for a node, calls it, and turns every failure into an
 * EnvironmentError that says which call failed where. Its calls stand in the transcript beside those to the OM service.
 */
import { status as Code } from '@grpc/grpc-js';
import { om } from '#proto';
import { EnvironmentError, HarnessError } from '../failure.js';
import { CAPABILITIES, type Capability } from '../run/capability.js';
import { classify } from '../wire/call-end.js';
import { NodeConnection } from '../wire/connection.js';
import { decode, type MessageType, type Plain } from '../wire/plain.js';
import { render, safeMetadata } from '../wire/render.js';
import { encodeChecked } from '../wire/request-check.js';
import { messageOf, printable } from '../wire/text.js';
import type { Tls } from '../wire/tls.js';
import type { TranscriptLog } from '../wire/transcript-log.js';
import type { ChangeAnswer, ControlClient, GroupStatus, MembershipChange } from './control.js';
import { groupStatusOf, type StatusProto } from './group-status.js';

const v1 = om.conformance.v1;
const MAX_TEXT_CHARS = 2048;
const MAX_COUNTERS = 1000;
const CONTRACT_MAJOR = '1';

export interface ControlEndpoint {
  /** Node id. */
  readonly id: string;
  /** host:port; several nodes may share one. Nodes without one cannot be asked. */
  readonly control?: string | undefined;
  readonly tls?: Tls | undefined;
}

export interface ControlClientOptions {
  readonly nodes: readonly ControlEndpoint[];
  /** Deadline of an ordinary call. */
  readonly callMs: number;
  /** Deadline of calls that wait for the cluster: Configure, Snapshot, TransferLeadership. */
  readonly slowCallMs: number;
  readonly transcript: TranscriptLog;
  /** Monotonic clock, ms. */
  readonly now?: () => number;
}

/** Undefined when no node names a control endpoint. Connects to nothing yet. */
export function createControlClient(options: ControlClientOptions): ControlClient | undefined {
  return options.nodes.some((node) => node.control !== undefined) ? new GrpcControlClient(options) : undefined;
}

interface Endpoint {
  readonly connection: NodeConnection;
  /** Ids of the nodes that it answers for, as the target says. */
  readonly nodes: string[];
}

/** A call's name and its two message types. */
interface Method<Q, A> {
  readonly name: string;
  readonly request: MessageType<Q>;
  readonly answer: MessageType<A>;
  readonly slow?: boolean;
}

const METHODS = {
  capabilities: { name: 'GetCapabilities', request: v1.GetCapabilitiesRequest, answer: v1.GetCapabilitiesResponse },
  status: { name: 'GetStatus', request: v1.GetStatusRequest, answer: v1.GetStatusResponse },
  counters: { name: 'GetCounters', request: v1.GetCountersRequest, answer: v1.GetCountersResponse },
  pause: { name: 'PauseApply', request: v1.PauseApplyRequest, answer: v1.PauseApplyResponse },
  resume: { name: 'ResumeApply', request: v1.ResumeApplyRequest, answer: v1.ResumeApplyResponse },
  isolate: { name: 'Isolate', request: v1.IsolateRequest, answer: v1.IsolateResponse },
  heal: { name: 'Heal', request: v1.HealRequest, answer: v1.HealResponse },
  transfer: {
    name: 'TransferLeadership',
    request: v1.TransferLeadershipRequest,
    answer: v1.TransferLeadershipResponse,
    slow: true,
  },
  change: {
    name: 'ChangeMembership',
    request: v1.ChangeMembershipRequest,
    answer: v1.ChangeMembershipResponse,
    slow: true,
  },
  drop: { name: 'DropReplica', request: v1.DropReplicaRequest, answer: v1.DropReplicaResponse, slow: true },
  reformat: { name: 'Reformat', request: v1.ReformatRequest, answer: v1.ReformatResponse, slow: true },
  lose: { name: 'PowerLoss', request: v1.PowerLossRequest, answer: v1.PowerLossResponse, slow: true },
  jump: { name: 'JumpClock', request: v1.JumpClockRequest, answer: v1.JumpClockResponse },
  snapshot: { name: 'Snapshot', request: v1.SnapshotRequest, answer: v1.SnapshotResponse, slow: true },
  configure: { name: 'Configure', request: v1.ConfigureRequest, answer: v1.ConfigureResponse, slow: true },
} as const;

const DIRECTIONS = {
  inbound: v1.IsolateRequest.Direction.INBOUND,
  outbound: v1.IsolateRequest.Direction.OUTBOUND,
} as const;

const CHANGES = {
  'add learner': v1.ChangeMembershipRequest.Change.ADD_LEARNER,
  promote: v1.ChangeMembershipRequest.Change.PROMOTE,
  drain: v1.ChangeMembershipRequest.Change.DRAIN,
  remove: v1.ChangeMembershipRequest.Change.REMOVE,
} as const;

class GrpcControlClient implements ControlClient {
  private readonly endpoints: readonly Endpoint[];
  private readonly now: () => number;

  constructor(private readonly options: ControlClientOptions) {
    this.now = options.now ?? (() => performance.now());
    const byAddress = new Map<string, Endpoint>();
    for (const node of options.nodes) {
      if (node.control === undefined) continue;
      const known = byAddress.get(node.control);
      if (known !== undefined) known.nodes.push(node.id);
      else byAddress.set(node.control, { connection: new NodeConnection(node.control, node.tls), nodes: [node.id] });
    }
    this.endpoints = [...byAddress.values()];
  }

  async capabilities(): Promise<ReadonlySet<Capability>> {
    const offers = await Promise.all(
      this.endpoints.map(async (endpoint) => {
        const answer = await this.call(endpoint, METHODS.capabilities, {}, endpoint.nodes.join(','));
        const contract = printable(answer.contract ?? '', 32);
        if (contract.split('.')[0] !== CONTRACT_MAJOR) {
          throw failed(endpoint, 'GetCapabilities', `contract "${contract}" is not 1.x`);
        }
        const missing = endpoint.nodes.filter((node) => !(answer.nodes ?? []).includes(node));
        if (missing.length > 0)
          throw failed(endpoint, 'GetCapabilities', `it does not answer for ${missing.join(', ')}`);
        return new Set(answer.capabilities ?? []);
      }),
    );
    const covered = new Set(this.endpoints.flatMap((endpoint) => endpoint.nodes));
    if (this.options.nodes.some((node) => !covered.has(node.id))) return new Set();
    return new Set(CAPABILITIES.filter((capability) => offers.every((offer) => offer.has(capability))));
  }

  async status(node: string) {
    const endpoint = this.endpointOf(node);
    const answer: StatusProto = await this.call(endpoint, METHODS.status, { node }, node);
    try {
      return (answer.groups ?? []).map(groupStatusOf);
    } catch (cause) {
      throw failed(endpoint, 'GetStatus', messageOf(cause), cause);
    }
  }

  async counters(node: string): Promise<ReadonlyMap<string, bigint>> {
    const answer = await this.call(this.endpointOf(node), METHODS.counters, { node }, node);
    return new Map(Object.entries(answer.counters ?? {}).slice(0, MAX_COUNTERS));
  }

  async pauseApply(node: string, group = 'main'): Promise<void> {
    await this.call(this.endpointOf(node), METHODS.pause, { node, group }, node);
  }

  async resumeApply(node: string, group = 'main'): Promise<void> {
    await this.call(this.endpointOf(node), METHODS.resume, { node, group }, node);
  }

  async isolate(
    node: string,
    from: readonly string[] = [],
    direction: 'both' | 'inbound' | 'outbound' = 'both',
  ): Promise<void> {
    // `both` is the default, which cannot be told from absence on the wire.
    const request = { node, from: [...from], ...(direction === 'both' ? {} : { direction: DIRECTIONS[direction] }) };
    await this.call(this.endpointOf(node), METHODS.isolate, request, node);
  }

  async heal(node?: string): Promise<void> {
    if (node !== undefined) {
      await this.call(this.endpointOf(node), METHODS.heal, { node }, node);
      return;
    }
    await Promise.all(
      this.endpoints.map((endpoint) => this.call(endpoint, METHODS.heal, {}, endpoint.nodes.join(','))),
    );
  }

  async transferLeadership(target: string, group = 'main'): Promise<void> {
    const endpoint = this.endpoints.length === 1 ? this.endpointOf(target) : await this.leaderEndpoint(group);
    await this.call(endpoint, METHODS.transfer, { group, target }, endpoint.nodes.join(','));
  }

  async changeMembership(change: MembershipChange, node: string, group = 'main'): Promise<ChangeAnswer> {
    const [only, ...more] = this.endpoints;
    const endpoint = only !== undefined && more.length === 0 ? only : await this.leaderEndpoint(group);
    const request = { change: CHANGES[change], node, group };
    try {
      const {
        member = 0n,
        voters,
        learners,
      } = await this.call(endpoint, METHODS.change, request, endpoint.nodes.join(','));
      const names = (ids: readonly string[] | null | undefined) => (ids ?? []).map((id) => printable(id, 128));
      return { kind: 'done', member: member ?? 0n, voters: names(voters), learners: names(learners) };
    } catch (error) {
      if (!(error instanceof ControlCallFailed) || error.status !== Code.FAILED_PRECONDITION) throw error;
      return { kind: 'refused', why: error.message };
    }
  }

  async dropReplica(node: string): Promise<string> {
    const answer = await this.call(this.endpointOf(node), METHODS.drop, { node }, node);
    return printable(answer.directory ?? '', 1024);
  }

  async reformat(): Promise<void> {
    // All are asked, whatever comes of one: nodes of two clusters are worse than a call that failed.
    const ends = await Promise.allSettled(
      this.endpoints.map((endpoint) => this.call(endpoint, METHODS.reformat, {}, endpoint.nodes.join(','))),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async powerLoss(nodes: readonly string[], seed: bigint): Promise<void> {
    const endpoints = new Set(nodes.map((node) => this.endpointOf(node)));
    await Promise.all(
      [...endpoints].map(async (endpoint) => {
        const own = endpoint.nodes.filter((node) => nodes.includes(node));
        await this.call(endpoint, METHODS.lose, { nodes: own, seed }, own.join(','));
      }),
    );
  }

  async jumpClock(node: string, jump: { readonly wallMs: bigint; readonly monotonicMs: bigint }): Promise<void> {
    // Zero cannot be told from absence on the wire.
    const request = {
      node,
      ...(jump.wallMs === 0n ? {} : { wall_ms: jump.wallMs }),
      ...(jump.monotonicMs === 0n ? {} : { monotonic_ms: jump.monotonicMs }),
    };
    await this.call(this.endpointOf(node), METHODS.jump, request, node);
  }

  async snapshot(node: string, group = 'main'): Promise<bigint> {
    const answer = await this.call(this.endpointOf(node), METHODS.snapshot, { node, group }, node);
    return answer.snapshot_index ?? 0n;
  }

  async configure(values: Readonly<Record<string, string>>): Promise<void> {
    // An empty map cannot be told from an absent one on the wire.
    const request = Object.keys(values).length === 0 ? {} : { values: { ...values } };
    await Promise.all(
      this.endpoints.map((endpoint) => this.call(endpoint, METHODS.configure, request, endpoint.nodes.join(','))),
    );
  }

  close(): void {
    for (const endpoint of this.endpoints) endpoint.connection.close();
  }

  /** Only the leader can hand its leadership over, and an endpoint of one node answers for that node alone. */
  private async leaderEndpoint(group: string): Promise<Endpoint> {
    for (const endpoint of this.endpoints) {
      for (const node of endpoint.nodes) {
        const groups = await this.statusIfUp(node);
        if (groups.some((one) => one.group === group && one.role === 'leader')) return endpoint;
      }
    }
    throw new EnvironmentError(
      'CONTROL_FAILED',
      `control call TransferLeadership: no node says that it leads group "${printable(group, 64)}"`,
    );
  }

  /** A node that is down leads nothing. */
  private async statusIfUp(node: string): Promise<readonly GroupStatus[]> {
    try {
      return await this.status(node);
    } catch (error) {
      if (error instanceof ControlCallFailed && error.status !== undefined) return [];
      throw error;
    }
  }

  private endpointOf(node: string): Endpoint {
    const endpoint = this.endpoints.find((one) => one.nodes.includes(node));
    if (endpoint === undefined) {
      throw new HarnessError('UNKNOWN_NODE', `no control endpoint answers for node "${printable(node, 128)}"`);
    }
    return endpoint;
  }

  private async call<Q, A>(
    endpoint: Endpoint,
    method: Method<Q, A>,
    request: Plain<Q>,
    node: string,
  ): Promise<Plain<A>> {
    const bytes = encodeChecked(method.request, method.name, request);
    const sentAtMs = this.now();
    const entry = this.options.transcript.open({
      node,
      command: `Control.${method.name}`,
      request: render(request, MAX_TEXT_CHARS),
      metadata: {},
      sentAtMs,
    });
    const end = await endpoint.connection.unary(`/om.conformance.v1.Control/${method.name}`, bytes, {
      deadlineMs: method.slow ? this.options.slowCallMs : this.options.callMs,
    });
    const close = (answer: string) =>
      entry.end({ answer, trailers: safeMetadata(end.trailers), endedAtMs: this.now() });
    const ending = classify(end);
    try {
      if (ending.kind === 'message') {
        const answer = decode(method.answer, ending.message);
        close(render(answer, MAX_TEXT_CHARS));
        return answer;
      }
    } catch (cause) {
      close(`unreadable: ${messageOf(cause)}`);
      throw failed(endpoint, method.name, `its answer is unreadable: ${messageOf(cause)}`, cause);
    }
    const why = `gRPC ${Code[end.code] ?? end.code}: ${printable(end.details, MAX_TEXT_CHARS)}`;
    close(why);
    throw failed(endpoint, method.name, why, undefined, end.code);
  }
}

/** A control call that was not done, with its gRPC status where it was answered. */
class ControlCallFailed extends EnvironmentError {
  constructor(
    message: string,
    readonly status: Code | undefined,
    options: ErrorOptions,
  ) {
    super('CONTROL_FAILED', message, options);
  }
}

function failed(endpoint: Endpoint, method: string, why: string, cause?: unknown, status?: Code): ControlCallFailed {
  const where = `${endpoint.nodes.join(', ')} at ${endpoint.connection.address}`;
  return new ControlCallFailed(`control call ${method} on ${where}: ${why}`, status, { cause });
}
