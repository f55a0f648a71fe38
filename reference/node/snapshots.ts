/**
 * State snapshots of one group: taken when the log has grown, or on demand, so that the log can be cut; sent to members that
 * are behind the log; taken in when another node sends one (HA-11). When one is due is decided by `NodeParts.snapshotDue`.
 */
import type { Membership, OutgoingMessage, SnapshotPoint } from '../consensus/raft-group.js';
import type { LogStore } from '../storage/log-store.js';
import type { StateSnapshot } from '../storage/state-store.js';
import type { NodeLog } from './node-log.js';
import type { PeerNetwork } from './peer-port.js';
import type { Replica } from './replica.js';

export interface SnapshotOptions {
  readonly replica: Replica;
  readonly logStore: LogStore;
  readonly network: PeerNetwork;
  readonly log: NodeLog;
  /** Where the newest snapshot stood when the node started. */
  readonly pointAtStart: SnapshotPoint;
  readonly newest: StateSnapshot | undefined;
  readonly onFatal: (error: unknown) => void;
}

export class GroupSnapshots {
  readonly #options: SnapshotOptions;
  #newest: StateSnapshot | undefined;
  #pointIndex: number;
  /** Of the newest point. While it is not the one in force, consensus sends nobody a snapshot: a newcomer would ignore it. */
  #membership: string;
  #taking: Promise<number> | undefined;

  constructor(options: SnapshotOptions) {
    this.#options = options;
    this.#newest = options.newest;
    this.#pointIndex = options.pointAtStart.index;
    this.#membership = inWords(options.pointAtStart.membership);
  }

  /** Index of the newest snapshot that was taken or installed. */
  get index(): number {
    return this.#pointIndex;
  }

  /** Takes a snapshot when one is due; called after each turn. */
  consider(): void {
    const { replica, onFatal } = this.#options;
    const { configuration, parts, position, raft } = replica;
    if (this.#taking !== undefined || replica.apply.installing) return;
    const view = { appliedIndex: position.index, snapshotIndex: this.#pointIndex, logBytes: raft.logBytes() };
    const changed = inWords(position.membership) !== this.#membership;
    const limits = { entries: configuration.snapshotAfterEntries, bytes: configuration.snapshotAfterBytes };
    if (changed || parts.snapshotDue(view, limits))
      this.#begin(keptEntries(view, limits, configuration.keepEntries)).catch(onFatal);
  }

  /** Takes one now and cuts the log up to it; answers its index. Waits for one that is being taken and takes another. */
  async take(): Promise<number> {
    while (this.#taking !== undefined) await this.#taking;
    return await this.#begin(0);
  }

  /** Consensus wants to bring a member up to date by a state. Consensus learns in any case what became of it. */
  send(message: OutgoingMessage): void {
    const { replica, network, log, onFatal } = this.#options;
    const snapshot = this.#newest;
    const { group, raft, counters } = replica;
    const report = (delivered: boolean): void => {
      raft.reportSnapshot(message.to, delivered);
      replica.wake();
    };
    if (snapshot === undefined || snapshot.position.index !== message.snapshotIndex) {
      // This node's own state came as a snapshot, or a newer one has just replaced it: the next question gets a newer file.
      report(false);
      if (this.#taking === undefined && !replica.apply.installing) this.#begin(0).catch(onFatal);
      return;
    }
    const { index, term } = snapshot.position;
    counters.snapshots_sent++;
    network.sendSnapshot({ group, message, point: { index, term }, snapshot }).then(
      () => report(true),
      (error: unknown) => {
        log.warn('snapshot-not-sent', { group, to: message.to, index, why: error });
        report(false);
      },
    );
  }

  /** A received state has taken the place of this node's. */
  installed({ index, membership }: SnapshotPoint): void {
    this.#pointIndex = index;
    this.#membership = inWords(membership);
    this.#newest = undefined;
  }

  #begin(keepEntries: number): Promise<number> {
    this.#taking = this.#take(keepEntries).finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  async #take(keepEntries: number): Promise<number> {
    const { replica, logStore, log } = this.#options;
    const { group, raft, counters, state } = replica;
    const snapshot = await state.snapshot();
    const { index, term, membership } = snapshot.position;
    // One that was installed meanwhile is newer; and a state to which nothing was applied is where every log begins.
    if (index < this.#pointIndex || index === 0) return this.#pointIndex;
    this.#newest = snapshot;
    this.#pointIndex = index;
    this.#membership = inWords(membership);
    counters.snapshots_taken++;
    const point = { index, term, membership };
    const cutIndex = Math.max(0, index - keepEntries);
    raft.snapshotTaken(point);
    raft.compact(cutIndex);
    await logStore.cut(group, point, cutIndex);
    log.info('snapshot-taken', { group, index, bytes: snapshot.bytes, cut: cutIndex });
    return index;
  }
}

function inWords({ voters, learners, votersOutgoing, learnersNext }: Membership): string {
  return [voters, learners, votersOutgoing, learnersNext].map((ids) => ids.join(' ')).join('; ');
}

/** How many entries stay behind a snapshot: as many as are configured, as long as they fill no more than half the bound. */
export function keptEntries(
  view: { readonly appliedIndex: number; readonly snapshotIndex: number; readonly logBytes: number },
  limits: { readonly bytes: number },
  configured: number,
): number {
  const entries = Math.max(1, view.appliedIndex - view.snapshotIndex);
  const bytesAnEntry = Math.max(1, view.logBytes / entries);
  return Math.min(configured, Math.floor(limits.bytes / 2 / bytesAnEntry));
}
