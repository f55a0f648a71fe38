/**
 * The writes of one group from arrival to answer: admitted, locked, planned, proposed, and answered once this node has
 * applied them (design §3, §4.5, §4.6). Who may write is decided by `NodeParts.admitWrite`, what a write does by its command.
 */
import { hadoop } from '#proto';
import type { LogEntry, RaftGroup } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { lockName } from '../execution/lock-order.js';
import { type LockHold, LockTable } from '../execution/locks.js';
import type { PlannedWrite } from '../execution/plan.js';
import type { Answer, Lock, WriteCommand } from '../namespace/command.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import { DeadlineQueue } from './deadlines.js';
import type { GroupView } from './group-view.js';
import type { RoleView } from './leadership.js';
import { notLeader } from './not-leader.js';

/** Bound on writes of one group that are admitted and not answered, so on those that wait for locks too. */
const MAX_OPEN_WRITES = 20_000;
/** Bound on one entry: every node has to store it and to carry it in one message. */
const MAX_ENTRY_BYTES = 4 << 20;
/** A batch is proposed before the turn ends once it has this size. */
const MAX_BATCH_BYTES = 1 << 20;

interface Write {
  readonly call: OmCall;
  readonly command: WriteCommand;
  /** Term in which it was admitted; a plan of another term is never proposed (design §4.6). */
  readonly term: number;
  /** Answered. It may still hold locks, until its entry is applied. */
  settled: boolean;
  hold: LockHold | undefined;
  planned: PlannedWrite | undefined;
  /** Position in the log, once proposed. */
  index: number | undefined;
}

export class WritePath {
  readonly #view: GroupView;
  readonly #raft: RaftGroup;
  readonly #deadlines: DeadlineQueue<Write>;
  readonly #locks = new LockTable({ maxWaiting: MAX_OPEN_WRITES });
  /** Planned in this turn, not proposed yet. */
  #batch: Write[] = [];
  #batchBytes = 0;
  /** Proposed and not applied yet, by index. */
  readonly #proposed = new Map<number, Write>();
  /** Admitted and not answered. */
  readonly #open = new Set<Write>();
  /** Last id given to a plan, and the term in which this node counts on from it. */
  #managedIndex = 0n;
  #managedTerm = 0;

  constructor(view: GroupView, raft: RaftGroup) {
    this.#view = view;
    this.#raft = raft;
    this.#deadlines = new DeadlineQueue(view.configuration.writeTimeoutMs);
  }

  get open(): number {
    return this.#open.size;
  }

