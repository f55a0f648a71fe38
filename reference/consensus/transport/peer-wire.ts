/**
 * The node-to-node protocol as gRPC sees it (proto/peer.proto): methods, how messages become bytes, and the channel options of
 * both ends. Who may speak, and what is said, is decided elsewhere.
 */
import type { ChannelOptions, ServiceDefinition } from '@grpc/grpc-js';
import { om } from '#proto';

const { PeerFrame, SnapshotChunk, SnapshotReceipt, StandingAnswer, StandingRequest } = om.reference.v1;

/** One Raft message of one group; member ids are this project's own, so they are `number` (design §4.18). */
export interface WireMessage {
  readonly group: string;
  readonly to: number;
  readonly type: number;
  readonly message: Uint8Array;
  /** Of a leader: how far it had committed when it sent this; 0 or absent of anybody else. */
  readonly commit?: number;
}
export type WireHello = om.reference.v1.Hello.$Properties;
export interface Frame {
  readonly hello?: WireHello | null;
  readonly messages?: readonly WireMessage[];
}
export type Chunk = om.reference.v1.SnapshotChunk.$Properties;
/** A node asks as whom another one knows it; see proto/peer.proto. */
export type StandingQuestion = om.reference.v1.StandingRequest.$Properties;
export interface WireStanding {
  readonly member: number;
  readonly directory: string;
  readonly applied: number;
}
export type Receipt = om.reference.v1.SnapshotReceipt.$Properties;

/** Version of what the two ends say to each other; another one is refused. */
export const PEER_FORMAT = 1;

interface MessageClass<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

function serialize<T>(type: MessageClass<T>, message: T): Buffer {
  const bytes = type.encode(message).finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The generated encoder takes a number for a 64-bit field, though its type names the class that it decodes to. */
function serializeFrame(frame: Frame): Buffer {
  return serialize(PeerFrame, frame as unknown as om.reference.v1.PeerFrame.$Properties);
}

function deserializeFrame(bytes: Buffer): Frame {
  const { hello, messages } = PeerFrame.decode(bytes);
  return {
    hello: hello ?? null,
    messages: (messages as om.reference.v1.PeerMessage[]).map(({ group, to, type, message, commit }) => ({
      group,
      to: safeNumber(to),
      type,
      message,
      commit: safeNumber(commit),
    })),
  };
}

function serializeStanding(answer: WireStanding): Buffer {
  return serialize(StandingAnswer, answer as unknown as om.reference.v1.StandingAnswer.$Properties);
}

function deserializeStanding(bytes: Buffer): WireStanding {
  const { member, directory, applied } = StandingAnswer.decode(bytes);
  return { member: safeNumber(member), directory, applied: safeNumber(applied) };
}

/** Throws a `RangeError` for what no node of this project sends; the connection then ends. */
export function safeNumber(value: { toNumber(): number } | null | undefined): number {
  const number = value?.toNumber() ?? 0;
  if (!Number.isSafeInteger(number)) throw new RangeError('a member id or index of another node is beyond 2^53');
  return number;
}

export const peerService = {
  Connect: {
    path: '/om.reference.v1.Peer/Connect',
    requestStream: true,
    responseStream: true,
    requestSerialize: serializeFrame,
    requestDeserialize: deserializeFrame,
    responseSerialize: serializeFrame,
    responseDeserialize: deserializeFrame,
  },
  Standing: {
    path: '/om.reference.v1.Peer/Standing',
    requestStream: false,
    responseStream: false,
    requestSerialize: (question: StandingQuestion) => serialize(StandingRequest, question),
    requestDeserialize: (bytes: Buffer): StandingQuestion => StandingRequest.decode(bytes),
    responseSerialize: serializeStanding,
    responseDeserialize: deserializeStanding,
  },
  InstallSnapshot: {
    path: '/om.reference.v1.Peer/InstallSnapshot',
    requestStream: true,
    responseStream: false,
    requestSerialize: (chunk: Chunk) => serialize(SnapshotChunk, chunk),
    requestDeserialize: (bytes: Buffer): Chunk => SnapshotChunk.decode(bytes),
    responseSerialize: (receipt: Receipt) => serialize(SnapshotReceipt, receipt),
    responseDeserialize: (bytes: Buffer): Receipt => SnapshotReceipt.decode(bytes),
  },
} as const satisfies ServiceDefinition;

/** Largest frame or chunk that is taken: a message of consensus holds at least one entry, whatever its size. */
const MAX_RECEIVE_BYTES = 64 * 1024 * 1024;

export const channelOptions: ChannelOptions = {
  'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
  'grpc.max_send_message_length': -1,
  // A node that was frozen or cut off without a word is noticed.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 5_000,
  // Every attempt to reach a node, and every transfer, has a connection of its own.
  'grpc.use_local_subchannel_pool': 1,
  // Entries of one turn are not held up by the round trips of HTTP/2's flow control.
  'grpc-node.flow_control_window': 1024 * 1024,
};
