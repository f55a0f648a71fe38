/**
 * The reads of one group from arrival to answer: routed, confirmed in ReadIndex rounds, held until this node has applied
 * what was confirmed (RC-1, RC-2, design §4.10, §4.11). Where a read may be served is decided by `NodeParts.routeRead`.
 */
import type { ReadCommand } from '../namespace/command.js';
import { hintOf } from '../reads/read-hint.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import { DeadlineQueue } from './deadlines.js';
import type { GroupView } from './group-view.js';
import { notLeader } from './not-leader.js';
import { ReadRounds } from './read-rounds.js';
import { WaitingReads } from './waiting-reads.js';

interface OpenRead {
  readonly call: OmCall;
  readonly command: ReadCommand;
  settled: boolean;
  /** Set once a leader confirmed the read: the index that has to be applied here, and who led then. */
  confirmed: { readonly index: number; readonly leader: string | undefined } | undefined;
}

export class ReadPath {
  readonly #view: GroupView;
  readonly #rounds: ReadRounds<OpenRead>;
  readonly #waiting: WaitingReads<OpenRead>;
  readonly #deadlines: DeadlineQueue<OpenRead>;
  #open = 0;

  constructor(view: GroupView) {
    const { configuration } = view;
    this.#view = view;
    // Lost messages are asked again after two heartbeats: by then an answer would have come.
    this.#rounds = new ReadRounds(2 * configuration.heartbeatTicks * configuration.tickMs);
    this.#waiting = new WaitingReads(configuration.maxWaitingReads);
    this.#deadlines = new DeadlineQueue(configuration.readTimeoutMs);
  }

  /** Reads that wait for a position, whether it is confirmed already or not. */
  get waiting(): number {
    return this.#open;
  }

  submit(call: OmCall, command: ReadCommand): void {
    const view = this.#view;
    const role = view.role();
    const route = view.parts.routeRead({
      readClass: command.readClass,
      hint: hintOf(call.request),
      leader: role.role === 'leader',
      ready: view.parts.isReady(role),
      options: view.configuration.reads,
      lease: {
        leaderKnown: view.leader() !== undefined,
        sinceLeaderHeardMs: view.sinceLeaderHeardMs(),
        appliedIndex: view.position.index,
        commitIndex: view.commitIndex(),
      },
    });
    switch (route.kind) {
      case 'local':
        this.#answer(call, command, undefined);
        return;
      case 'refuse':
        refuse(call, route.why === 'not-leader' ? notLeader(view) : { kind: 'leader-not-ready', self: view.self.node });
        return;
      case 'confirm':
        this.#confirm(call, command);
        return;
    }
  }

  /** The context of the ReadIndex round to ask for now, or undefined. */
  nextRound(): number | undefined {
    return this.#rounds.next(this.#view.clock.monotonicMs());
  }

  /** A leader confirmed that a state at `index` answers everything asked in `round`. */
  confirmed(round: number, index: number): void {
    const leader = this.#view.leader()?.node;
    for (const read of this.#rounds.answered(round)) {
      if (read.settled) continue;
      read.confirmed = { index, leader };
      if (!this.#waiting.add(index, read)) this.#reject(read);
    }
    this.applied();
  }

  /** Answers what the applied state now satisfies. */
  applied(): void {
    const { parts, position } = this.#view;
    if (this.#waiting.size === 0) return;
    const { index } = position;
    for (const read of this.#waiting.release((confirmed) => parts.satisfiesRead(confirmed, index))) {
      this.#settle(read);
      this.#answer(read.call, read.command, read.confirmed?.leader);
    }
  }

  /** This node no longer leads: what it had not confirmed as leader, it will not. */
  deposed(): void {
    const { group, self } = this.#view;
    for (const read of this.#rounds.drain()) {
      if (!read.settled) this.#refuse(read, { kind: 'deposed-while-reading', self: self.node, group });
    }
  }

  /** There is nobody left to confirm a read with: it is refused now, as one that comes now is, and not at its deadline (RC-3). */
  leaderLost(): void {
    const { group, self } = this.#view;
    for (const read of this.#rounds.drain()) {
      if (!read.settled) this.#refuse(read, { kind: 'leader-unknown', self: self.node, group });
    }
  }

  expire(): void {
    const { clock, counters } = this.#view;
    for (const read of this.#deadlines.overdue(clock.monotonicMs())) {
      counters.expired_reads++;
      this.#waiting.remove(read);
      this.#refuse(read, this.#overdue(read));
    }
  }

  /** Refuses everything that waits, because the node stops. */
  close(refusal: Refusal): void {
    for (const read of [...this.#rounds.drain(), ...this.#waiting.drain()]) {
      if (!read.settled) this.#refuse(read, refusal);
    }
  }

  #confirm(call: OmCall, command: ReadCommand): void {
    const view = this.#view;
    if (view.leader() === undefined) {
      refuse(call, { kind: 'leader-unknown', self: view.self.node, group: view.group });
      return;
    }
    const read: OpenRead = { call, command, settled: false, confirmed: undefined };
    this.#open++;
    if (this.#open > view.configuration.maxWaitingReads) {
      this.#reject(read);
      return;
    }
    this.#deadlines.add(read, view.clock.monotonicMs());
    call.onCancelled(() => {
      if (read.settled) return;
      view.counters.dropped_reads++;
      this.#waiting.remove(read);
      this.#settle(read);
    });
    this.#rounds.add(read);
    view.wake();
  }

  #overdue(read: OpenRead): Refusal {
    const { configuration, group, self } = this.#view;
    if (read.confirmed === undefined && this.#view.leader() === undefined) {
      return { kind: 'leader-unknown', self: self.node, group };
    }
    return { kind: 'read-timeout', timeoutMs: configuration.readTimeoutMs, index: read.confirmed?.index };
  }

  #answer(call: OmCall, command: ReadCommand, raftLeader: string | undefined): void {
    const { state, readContext } = this.#view;
    try {
      call.reply({ kind: 'answer', answer: command.answer(state, call.request, readContext), raftLeader });
    } catch (error) {
      call.fault(error);
    }
  }

  #reject(read: OpenRead): void {
    this.#view.counters.rejected_reads++;
    const { maxWaitingReads } = this.#view.configuration;
    this.#refuse(read, { kind: 'retriable', text: `${maxWaitingReads} reads are waiting already` });
  }

  #refuse(read: OpenRead, refusal: Refusal): void {
    this.#settle(read);
    refuse(read.call, refusal);
  }

  #settle(read: OpenRead): void {
    read.settled = true;
    this.#open--;
  }
}

function refuse(call: OmCall, refusal: Refusal): void {
  call.reply({ kind: 'refusal', refusal });
}
