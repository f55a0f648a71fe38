/**
 * One replica of one Raft group inside a core: each method of the contract is one call of the ABI.
 */
import { ConsensusOrderError } from '../consensus-errors.js';
import type { LogEntry, Membership, RaftGroup, RaftPosition, RaftStatus, Ready, SnapshotPoint } from '../raft-group.js';
import { Reader } from './codec.js';
import { decodeMembership, decodeReady, decodeRole, decodeStatus } from './decode.js';
import { encodeChanges, encodePoint, type MembershipChange, putProposal } from './encode.js';
import type { CallName, CoreInstance } from './instance.js';

export class WasmGroup implements RaftGroup {
  readonly #instance: CoreInstance;
  readonly #handle: number;
  #closed = false;

  constructor(instance: CoreInstance, handle: number) {
    this.#instance = instance;
    this.#handle = handle;
  }

  tick(): void {
    this.#call('raft_tick');
  }

  step(message: Uint8Array): void {
    this.#call('raft_step', this.#instance.put(message));
  }

  propose(entries: readonly Uint8Array[]): { readonly term: number; readonly index: number } | undefined {
    if (!this.#offer('raft_propose', putProposal(this.#instance, entries))) {
      return undefined;
    }
    return { term: this.#instance.position(0), index: this.#instance.position(1) };
  }

  proposeMembership(changes: readonly MembershipChange[]): boolean {
    return this.#offer('raft_propose_change', this.#instance.put(encodeChanges(changes)));
  }

  applyMembership(entry: LogEntry): Membership {
    const length = this.#instance.put(entry.data);
    return decodeMembership(this.#result(this.#call('raft_change', entry.index, entry.type, length)));
  }

  readIndex(context: Uint8Array): void {
    this.#call('raft_read_index', this.#instance.put(context));
  }

  transferLeadership(to: number): void {
    this.#call('raft_transfer', to);
  }

  campaign(): void {
    this.#call('raft_campaign');
  }

  reportUnreachable(id: number): void {
    this.#call('raft_unreachable', id);
  }

  reportSnapshot(id: number, delivered: boolean): void {
    this.#call('raft_report_snapshot', id, delivered ? 1 : 0);
  }

  hasReady(): boolean {
    return this.#call('raft_has_ready') !== 0;
  }

  ready(): Ready | undefined {
    const length = this.#call('raft_ready');
    return length === 0 ? undefined : decodeReady(this.#result(length));
  }

  persisted(token: number): void {
    this.#call('raft_persisted', token);
  }

  applied(index: number): void {
    this.#call('raft_applied', index);
  }

  snapshotTaken(point: SnapshotPoint): void {
    this.#call('raft_snapshot_taken', this.#instance.put(encodePoint(point)));
  }

  compact(index: number): void {
    this.#call('raft_compact', index);
  }

  logBytes(): number {
    this.#call('raft_log_bytes');
    return this.#instance.position(0);
  }

  position(): RaftPosition {
    this.#call('raft_position');
    return {
      term: this.#instance.position(0),
      leader: this.#instance.position(1),
      role: decodeRole(this.#instance.position(2)),
      lastIndex: this.#instance.position(3),
      commit: this.#instance.position(4),
    };
  }

  status(): RaftStatus {
    return decodeStatus(this.#result(this.#call('raft_status')));
  }

  close(): void {
    if (!this.#closed) {
      this.#call('raft_destroy');
      this.#closed = true;
    }
  }

  #call(name: CallName, a = 0, b = 0, c = 0): number {
    this.#checkOpen();
    return this.#instance.require(name, this.#handle, a, b, c);
  }

  /** A call that raft may refuse: false when it did. */
  #offer(name: 'raft_propose' | 'raft_propose_change', length: number): boolean {
    this.#checkOpen();
    return this.#instance.accepts(name, this.#handle, length);
  }

  #result(length: number): Reader {
    return new Reader(this.#instance, length);
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw new ConsensusOrderError('a group was used after it was closed');
    }
  }
}
