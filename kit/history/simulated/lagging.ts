/**
 * Histories as followers make them that are behind: reads are answered from any state since the one that the client has to see. Which one
 * that is decides what a history keeps and what it breaks (FR-GUAR-5). Writes are carried out in one order, as by a leader.
 */
import { Draws } from '../../scenario/draws.js';
import { type History, type HistoryCall, type HistoryOutcome, isRead } from '../call.js';
import { type Generated, INITIAL, type Planned, planAll } from './generated.js';
import { Namespace } from './namespace.js';

export interface Lag {
  /** Whether a client is shown its own writes, and whether it is shown all that it was shown before. */
  readonly seesOwnWrites: boolean;
  readonly seesOwnReads: boolean;
  /** Nothing older than what held so long before a read began; undefined: however old. */
  readonly maxUs?: number;
}

export function lagging(seed: string, plan: Generated, lag: Lag): History {
  const draws = new Draws(seed, 'lagging history');
  const planned = planAll(new Draws(seed, 'generated history'), plan);
  const writes = planned
    .filter(({ operation, happensUs }) => !isRead(operation) && happensUs !== undefined)
    .sort((a, b) => (a.happensUs ?? 0) - (b.happensUs ?? 0));
  const outcomes = carriedOut(writes);
  const done = writes.filter((write) => outcomes.has(write));
  /** Length of the order of writes that the client has to see. */
  const seen = new Map<number, number>();
  const calls: HistoryCall[] = [];
  for (const call of [...planned].sort((a, b) => a.endedUs - b.endedUs)) {
    const { client, operation, isUnknown, process, beganUs, endedUs } = call;
    const read = isRead(operation);
    let outcome: HistoryOutcome | undefined = outcomes.get(call);
    if (isUnknown) outcome = { kind: 'unknown', why: 'deadline' };
    if (read) {
      const least = Math.max(seen.get(client) ?? 0, oldest(done, beganUs, lag.maxUs));
      const most = done.filter(({ happensUs }) => (happensUs ?? 0) <= endedUs).length;
      const at = draws.between(least, Math.max(least, most));
      outcome = stateBehind(done.slice(0, at)).answer(operation);
      if (lag.seesOwnReads) seen.set(client, at);
    } else if (!isUnknown && lag.seesOwnWrites) {
      seen.set(client, Math.max(seen.get(client) ?? 0, done.indexOf(call) + 1));
    }
    if (outcome !== undefined) calls.push({ process, client, node: 'om1', operation, beganUs, endedUs, outcome });
  }
  const header = { seed, target: 'lagging', kit: '0', clients: plan.clients, initial: INITIAL };
  return { header, calls: calls.sort((a, b) => a.beganUs - b.beganUs) };
}

/** What each write came to; without those that nobody sends: commits of sessions that were not opened. */
function carriedOut(writes: readonly Planned[]): ReadonlyMap<Planned, HistoryOutcome> {
  const namespace = new Namespace(INITIAL);
  const unopened = new Set<string>();
  const outcomes = new Map<Planned, HistoryOutcome>();
  for (const write of writes) {
    const { operation } = write;
    if (operation.kind === 'commit-key' && unopened.has(operation.content)) continue;
    const answer = namespace.answer(operation);
    if (operation.kind === 'open-key' && answer.status !== 'OK') unopened.add(operation.content);
    outcomes.set(write, answer);
  }
  return outcomes;
}

function oldest(writes: readonly Planned[], beganUs: number, maxUs = Number.POSITIVE_INFINITY): number {
  return writes.filter(({ happensUs }) => (happensUs ?? 0) <= beganUs - maxUs).length;
}

function stateBehind(writes: readonly Planned[]): Namespace {
  const namespace = new Namespace(INITIAL);
  for (const { operation } of writes) namespace.answer(operation);
  return namespace;
}
