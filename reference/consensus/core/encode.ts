/**
 * The arguments of the core's calls, in the layouts that reference/consensus/wasm/exports.go reads.
 */
import type { Membership, RaftGroupOptions, SnapshotPoint } from '../raft-group.js';
import { Writer } from './codec.js';
import type { CoreInstance } from './instance.js';

export interface MembershipChange {
  readonly type: 'voter' | 'learner' | 'remove';
  readonly id: number;
}

/** Numbers of raft's ConfChangeType. */
const CHANGE_TYPES = { voter: 0, remove: 1, learner: 3 } as const satisfies Record<MembershipChange['type'], number>;

export function encodeOptions(options: RaftGroupOptions): Uint8Array {
  const writer = new Writer()
    .whole(options.id)
    .whole(options.seed)
    .u32(options.electionTicks)
    .u32(options.heartbeatTicks)
    .whole(options.maxMessageBytes)
    .u32(options.maxInflightMessages)
    .whole(options.maxUncommittedBytes)
    .whole(options.maxLogBytes ?? 0)
    .whole(options.applied)
    .whole(options.hardState.term)
    .whole(options.hardState.vote)
    .whole(options.hardState.commit);
  writePoint(writer, options.snapshot);
  writer.u32(options.entries.length);
  const [first] = options.entries;
  if (first !== undefined) {
    writer.whole(first.index);
    for (const entry of options.entries) {
      writer.whole(entry.term).u32(entry.type).data(entry.data);
    }
  }
  return writer.finish();
}

export function encodePoint(point: SnapshotPoint): Uint8Array {
  const writer = new Writer();
  writePoint(writer, point);
  return writer.finish();
}

export function encodeChanges(changes: readonly MembershipChange[]): Uint8Array {
  const writer = new Writer().u32(changes.length);
  for (const { type, id } of changes) {
    writer.u32(CHANGE_TYPES[type]).whole(id);
  }
  return writer.finish();
}

/** Writes a batch of proposals straight into the core's memory and answers its length. */
export function putProposal(instance: CoreInstance, entries: readonly Uint8Array[]): number {
  let length = 4;
  for (const entry of entries) {
    length += 4 + entry.length;
  }
  let at = instance.input(length);
  const { view, bytes } = instance;
  view.setUint32(at, entries.length, true);
  at += 4;
  for (const entry of entries) {
    view.setUint32(at, entry.length, true);
    bytes.set(entry, at + 4);
    at += 4 + entry.length;
  }
  return length;
}

function writePoint(writer: Writer, point: SnapshotPoint): void {
  writer.whole(point.index).whole(point.term);
  writeMembership(writer, point.membership);
}

function writeMembership(writer: Writer, membership: Membership): void {
  for (const ids of [membership.voters, membership.learners, membership.votersOutgoing, membership.learnersNext]) {
    writer.u32(ids.length);
    for (const id of ids) {
      writer.whole(id);
    }
  }
  writer.u32(membership.autoLeave ? 1 : 0);
}
