/** Brings this node's replica of a group back from what its stores hold, or founds it with the members that were named. */
import type { Membership, RaftGroup, RaftGroupOptions, SnapshotPoint } from '../consensus/raft-group.js';
import type { DataDirectory } from '../storage/data-directory.js';
import type { SqliteStateStore } from '../storage/sqlite-state-store.js';
import type { AppliedPosition, StateSnapshot } from '../storage/state-store.js';
import type { Configuration } from './configuration.js';
import type { Member, Members } from './members.js';

export interface OpenedGroup {
  readonly raft: RaftGroup;
  readonly state: SqliteStateStore;
  /** Where the state stands; an empty one has the founding members. */
  readonly position: AppliedPosition;
  readonly point: SnapshotPoint;
  readonly newestSnapshot: StateSnapshot | undefined;
}

export interface OpenGroupOptions {
  readonly group: string;
  readonly self: Member;
  readonly members: Members;
  readonly data: DataDirectory;
  readonly configuration: Configuration;
  readonly seed: number;
  readonly createGroup: (options: RaftGroupOptions) => RaftGroup;
}

/**
 * A follower that lags is sent this much at once, and this often before it has acknowledged. Times the largest entry, that
 * stays below the bound of its log queue.
 */
const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_INFLIGHT_MESSAGES = 100;
const MAX_UNCOMMITTED_BYTES = 16 * 1024 * 1024;

/** @throws what opening log and state throw */
export async function openGroup(options: OpenGroupOptions): Promise<OpenedGroup> {
  const { group, self, members, data, configuration } = options;
  const stored = (await data.log.load(group)) ?? (await found(data, group, members));
  const state = data.openState(group);
  const opened = state.position;
  const position = opened.index === 0 ? { ...opened, membership: stored.snapshot.membership } : opened;
  const { hardState, snapshot, entries } = stored;
  const raft = options.createGroup({
    id: self.id,
    seed: options.seed,
    electionTicks: configuration.electionTicks,
    heartbeatTicks: configuration.heartbeatTicks,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    maxInflightMessages: MAX_INFLIGHT_MESSAGES,
    maxUncommittedBytes: MAX_UNCOMMITTED_BYTES,
    maxLogBytes: configuration.snapshotAfterBytes,
    // What was applied is committed, whether or not the commit index reached the disk: it need not be synced.
    hardState: { ...hardState, commit: Math.max(hardState.commit, position.index) },
    snapshot,
    entries,
    applied: position.index,
  });
  return { raft, state, position, point: snapshot, newestSnapshot: await state.newestSnapshot() };
}

/** The members of a group that never was stand in its log from the beginning, so that a restart finds them there. */
async function found(data: DataDirectory, group: string, members: Members) {
  const membership: Membership = {
    voters: members.all.map(({ id }) => id),
    learners: [],
    votersOutgoing: [],
    learnersNext: [],
    autoLeave: false,
  };
  const stored = {
    hardState: { term: 0, vote: 0, commit: 0 },
    snapshot: { index: 0, term: 0, membership },
    entries: [],
  };
  await data.log.append([{ group, ...stored }]);
  return stored;
}
