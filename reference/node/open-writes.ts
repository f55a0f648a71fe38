/**
 * Who waits for which write of a group: each caller is told once, and the calls of one name wait for one write (LE-RETRY-1).
 * Decides nothing about what becomes of a write; the write path does.
 */
import type { LockHold } from '../execution/locks.js';
import type { PlannedWrite } from '../execution/plan.js';
import { type CallName, otherRequest } from '../execution/remembered-calls.js';
import type { Answer, WriteCommand } from '../namespace/command.js';
import type { OmCall } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
import { sameRequest } from './call-memory.js';
import { DeadlineQueue } from './deadlines.js';

/** A call's name with its key in memory. */
export interface KeyedName {
  readonly name: CallName;
  readonly key: Uint8Array;
}

export interface Write {
  /** Who asked first: this request is carried out. */
  readonly call: OmCall;
  readonly named: KeyedName | undefined;
  readonly command: WriteCommand;
  /** Term in which it was admitted; a plan of another term is never proposed (design §4.6). */
  readonly term: number;
  readonly callers: Caller[];
  /** Nobody waits for it any more. It may still hold locks, until its entry is applied. */
  settled: boolean;
  hold: LockHold | undefined;
  planned: PlannedWrite | undefined;
  /** Position in the log, once proposed. */
  index: number | undefined;
}

/** One call that waits for a write. */
export interface Caller {
  readonly write: Write;
  readonly call: OmCall;
  /** Asks for something else under the write's name (LE-RETRY-3). */
  readonly differs: boolean;
  settled: boolean;
}

export class OpenWrites {
  readonly #deadlines: DeadlineQueue<Caller>;
  readonly #callers = new Set<Caller>();
  /** Writes with a name, from their admission until they are applied or known not to happen here. */
  readonly #byName = new Map<string, Write>();

  constructor(timeoutMs: number) {
    this.#deadlines = new DeadlineQueue(timeoutMs);
  }

  /** Calls that wait. */
  get size(): number {
    return this.#callers.size;
  }

  /** The write that a name stands for now. */
  underWay(key: Uint8Array): Write | undefined {
    return this.#byName.get(textOf(key));
  }

  begin(write: Write, nowMs: number): Caller {
    if (write.named !== undefined) this.#byName.set(textOf(write.named.key), write);
    return this.join(write, write.call, write.named?.name, nowMs);
  }

  /** Has `call` wait for a write that is under way, to its own deadline. */
  join(write: Write, call: OmCall, name: CallName | undefined, nowMs: number): Caller {
    const asked = write.named?.name.requestDigest;
    const differs = asked !== undefined && name !== undefined && !sameRequest(asked, name.requestDigest);
    const caller: Caller = { write, call, differs, settled: false };
    write.callers.push(caller);
    write.settled = false;
    this.#callers.add(caller);
    this.#deadlines.add(caller, nowMs);
    return caller;
  }

  answer(write: Write, answer: Answer, raftLeader: string | undefined): void {
    for (const { call, differs } of this.#settleAll(write)) {
      if (differs) call.reply({ kind: 'answer', answer: otherRequest(write.named?.name.callId ?? 0n) });
      else call.reply({ kind: 'answer', answer, raftLeader });
    }
  }

  refuse(write: Write, refusal: Refusal, nothingProposed: boolean): void {
    for (const { call } of this.#settleAll(write)) call.reply({ kind: 'refusal', refusal, nothingProposed });
  }

  fault(write: Write, error: unknown): void {
    for (const { call } of this.#settleAll(write)) call.fault(error);
  }

  /** One caller waits no longer; the write may go on for others. */
  leave(caller: Caller): void {
    if (caller.settled) return;
    caller.settled = true;
    this.#callers.delete(caller);
    const { write } = caller;
    write.callers.splice(write.callers.indexOf(caller), 1);
    write.settled = write.callers.length === 0;
  }

  /** The write's name is free: its outcome is in memory, or it does not happen here. */
  end(write: Write): void {
    if (write.named === undefined) return;
    const name = textOf(write.named.key);
    if (this.#byName.get(name) === write) this.#byName.delete(name);
  }

  endAll(): void {
    this.#byName.clear();
  }

  /** Callers whose time is over. */
  overdue(nowMs: number): readonly Caller[] {
    return this.#deadlines.overdue(nowMs);
  }

  /** Every write for which somebody waits. */
  writes(): ReadonlySet<Write> {
    return new Set([...this.#callers].map(({ write }) => write));
  }

  #settleAll(write: Write): readonly Caller[] {
    const callers = write.callers.splice(0);
    for (const caller of callers) {
      caller.settled = true;
      this.#callers.delete(caller);
    }
    write.settled = true;
    return callers;
  }
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
