/**
 * Brings about what a scenario takes for granted. When that does not work, no rule was judged yet, so the environment is to
 * blame and not the implementation.
 */
import { EnvironmentError } from '../failure.js';
import { accepted, briefly } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Operation } from './operation.js';

/** Carries out a write at the leader. Throws EnvironmentError GIVEN_NOT_MET unless it was accepted. */
export async function bringAbout(line: LeaderLine, operation: Operation): Promise<Outcome> {
  const outcome = await line.send(operation);
  if (accepted(outcome)) return outcome;
  throw new EnvironmentError('GIVEN_NOT_MET', `${operation.kind} of ${operation.volume}: ${briefly(outcome)}`);
}

const PAUSE_MS = 10;

/**
 * A record that a Given has just made, as it reads at the leader. When it should have been visible is for rules to judge
 * (NS-VOL-7), so it is waited for.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where it does not come within the `eventually` budget
 */
export async function readGiven<T>(
  line: LeaderLine,
  operation: Operation,
  recordIn: (read: Outcome) => T | undefined,
): Promise<T> {
  const endsAtMs = performance.now() + line.budgets.eventuallyMs;
  for (;;) {
    const read = await line.read(operation);
    const record = recordIn(read);
    if (record !== undefined) return record;
    if (performance.now() >= endsAtMs) {
      throw new EnvironmentError('GIVEN_NOT_MET', `${operation.kind} of ${operation.volume}: ${briefly(read)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
