/**
 * The control service of a node (harness-contracts.md §2): a test door that only a start option opens. Decides statuses and
 * shapes of its messages; what is done is the node's.
 */
import {
  type handleUnaryCall,
  type ServerUnaryCall,
  type ServiceDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { om } from '#proto';
import { decode, encode, type MessageType, type Plain } from '../wire/plain.js';
import {
  type ChangeOrder,
  type ControlledNode,
  ControlRefusal,
  type Direction,
  type GroupState,
} from './control-port.js';
import { close, listen, newServer } from './grpc-server.js';

const v1 = om.conformance.v1;

/** Version of harness-contracts.md §2 that is followed. */
const CONTRACT = '1.1';
/** Out of the closed list of harness-contracts.md §1: what this node offers. */
const CAPABILITIES = [
  'blocks',
  'configure',
  'counters',
  'drop-replica',
  'isolate-node',
  'isolate-one-way',
  'membership',
  'node-clock',
  'pause-apply',
  'power-loss',
  'reformat',
  'snapshot',
  'status',
  'transfer-group',
] as const;

type Answering<Q, A> = (request: Plain<Q>) => Plain<A> | Promise<Plain<A>>;

interface Method {
  readonly name: string;
  readonly handle: handleUnaryCall<Buffer, Buffer>;
}

export interface ControlServer {
  readonly address: string;
  close(): Promise<void>;
}

/** @throws ReferenceFailure `PORT_IN_USE`, `ADDRESS_UNUSABLE` */
export async function startControlServer(address: string, node: ControlledNode): Promise<ControlServer> {
  const methods = methodsOf(node);
  const server = newServer({});
  server.addService(
    Object.fromEntries(methods.map(({ name }) => [name, bytesMethod(`/om.conformance.v1.Control/${name}`)])),
    Object.fromEntries(methods.map(({ name, handle }) => [name, handle])),
  );
  return { address: await listen(server, address), close: () => close(server, 200) };
}

function methodsOf(node: ControlledNode): readonly Method[] {
  /** A node is named to be checked: one endpoint answers for one node. */
  const checked = (named: string | null | undefined): void => {
    if (named && named !== node.node) {
      throw new ControlRefusal('not-found', `node "${named}" is not answered for here; this is ${node.node}`);
    }
  };
  const groupOf = (named: string | null | undefined): string => named || 'main';
  return [
    method('GetCapabilities', v1.GetCapabilitiesRequest, v1.GetCapabilitiesResponse, () => ({
      contract: CONTRACT,
      capabilities: [...CAPABILITIES],
      nodes: [node.node],
    })),
    method('GetStatus', v1.GetStatusRequest, v1.GetStatusResponse, (request) => {
      checked(request.node);
      return { node: node.node, groups: node.status().map(groupMessage) };
    }),
    method('GetCounters', v1.GetCountersRequest, v1.GetCountersResponse, (request) => {
      checked(request.node);
      return {
        counters: Object.fromEntries([...node.counters()].map(([name, value]) => [name, BigInt(Math.trunc(value))])),
      };
    }),
    method('PauseApply', v1.PauseApplyRequest, v1.PauseApplyResponse, (request) => {
      checked(request.node);
      node.pauseApply(groupOf(request.group));
      return {};
    }),
    method('ResumeApply', v1.ResumeApplyRequest, v1.ResumeApplyResponse, (request) => {
      checked(request.node);
      node.resumeApply(groupOf(request.group));
      return {};
    }),
    method('Isolate', v1.IsolateRequest, v1.IsolateResponse, (request) => {
      checked(request.node);
      node.isolate(request.from ?? [], directionOf(request.direction));
      return {};
    }),
    method('Heal', v1.HealRequest, v1.HealResponse, (request) => {
      checked(request.node);
      node.heal();
      return {};
    }),
    method('TransferLeadership', v1.TransferLeadershipRequest, v1.TransferLeadershipResponse, async (request) => {
      await node.transferLeadership({
        group: groupOf(request.group),
        target: request.target || undefined,
        expectedLeader: request.expected_leader || undefined,
        expectedTerm: request.expected_term ? Number(request.expected_term) : undefined,
      });
      return {};
    }),
    method(
      'ChangeMembership',
      v1.ChangeMembershipRequest,
      v1.ChangeMembershipResponse,
      async ({ change, node: named, group }) => {
        const state = await node.changeMembership({
          change: changeOf(change),
          node: named ?? '',
          group: groupOf(group),
        });
        return { member: BigInt(state.member), voters: [...state.voters], learners: [...state.learners] };
      },
    ),
    method('DropReplica', v1.DropReplicaRequest, v1.DropReplicaResponse, async (request) => {
      checked(request.node);
      return { directory: await node.dropReplica(request.group || undefined) };
    }),
    method('Reformat', v1.ReformatRequest, v1.ReformatResponse, async () => ({ cluster: await node.reformat() })),
    method('JumpClock', v1.JumpClockRequest, v1.JumpClockResponse, (request) => {
      checked(request.node);
      node.jumpClock({ wallMs: request.wall_ms ?? 0n, monotonicMs: Number(request.monotonic_ms ?? 0n) });
      return {};
    }),
    method('PowerLoss', v1.PowerLossRequest, v1.PowerLossResponse, async ({ nodes, seed }) => {
      const named = nodes ?? [];
      if (named.length > 0 && !named.includes(node.node)) checked(named[0]);
      await node.powerLoss(Number((seed ?? 0n) & 0xffff_ffffn));
      return {};
    }),
    method('Snapshot', v1.SnapshotRequest, v1.SnapshotResponse, async (request) => {
      checked(request.node);
      return { snapshot_index: BigInt(await node.snapshot(groupOf(request.group))) };
    }),
    method('Configure', v1.ConfigureRequest, v1.ConfigureResponse, async (request) => {
      await node.configure(request.values ?? {});
      return {};
    }),
  ];
}

function method<Q, A>(
  name: string,
  requestType: MessageType<Q>,
  answerType: MessageType<A>,
  answer: Answering<Q, A>,
): Method {
  const handle = async (call: ServerUnaryCall<Buffer, Buffer>): Promise<Buffer> => {
    let request: Plain<Q>;
    try {
      request = decode(requestType, call.request);
    } catch {
      throw new ControlRefusal('invalid', `${name}: the request cannot be decoded`);
    }
    return encode(answerType, await answer(request)) as Buffer;
  };
  return {
    name,
    handle(call, callback) {
      handle(call).then(
        (bytes) => callback(null, bytes),
        (error: unknown) => callback(statusOf(error)),
      );
    },
  };
}

function statusOf(error: unknown): Partial<ServiceError> {
  if (!(error instanceof ControlRefusal)) {
    return { code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) };
  }
  const details = error.message;
  switch (error.why) {
    case 'not-found':
      return { code: status.NOT_FOUND, details };
    case 'invalid':
      return { code: status.INVALID_ARGUMENT, details };
    case 'not-now':
      return { code: status.FAILED_PRECONDITION, details };
    case 'timed-out':
      return { code: status.ABORTED, details };
  }
}

