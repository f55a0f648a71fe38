/**
 * The writes of one group from arrival to answer: admitted, locked, planned, proposed, and answered once this node has
 * applied them (design §3, §4.5, §4.6). Who may write is decided by `NodeParts.admitWrite`, what a write does by its command.
 */
import { hadoop } from '#proto';
import type { LogEntry, RaftGroup } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { lockName } from '../execution/lock-order.js';
import { LockTable } from '../execution/locks.js';
import type { CallToRemember, PlannedWrite } from '../execution/plan.js';
import { callKey } from '../execution/remembered-calls.js';
import type { Answer, Lock, WriteCommand } from '../namespace/command.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import { CallMemory } from './call-memory.js';
import type { GroupView } from './group-view.js';
import type { RoleView } from './leadership.js';
import { notLeader } from './not-leader.js';
import { type Caller, type KeyedName, OpenWrites, type Write } from './open-writes.js';

/** Bound on calls of one group that are admitted and not answered, so on those that wait for locks too. */
const MAX_OPEN_WRITES = 20_000;
/** Bound on one entry: every node has to store it and to carry it in one message. */
const MAX_ENTRY_BYTES = 4 << 20;
/** A batch is proposed before the turn ends once it has this size. */
const MAX_BATCH_BYTES = 1 << 20;

export class WritePath {
  readonly #view: GroupView;
  readonly #raft: RaftGroup;
  /** Admitted and not answered, and who waits for them. */
  readonly #open: OpenWrites;
  readonly #memory: CallMemory;
  readonly #locks = new LockTable({ maxWaiting: MAX_OPEN_WRITES });
  /** Planned in this turn, not proposed yet. */
  #batch: Write[] = [];
  #batchBytes = 0;
  /** Proposed and not applied yet, by index. */
  readonly #proposed = new Map<number, Write>();
  /** Last id given to a plan, and the term in which this node counts on from it. */
  #managedIndex = 0n;
  #managedTerm = 0;

