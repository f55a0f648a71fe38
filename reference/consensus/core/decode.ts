/**
 * The results of the core's calls, in the layouts that reference/consensus/wasm writes.
 */
import {
  type EntryType,
  type LogEntry,
  type Membership,
  type OutgoingMessage,
  type PeerProgress,
  type RaftRole,
  type RaftStatus,
  type Ready,
  SNAPSHOT_MESSAGE,
} from '../raft-group.js';
import type { Reader } from './codec.js';

const HARD_STATE = 1;
const SYNC = 2;
const SNAPSHOT = 4;

const ACTIVE = 256;
const LEARNER = 512;
const STATE_MASK = 255;

/** In the order of raft's StateType. */
const ROLES: readonly RaftRole[] = ['follower', 'candidate', 'leader', 'precandidate'];
/** In the order of raft's tracker.StateType. */
const PROGRESS: readonly PeerProgress['state'][] = ['probe', 'replicate', 'snapshot'];

export function decodeReady(reader: Reader): Ready {
  const flags = reader.u32();
  const token = reader.whole();
  return {
    token,
    mustSync: (flags & SYNC) !== 0,
    hardState:
      (flags & HARD_STATE) === 0 ? undefined : { term: reader.whole(), vote: reader.whole(), commit: reader.whole() },
    snapshot:
      (flags & SNAPSHOT) === 0
        ? undefined
        : { index: reader.whole(), term: reader.whole(), membership: decodeMembership(reader) },
    entries: decodeEntries(reader),
    committed: decodeEntries(reader),
    messages: reader.list(() => decodeMessage(reader)),
    messagesAfterPersist: reader.list(() => decodeMessage(reader)),
    readStates: reader.list(() => ({ index: reader.whole(), context: reader.data() })),
  };
}

function decodeEntries(reader: Reader): LogEntry[] {
  const entries: LogEntry[] = [];
  const count = reader.u32();
  if (count === 0) {
    return entries;
  }
  const first = reader.whole();
  for (let index = first; index < first + count; index++) {
    entries.push({ index, term: reader.whole(), type: entryType(reader.u32()), data: reader.data() });
  }
  return entries;
}

function entryType(value: number): EntryType {
  if (value === 0 || value === 1 || value === 2) {
    return value;
  }
  throw new RangeError(`an entry has the unknown type ${value}`);
}

function decodeMessage(reader: Reader): OutgoingMessage {
  const to = reader.whole();
  const type = reader.u32();
  return type === SNAPSHOT_MESSAGE
    ? { to, type, snapshotIndex: reader.whole(), bytes: reader.data() }
    : { to, type, bytes: reader.data() };
}

export function decodeMembership(reader: Reader): Membership {
  const ids = () => reader.list(() => reader.whole());
  return {
    voters: ids(),
    learners: ids(),
    votersOutgoing: ids(),
    learnersNext: ids(),
    autoLeave: reader.u32() !== 0,
  };
}

export function decodeRole(value: number): RaftRole {
  return named(ROLES, value, 'role');
}

export function decodeStatus(reader: Reader): RaftStatus {
  return {
    id: reader.whole(),
    term: reader.whole(),
    vote: reader.whole(),
    commit: reader.whole(),
    applied: reader.whole(),
    leader: reader.whole(),
    role: decodeRole(reader.u32()),
    transferee: reader.whole(),
    firstIndex: reader.whole(),
    lastIndex: reader.whole(),
    progress: reader.list(() => decodeProgress(reader)),
  };
}

function decodeProgress(reader: Reader): PeerProgress {
  const id = reader.whole();
  const match = reader.whole();
  const next = reader.whole();
  const flags = reader.u32();
  return {
    id,
    match,
    next,
    state: named(PROGRESS, flags & STATE_MASK, 'progress state'),
    active: (flags & ACTIVE) !== 0,
    learner: (flags & LEARNER) !== 0,
  };
}

function named<T>(names: readonly T[], value: number, what: string): T {
  const name = names[value];
  if (name === undefined) {
    throw new RangeError(`the core answered the unknown ${what} ${value}`);
  }
  return name;
}