  submit(call: OmCall, command: WriteCommand): void {
    const view = this.#view;
    const role = view.role();
    const refusal = this.#admission(role);
    if (refusal !== undefined) {
      refuse(call, refusal, true);
      return;
    }
    const wrong = command.validate?.(call.request);
    if (wrong !== undefined) {
      call.reply({ kind: 'answer', answer: wrong });
      return;
    }
    const write: Write = {
      call,
      command,
      term: role.term,
      settled: false,
      hold: undefined,
      planned: undefined,
      index: undefined,
    };
    this.#open.add(write);
    this.#deadlines.add(write, view.clock.monotonicMs());
    call.onCancelled(() => this.#cancelled(write));
    this.#lock(write);
  }

  /** Proposes what was planned, as one batch. Called before any other input of the group, at the latest at the turn's end. */
  flush(): void {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    const { term, role } = this.#raft.position();
    const current = batch.filter((write) => this.#checkTerm(write, role === 'leader' ? term : 0));
    if (current.length === 0) return;
    const at = this.#raft.propose(current.flatMap(({ planned }) => (planned === undefined ? [] : [planned.entry])));
    if (at === undefined) {
      const why = this.#whyRefused();
      for (const write of current) this.#drop(write, why);
      return;
    }
    current.forEach((write, offset) => {
      write.index = at.index + offset;
      this.#proposed.set(write.index, write);
    });
  }

  /** Answers the writes among what was applied; one whose place another term's entry took cannot happen any more (HA-16). */
  applied(entries: readonly LogEntry[]): void {
    for (const { index, term } of entries) {
      const write = this.#proposed.get(index);
      if (write === undefined) continue;
      this.#proposed.delete(index);
      const outcome = this.#view.parts.writeOutcome(write.term, term);
      if (!write.settled && write.planned !== undefined) {
        this.#settle(write);
        if (outcome === 'applied') {
          write.call.reply({ kind: 'answer', answer: write.planned.answer, raftLeader: this.#view.self.node });
        } else {
          refuse(write.call, notLeader(this.#view), true);
        }
      }
      write.hold?.release();
    }
  }

  /**
   * This node no longer leads. What it proposed may still happen, and it will not learn it in time; what it had not proposed
   * will not. Locks go with the leadership: it plans again only after it has applied an entry of a later term.
   */
  deposed(): void {
    this.#locks.dropAll();
    this.#proposed.clear();
    const refusal = notLeader(this.#view);
    for (const write of this.#open) this.#refuse(write, refusal, write.index === undefined);
  }

  expire(): void {
    const { clock, configuration, counters, self } = this.#view;
    for (const write of this.#deadlines.overdue(clock.monotonicMs())) {
      counters.expired_writes++;
      const text = `${self.node} did not apply the write within ${configuration.writeTimeoutMs} ms`;
      if (write.index === undefined) this.#drop(write, { kind: 'retriable', text: `${text}; it was not proposed` });
      else this.#refuse(write, { kind: 'retriable', text: `${text}; it may still happen` }, false);
    }
  }

  /** Refuses everything that is under way, because the node stops. */
  close(refusal: Refusal): void {
    for (const write of this.#open) this.#refuse(write, refusal, write.index === undefined);
  }

  #admission(role: RoleView): Refusal | undefined {
    const { parts, self } = this.#view;
    switch (parts.admitWrite(role, parts.isReady(role))) {
      case 'not-leader':
        return notLeader(this.#view);
      case 'leader-not-ready':
        return { kind: 'leader-not-ready', self: self.node };
      case 'admit':
        return this.#open.size < MAX_OPEN_WRITES
          ? undefined
          : { kind: 'retriable', text: `${MAX_OPEN_WRITES} writes are under way already` };
    }
  }

  #lock(write: Write): void {
    const { state } = this.#view;
    try {
      const locks = write.command.locks(state, write.call.request);
      const hold = this.#locks.acquire(locks, () => this.#locked(write, locks));
      // Planned at once and failed at once: nobody else will let go.
      if (write.settled) hold.release();
      else write.hold = hold;
    } catch (error) {
      if (error instanceof ReferenceFailure && error.code === 'LOCK_QUEUE_FULL') {
        this.#drop(write, { kind: 'retriable', text: error.found });
      } else {
        this.#fault(write, error);
      }
    }
  }

  /** While the write waited, others may have changed what it has to lock: then it starts again. */
  #locked(write: Write, held: readonly Lock[]): void {
    if (write.settled) return;
    try {
      if (!sameLocks(held, write.command.locks(this.#view.state, write.call.request))) {
        write.hold?.release();
        this.#lock(write);
        return;
      }
      this.#plan(write);
    } catch (error) {
      this.#fault(write, error);
    }
  }

  #plan(write: Write): void {
    const view = this.#view;
    view.counters.planner_runs++;
    if (this.#managedTerm !== write.term) {
      this.#managedTerm = write.term;
      this.#managedIndex = view.position.managedIndex;
    }
    this.#managedIndex += 1n;
    write.planned = view.parts.plan({
      view: view.state,
      command: write.command,
      request: write.call.request,
      user: write.call.user,
      term: write.term,
      managedIndex: this.#managedIndex,
      nowMs: view.clock.wallMs(),
    });
    const { length } = write.planned.entry;
    if (length > MAX_ENTRY_BYTES) {
      this.#answerUnproposed(write, tooLarge(length));
      return;
    }
    this.#batch.push(write);
    this.#batchBytes += length;
    if (this.#batchBytes >= MAX_BATCH_BYTES) this.flush();
    view.wake();
  }

  #answerUnproposed(write: Write, answer: Answer): void {
    this.#settle(write);
    write.hold?.release();
    write.call.reply({ kind: 'answer', answer });
  }

  #checkTerm(write: Write, leadingTerm: number): boolean {
    if (write.settled) return false;
    if (write.term === leadingTerm) return true;
    this.#drop(write, notLeader(this.#view));
    return false;
  }

  #whyRefused(): Refusal {
    const { group, self } = this.#view;
    const { role, transferee } = this.#raft.status();
    if (role !== 'leader') return notLeader(this.#view);
    if (transferee !== 0) return { kind: 'stepping-down', self: self.node, group };
    return { kind: 'retriable', text: `${self.node} has too many writes in flight` };
  }

  #cancelled(write: Write): void {
    if (write.settled || write.planned !== undefined) return;
    this.#settle(write);
    write.hold?.release();
  }

  /** Ends a write of which nothing was proposed. */
  #drop(write: Write, refusal: Refusal): void {
    this.#refuse(write, refusal, true);
    write.hold?.release();
  }

  #refuse(write: Write, refusal: Refusal, nothingProposed: boolean): void {
    if (write.settled) return;
    this.#settle(write);
    refuse(write.call, refusal, nothingProposed);
  }

  #fault(write: Write, error: unknown): void {
    if (!write.settled) {
      this.#settle(write);
      write.call.fault(error);
    }
    write.hold?.release();
  }

  #settle(write: Write): void {
    write.settled = true;
    this.#open.delete(write);
  }
}

function tooLarge(bytes: number): Answer {
  return {
    status: hadoop.ozone.Status.INVALID_REQUEST,
    message: `What the request changes takes ${bytes} bytes in the log, more than ${MAX_ENTRY_BYTES}`,
    body: {},
  };
}

function refuse(call: OmCall, refusal: Refusal, nothingProposed: boolean): void {
  call.reply({ kind: 'refusal', refusal, nothingProposed });
}

function sameLocks(a: readonly Lock[], b: readonly Lock[]): boolean {
  return a.length === b.length && a.every((lock, at) => identity(lock) === identity(b[at]));
}

function identity(lock: Lock | undefined): string {
  if (lock === undefined) return '';
  return lock.kind === 'container' ? `${lock.mode} ${lockName(lock)}` : lockName(lock);
}
