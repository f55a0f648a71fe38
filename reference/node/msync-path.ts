/**
 * The Msyncs of one group from arrival to answer (FR-MSYNC). They share the ReadIndex rounds of linearizable reads, wait for no
 * apply, hold no lock and make no entry (FR-MSYNC-6). Who may answer, and what, is decided by `NodeParts`.
 */
import type { PositionCommand } from '../namespace/command.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import type { Asker, Confirmations, Unconfirmed } from './confirmations.js';
import { DeadlineQueue } from './deadlines.js';
import type { GroupView } from './group-view.js';
import { notLeader } from './not-leader.js';

/** Bound of its own: reads that wait, however many, keep no Msync from its answer (FR-QUEUE-6, FR-MSYNC-8). */
export const MAX_OPEN_MSYNCS = 10_000;

interface OpenMsync extends Asker {
  readonly call: OmCall;
  settled: boolean;
}

export class MsyncPath {
  readonly #view: GroupView;
  readonly #confirmations: Confirmations;
  readonly #open = new Set<OpenMsync>();
  readonly #deadlines: DeadlineQueue<OpenMsync>;

  constructor(view: GroupView, confirmations: Confirmations) {
    this.#view = view;
    this.#confirmations = confirmations;
    this.#deadlines = new DeadlineQueue(view.configuration.readTimeoutMs);
  }

  get open(): number {
    return this.#open.size;
  }

  submit(call: OmCall, command: PositionCommand): void {
    const refusal = this.#admission() ?? this.#groupsElsewhere(command.groups(call.request)) ?? this.#full();
    if (refusal !== undefined) {
      call.reply({ kind: 'refusal', refusal });
      return;
    }
    const msync: OpenMsync = {
      call,
      settled: false,
      confirmed: (index, leader) => this.#answer(msync, command, index, leader),
      unconfirmed: (why) => this.#refuse(msync, this.#refusalOf(why)),
    };
    this.#open.add(msync);
    this.#deadlines.add(msync, this.#view.clock.monotonicMs());
    call.onCancelled(() => {
      if (!msync.settled) this.#settle(msync);
    });
    this.#confirmations.ask(msync);
  }

  expire(): void {
    const { clock, configuration } = this.#view;
    for (const msync of this.#deadlines.overdue(clock.monotonicMs())) {
      this.#refuse(msync, { kind: 'read-timeout', timeoutMs: configuration.readTimeoutMs, index: undefined });
    }
  }

  /** Refuses everything that is open, because the node stops. */
  close(refusal: Refusal): void {
    for (const msync of this.#open) this.#refuse(msync, refusal);
  }

  #admission(): Refusal | undefined {
    const { parts, self } = this.#view;
    const role = this.#view.role();
    switch (parts.admitMsync({ leader: role.role === 'leader', ready: parts.isReady(role) })) {
      case 'confirm':
        return undefined;
      case 'not-leader':
        return notLeader(this.#view);
      case 'leader-not-ready':
        return { kind: 'leader-not-ready', self: self.node };
    }
  }

  /** An answer covers every group that was asked for, or there is none and it says why (FR-MSYNC-7). */
  #groupsElsewhere(asked: readonly string[]): Refusal | undefined {
    const { group, self } = this.#view;
    const others = asked.filter((named) => named !== group);
    if (others.length === 0) return undefined;
    return { kind: 'retriable', text: `${self.node} cannot confirm ${others.join(', ')}: no such group here` };
  }

  #full(): Refusal | undefined {
    if (this.#open.size < MAX_OPEN_MSYNCS) return undefined;
    return { kind: 'retriable', text: `${MAX_OPEN_MSYNCS} Msyncs are under way already` };
  }

  #refusalOf(why: Unconfirmed): Refusal {
    const { group, self } = this.#view;
    return why === 'leader-lost' ? { kind: 'leader-unknown', self: self.node, group } : notLeader(this.#view);
  }

  #answer(msync: OpenMsync, command: PositionCommand, confirmed: number, leader: string | undefined): void {
    const { counters, parts, position } = this.#view;
    counters.msyncs++;
    this.#settle(msync);
    const index = BigInt(parts.msyncIndex(confirmed, position.index));
    msync.call.reply({ kind: 'answer', answer: command.told(index), raftLeader: leader });
  }

  #refuse(msync: OpenMsync, refusal: Refusal): void {
    this.#settle(msync);
    msync.call.reply({ kind: 'refusal', refusal });
  }

  #settle(msync: OpenMsync): void {
    msync.settled = true;
    this.#open.delete(msync);
    this.#deadlines.remove(msync);
    this.#confirmations.withdraw(msync);
  }
}
