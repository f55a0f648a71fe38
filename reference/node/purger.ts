/**
 * Has removed directories purged while this node leads (LE-STEP-2): one step at a time, the next when the one before is applied.
 * Woken by an entry that removed a directory and by leadership; clients' writes go first. What a step purges is decided in
 * namespace/tree/purge.ts.
 */
import { ReferenceFailure } from '../errors.js';
import { DELETED_DIRECTORIES } from '../namespace/tables.js';
import { nextPurged, type PurgeBounds } from '../namespace/tree/purge.js';
import { PURGE_REQUEST, purgeDirectories } from '../namespace/tree/purge-directories.js';
import type { OmCall, OmReply } from '../service/om-call.js';
import type { StateTransaction } from '../storage/state-store.js';
import type { GroupView } from './group-view.js';
import type { NodeLog } from './node-log.js';
import type { WritePath } from './write-path.js';

/** While nobody writes: a step follows the other. */
const IDLE: PurgeBounds = { maxRows: 1_000, maxBytes: 1 << 20 };
/** While clients write: such a step each tick, short enough to be no burden on what is applied with it. */
const BUSY: PurgeBounds = { maxRows: 200, maxBytes: 1 << 18 };

export interface PurgerOptions {
  readonly view: GroupView;
  readonly writes: WritePath;
  readonly log: NodeLog;
  readonly onFatal: (error: unknown) => void;
}

export class Purger {
  readonly #options: PurgerOptions;
  /** There may be something to purge. */
  #pending = false;
  #underWay = false;
  /** Others wrote since the last tick. */
  #busy = false;
  /** Own steps that were applied and not seen by `settled` yet. */
  #applied = 0;
  /** Term in which this node was last seen ready to lead. */
  #term = 0;

  constructor(options: PurgerOptions) {
    this.#options = options;
  }

  /** The transaction, watched for directories that are removed in it. */
  watched(transaction: StateTransaction): StateTransaction {
    return {
      get: (table, key) => transaction.get(table, key),
      scan: (table, range) => transaction.scan(table, range),
      delete: (table, key) => transaction.delete(table, key),
      put: (table, key, value) => {
        if (table === DELETED_DIRECTORIES) this.#pending = true;
        transaction.put(table, key, value);
      },
    };
  }

  /** After something was applied, or leadership changed; `entries` is how many were applied. */
  settled(entries: number): void {
    const others = entries - this.#applied;
    this.#applied = 0;
    if (others > 0 || this.#options.writes.open > 0) this.#busy = true;
    if (!this.#busy && this.#mayPurge()) this.#purge(IDLE);
  }

  tick(): void {
    const busy = this.#busy;
    this.#busy = false;
    if (this.#mayPurge()) this.#purge(busy ? BUSY : IDLE);
  }

  #mayPurge(): boolean {
    const { view } = this.#options;
    const role = view.role();
    if (role.role !== 'leader' || !view.parts.isReady(role)) return false;
    if (role.term !== this.#term) {
      this.#term = role.term;
      this.#pending = true;
    }
    return this.#pending && !this.#underWay;
  }

  #purge(bounds: PurgeBounds): void {
    const { view, writes } = this.#options;
    if (nextPurged(view.state) === undefined) {
      this.#pending = false;
      return;
    }
    this.#underWay = true;
    const call: OmCall = {
      request: PURGE_REQUEST,
      user: '',
      cancelled: false,
      stateVector: undefined,
      name: () => undefined,
      onCancelled: () => undefined,
      reply: (reply) => this.#ended(reply),
      fault: (error) => this.#failed(error),
    };
    writes.submit(call, purgeDirectories(bounds));
  }

  /** A refused step is taken up by the next tick, or by the next leader; what an unanswered one holds, later ones wait for. */
  #ended(reply: OmReply): void {
    this.#underWay = false;
    if (reply.kind === 'answer') this.#applied++;
  }

  /** A fault would come again: nothing more is purged until this node leads anew. */
  #failed(error: unknown): void {
    const { log, onFatal } = this.#options;
    this.#underWay = false;
    this.#pending = false;
    if (error instanceof ReferenceFailure) onFatal(error);
    else log.error('purge-fault', { error, stack: error instanceof Error ? error.stack : '' });
  }
}