function groupMessage(group: GroupState) {
  const { Role } = v1.GroupStatus;
  const roles = { follower: Role.FOLLOWER, candidate: Role.CANDIDATE, leader: Role.LEADER, learner: Role.LEARNER };
  return {
    group: group.group,
    role: roles[group.role],
    term: BigInt(group.term),
    leader: group.leader ?? '',
    last_log_index: BigInt(group.lastLogIndex),
    commit_index: BigInt(group.commitIndex),
    applied_index: BigInt(group.appliedIndex),
    snapshot_index: BigInt(group.snapshotIndex),
    ready: group.ready,
    apply_paused: group.applyPaused,
    member: BigInt(group.member),
    voters: [...group.voters],
    learners: [...group.learners],
  };
}

function changeOf(change: om.conformance.v1.ChangeMembershipRequest.Change | null | undefined): ChangeOrder['change'] {
  const { Change } = v1.ChangeMembershipRequest;
  switch (change) {
    case Change.ADD_LEARNER:
      return 'add-learner';
    case Change.PROMOTE:
      return 'promote';
    case Change.DRAIN:
      return 'drain';
    case Change.REMOVE:
      return 'remove';
    default:
      throw new ControlRefusal('invalid', `change ${String(change)} is none of ADD_LEARNER, PROMOTE, DRAIN, REMOVE`);
  }
}

function directionOf(direction: om.conformance.v1.IsolateRequest.Direction | null | undefined): Direction {
  const { Direction: D } = v1.IsolateRequest;
  switch (direction) {
    case D.INBOUND:
      return 'inbound';
    case D.OUTBOUND:
      return 'outbound';
    case D.BOTH:
    case undefined:
    case null:
      return 'both';
    default:
      throw new ControlRefusal('invalid', `direction ${String(direction)} is none of BOTH, INBOUND, OUTBOUND`);
  }
}

function bytesMethod(path: string): ServiceDefinition[string] {
  const asIs = (bytes: Buffer): Buffer => bytes;
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
}
