/** Reads again until what has to come in the end has come; whether it did is judged by who asked. */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Operation } from './operation.js';

const PAUSE_MS = 50;

/** The first read that `holds`, or the last one within the `eventually` budget. */
export async function readUntil(
  line: LeaderLine,
  read: Operation,
  holds: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  const endsAtMs = performance.now() + line.budgets.eventuallyMs;
  for (;;) {
    const outcome = await line.read(read);
    if (holds(outcome) || performance.now() >= endsAtMs) return outcome;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
