/**
 * The reads of one group from arrival to answer: routed, confirmed by a quorum, held until this node has applied what was
 * confirmed or what the client has seen (RC-1, RC-2, FR-QUEUE, design §4.10, §4.11). Where a read may be served is decided by
 * `NodeParts.routeRead`; a read that waited is asked about again, since its node may have become something else (FR-ADMIT-7).
 */
import type { NodeCommand, ReadCommand } from '../namespace/command.js';
import { hintOf } from '../reads/read-hint.js';
import type { ReadRoute } from '../reads/route-read.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import type { Asker, Confirmations } from './confirmations.js';
import { DeadlineQueue } from './deadlines.js';
import type { GroupView } from './group-view.js';
import { notCaughtUpInTime, readRefusal, unconfirmedInTime } from './read-refusals.js';
import { WaitingReads } from './waiting-reads.js';

/**
 * Reads that one turn answers of those that waited: the first leave, and heartbeats with them, before the last are looked at. An
 * answer is on its way three turns after it was given, for HTTP/2 sends its parts at the ends of turns.
 */
const ANSWERS_A_TURN = 16;

interface OpenRead extends Asker {
  readonly call: OmCall;
  readonly command: ReadCommand;
  /** Entry of the client's state id for this group. */
  readonly seen: bigint | undefined;
  /** What it waits for at most: a confirmation that its hint asks for, or the state that its client has seen. */
  readonly deadlines: DeadlineQueue<OpenRead>;
  settled: boolean;
  /** Set once a leader confirmed the read: the index that has to be applied here, and who led then. */
  confirmedAt: { readonly index: number; readonly leader: string | undefined } | undefined;
}

export class ReadPath {
  readonly #view: GroupView;
  readonly #confirmations: Confirmations;
  readonly #open = new Set<OpenRead>();
  /** Those that wait for an applied index. */
  readonly #waiting = new WaitingReads<OpenRead>();
  /** Those whose wait is over, in the order in which they are answered. */
  #due: OpenRead[] = [];
  readonly #confirmationDeadlines: DeadlineQueue<OpenRead>;
  readonly #stateDeadlines: DeadlineQueue<OpenRead>;

  constructor(view: GroupView, confirmations: Confirmations) {
    const { configuration } = view;
    this.#view = view;
    this.#confirmations = confirmations;
    this.#confirmationDeadlines = new DeadlineQueue(configuration.readTimeoutMs);
    this.#stateDeadlines = new DeadlineQueue(configuration.waitTimeoutMs);
  }

  /** Reads that wait for a position, whether it is confirmed already or not. */
  get waiting(): number {
    return this.#open.size;
  }

  /** Whether there are reads to be answered in another turn. */
  get hasDue(): boolean {
    return this.#due.length > 0;
  }

