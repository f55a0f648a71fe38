/**
 * The plainest judge there is, for short histories: it tries every order of every choice of the calls whose outcome is unknown, on the
 * namespace of the tests. It shares nothing with the checker.
 */
import type { History, HistoryCall } from '../call.js';
import { isRead } from '../call.js';
import { Namespace } from '../simulated/namespace.js';

export function hasAnOrder({ header, calls }: History): boolean {
  const told = calls.filter(({ outcome }) => outcome.kind === 'answered');
  const untold = calls.filter(({ outcome, operation }) => outcome.kind === 'unknown' && !isRead(operation));
  for (let chosen = 0; chosen < 2 ** untold.length; chosen += 1) {
    const happened = untold.filter((_, at) => (chosen & (1 << at)) !== 0);
    if (orders([...told, ...happened], [], (order) => fits(header, order))) return true;
  }
  return false;
}

function orders(
  left: readonly HistoryCall[],
  order: readonly HistoryCall[],
  isPossible: (order: readonly HistoryCall[]) => boolean,
): boolean {
  if (!isPossible(order)) return false;
  if (left.length === 0) return true;
  return left.some((call, at) => {
    const others = left.toSpliced(at, 1);
    // Whoever had ended before it began comes first.
    if (others.some((other) => other.outcome.kind === 'answered' && other.endedUs < call.beganUs)) return false;
    return orders(others, [...order, call], isPossible);
  });
}

function fits(header: History['header'], order: readonly HistoryCall[]): boolean {
  const namespace = new Namespace(header.initial);
  return order.every(({ operation, outcome }) => {
    const answer = namespace.answer(operation);
    return outcome.kind !== 'answered' || JSON.stringify(answer) === JSON.stringify(outcome);
  });
}