  constructor(view: GroupView, raft: RaftGroup) {
    this.#view = view;
    this.#raft = raft;
    this.#open = new OpenWrites(view.configuration.writeTimeoutMs);
    this.#memory = new CallMemory({
      state: view.state,
      expiryMs: view.configuration.callExpiryMs,
      underWay: (key) => this.#open.underWay(key) !== undefined,
    });
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
    const named = nameOf(call);
    if (named !== undefined && this.#repeated(call, named, role.term)) return;
    const wrong = command.validate?.(call.request);
    if (wrong !== undefined) {
      call.reply({ kind: 'answer', answer: wrong });
      return;
    }
    const write: Write = {
      call,
      named,
      command,
      term: role.term,
      callers: [],
      settled: false,
      hold: undefined,
      planned: undefined,
      index: undefined,
    };
    const caller = this.#open.begin(write, view.clock.monotonicMs());
    call.onCancelled(() => this.#cancelled(caller));
    this.#lock(write);
  }

  /**
   * A call that was carried out before is answered from memory, one that is being carried out waits for that, and neither is
   * planned again (LE-RETRY-1, LE-RETRY-3). What is remembered is committed, so it is right whoever leads by now.
   */
  #repeated(call: OmCall, { name, key }: KeyedName, term: number): boolean {
    const { clock, counters, self } = this.#view;
    const underWay = this.#open.underWay(key);
    if (underWay !== undefined) {
      counters.repeated_calls++;
      const caller = this.#open.join(underWay, call, name, clock.monotonicMs());
      call.onCancelled(() => this.#cancelled(caller));
      return true;
    }
    const answer = this.#memory.recall(key, name, this.#memory.planTimeMs(term, clock.wallMs()));
    if (answer === undefined) return false;
    counters.repeated_calls++;
    call.reply({ kind: 'answer', answer, raftLeader: self.node });
    return true;
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
      const { counters, parts, self } = this.#view;
      this.#open.end(write);
      if (write.planned !== undefined && parts.writeOutcome(write.term, term) === 'applied') {
        if (write.named !== undefined) counters.remembered_calls++;
        this.#open.answer(write, write.planned.answer, self.node);
      } else {
        this.#open.refuse(write, notLeader(this.#view), true);
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
    this.#open.endAll();
    const refusal = notLeader(this.#view);
    for (const write of this.#open.writes()) this.#open.refuse(write, refusal, write.index === undefined);
  }

  expire(): void {
    const { clock, configuration, counters, self } = this.#view;
    for (const caller of this.#open.overdue(clock.monotonicMs())) {
      // Another caller of the same write may have ended it.
      if (caller.settled) continue;
      counters.expired_writes++;
      const { write, call } = caller;
      const text = `${self.node} did not apply the write within ${configuration.writeTimeoutMs} ms`;
      if (write.index === undefined) {
        this.#drop(write, { kind: 'retriable', text: `${text}; it was not proposed` });
      } else {
        this.#open.leave(caller);
        refuse(call, { kind: 'retriable', text: `${text}; it may still happen` }, false);
      }
    }
  }

  /** Refuses everything that is under way, because the node stops. */
  close(refusal: Refusal): void {
    for (const write of this.#open.writes()) this.#open.refuse(write, refusal, write.index === undefined);
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
    const planned = this.#planned(write);
    if (planned.entry.length > MAX_ENTRY_BYTES) {
      this.#open.answer(write, tooLarge(planned.entry.length), undefined);
      this.#ended(write);
      return;
    }
    write.planned = planned;
    this.#batch.push(write);
    this.#batchBytes += planned.entry.length;
    if (this.#batchBytes >= MAX_BATCH_BYTES) this.flush();
    view.wake();
  }

  /** A plan that is too large becomes an entry that says so, which a repeated call is told as well (LE-RETRY-1). */
  #planned(write: Write): PlannedWrite {
    const { clock, parts, state } = this.#view;
    const { call, named, command, term } = write;
    const wallMs = clock.wallMs();
    const nowMs = named === undefined ? wallMs : this.#memory.planTimeMs(term, wallMs);
    const remembered: CallToRemember | undefined = named && this.#memory.entry(named.key, named.name, nowMs);
    const plan = (by: WriteCommand): PlannedWrite =>
      parts.plan({
        view: state,
        command: by,
        request: call.request,
        user: call.user,
        term,
        managedIndex: this.#managedIndex,
        nowMs,
        call: remembered,
      });
    const planned = plan(command);
    const { length } = planned.entry;
    return length > MAX_ENTRY_BYTES ? plan(refusing(command, tooLarge(length))) : planned;
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

  /** The write goes on for others that wait for it, and once it is planned. */
  #cancelled(caller: Caller): void {
    const { write } = caller;
    if (caller.settled || write.planned !== undefined) return;
    this.#open.leave(caller);
    if (write.settled) this.#ended(write);
  }

  /** Ends a write of which nothing was proposed. */
  #drop(write: Write, refusal: Refusal): void {
    this.#open.refuse(write, refusal, true);
    this.#ended(write);
  }

  #fault(write: Write, error: unknown): void {
    this.#open.fault(write, error);
    this.#ended(write);
  }

  /** Nothing of it was proposed: its locks and its name are free, and what its entry would have dropped from memory stays. */
  #ended(write: Write): void {
    this.#open.end(write);
    if (write.named !== undefined) this.#memory.unproposed();
    write.hold?.release();
  }
}

function nameOf(call: OmCall): KeyedName | undefined {
  const name = call.name();
  return name && { name, key: callKey(name.clientId, name.callId) };
}

/** The command whose plan is this answer, whatever the state. */
function refusing(command: WriteCommand, answer: Answer): WriteCommand {
  return { ...command, plan: () => ({ operations: [], answer }) };
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