  submit(call: OmCall, command: ReadCommand): void {
    const route = this.#route(call, command);
    switch (route.kind) {
      case 'local':
        this.#answer(call, command, undefined);
        return;
      case 'refuse':
        if (route.why === 'too-far-behind') this.#view.counters.rejected_reads++;
        refuse(call, readRefusal(this.#view, route.why));
        return;
      case 'confirm':
      case 'wait':
        this.#begin(call, command, route);
        return;
    }
  }

  /** Takes what the applied state now satisfies out of the queue; `answerDue` answers it. Called when more was applied. */
  applied(): void {
    const { counters, parts, position } = this.#view;
    if (this.#waiting.size === 0) return;
    const released = this.#waiting.release((index) => {
      counters.wait_rechecks++;
      return parts.satisfiesRead(index, position.index);
    });
    for (const read of released) this.#due.push(read);
  }

  /** Answers some of those that are due, so that no number of them holds up the node (FR-QUEUE-2). */
  answerDue(): void {
    if (this.#due.length === 0) return;
    for (const read of this.#due.splice(0, ANSWERS_A_TURN)) if (!read.settled) this.#goOn(read);
  }

  /** This node leads now, or no longer does, or serves reads no longer: what waits is routed anew (FR-ADMIT-7). */
  reconsider(): void {
    if (this.#view.notServing() !== undefined) this.#confirmations.fail('not-serving');
    for (const read of this.#waiting.drain()) this.#goOn(read);
  }

  expire(): void {
    const { clock, counters } = this.#view;
    const nowMs = clock.monotonicMs();
    for (const read of this.#confirmationDeadlines.overdue(nowMs)) {
      counters.expired_reads++;
      this.#refuse(read, unconfirmedInTime(this.#view, read.confirmedAt?.index));
    }
    for (const read of this.#stateDeadlines.overdue(nowMs)) {
      counters.expired_reads++;
      this.#refuse(read, notCaughtUpInTime(this.#view, read.seen));
    }
  }

  /** Refuses everything that waits, because the node stops. */
  close(refusal: Refusal): void {
    for (const read of this.#open) this.#refuse(read, refusal);
  }

  /** Why a command that reads no state of this group may not be carried out here all the same: its hint asks for the leader (RC-1). */
  refusalOf(call: OmCall, command: NodeCommand): Refusal | undefined {
    const route = this.#route(call, command);
    return route.kind === 'refuse' ? readRefusal(this.#view, route.why) : undefined;
  }

  #route(call: OmCall, command: ReadCommand | NodeCommand): ReadRoute {
    const view = this.#view;
    const role = view.role();
    const { index: appliedIndex } = view.position;
    const commitIndex = view.commitIndex();
    return view.parts.routeRead({
      readClass: command.readClass,
      hint: hintOf(call.request),
      seen: call.stateVector?.get(view.group),
      leader: role.role === 'leader',
      ready: view.parts.isReady(role),
      serving: view.notServing() === undefined,
      appliedIndex,
      commitIndex,
      options: view.configuration.reads,
      lease: {
        leaderKnown: view.leader() !== undefined,
        sinceLeaderHeardMs: view.sinceLeaderHeardMs(),
        appliedIndex,
        commitIndex,
      },
    });
  }

  #begin(call: OmCall, command: ReadCommand, route: ReadRoute): void {
    const view = this.#view;
    if (route.kind === 'confirm' && view.leader() === undefined) {
      refuse(call, readRefusal(view, 'leader-lost'));
      return;
    }
    if (this.#open.size >= view.configuration.maxWaitingReads) {
      view.counters.rejected_reads++;
      refuse(call, readRefusal(view, 'queue-full'));
      return;
    }
    const seen = call.stateVector?.get(view.group);
    const read: OpenRead = {
      ...{ call, command, seen, settled: false, confirmedAt: undefined },
      deadlines: isLinearizable(call, seen) ? this.#confirmationDeadlines : this.#stateDeadlines,
      confirmed: (index, leader) => this.#confirmed(read, index, leader),
      unconfirmed: (why) => this.#refuse(read, readRefusal(this.#view, why)),
    };
    this.#open.add(read);
    read.deadlines.add(read, view.clock.monotonicMs());
    call.onCancelled(() => {
      if (read.settled) return;
      view.counters.dropped_reads++;
      this.#settle(read);
    });
    this.#hold(read, route);
  }

  #hold(read: OpenRead, route: ReadRoute): void {
    if (route.kind === 'confirm') this.#confirmations.ask(read);
    else if (route.kind === 'wait') this.#waitFor(read, route.index);
  }

  #waitFor(read: OpenRead, index: number): void {
    this.#view.counters.requeued_reads++;
    this.#waiting.add(index, read);
  }

  /** What this node has applied may cover it already; then it is answered in this turn. */
  #confirmed(read: OpenRead, index: number, leader: string | undefined): void {
    const { parts, position } = this.#view;
    read.confirmedAt = { index, leader };
    if (parts.satisfiesRead(index, position.index)) this.#due.push(read);
    else this.#waitFor(read, index);
  }

  /** A read that waited: its state is here, or its node is not what it was. */
  #goOn(read: OpenRead): void {
    const { parts, position } = this.#view;
    const { call, command, confirmedAt } = read;
    if (confirmedAt !== undefined) {
      if (this.#view.notServing() !== undefined) this.#refuse(read, readRefusal(this.#view, 'not-serving'));
      else if (!parts.satisfiesRead(confirmedAt.index, position.index)) this.#waiting.add(confirmedAt.index, read);
      else {
        this.#settle(read);
        this.#answer(read.call, read.command, confirmedAt.leader);
      }
      return;
    }
    const route = this.#route(call, command);
    switch (route.kind) {
      case 'local':
        this.#settle(read);
        this.#answer(call, command, undefined);
        return;
      case 'refuse':
        this.#refuse(read, readRefusal(this.#view, route.why));
        return;
      case 'wait':
        this.#waiting.add(route.index, read);
        return;
      case 'confirm':
        this.#confirmations.ask(read);
        return;
    }
  }

  #answer(call: OmCall, command: ReadCommand, raftLeader: string | undefined): void {
    const { state, readContext } = this.#view;
    try {
      call.reply({ kind: 'answer', answer: command.answer(state, call.request, readContext), raftLeader });
    } catch (error) {
      call.fault(error);
    }
  }

  #refuse(read: OpenRead, refusal: Refusal): void {
    this.#settle(read);
    refuse(read.call, refusal);
  }

  #settle(read: OpenRead): void {
    read.settled = true;
    this.#open.delete(read);
    this.#waiting.remove(read);
    read.deadlines.remove(read);
    this.#confirmations.withdraw(read);
  }
}

function refuse(call: OmCall, refusal: Refusal): void {
  call.reply({ kind: 'refusal', refusal });
}

/** Whether the client asked for a confirmed state; otherwise it is what the client has seen that a read waits for. */
function isLinearizable({ request }: OmCall, seen: bigint | undefined): boolean {
  const { consistency } = hintOf(request);
  switch (consistency) {
    case 'linearizable-leader-only':
    case 'linearizable-allow-follower':
      return true;
    case 'none':
      return seen === undefined;
    case 'default':
    case 'local-lease':
      return false;
  }
}
