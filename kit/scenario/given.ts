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

/** A record that a Given has just made, as it reads at the leader. Throws EnvironmentError GIVEN_NOT_MET without one. */
export async function readGiven<T>(
  line: LeaderLine,
  operation: Operation,
  recordIn: (read: Outcome) => T | undefined,
): Promise<T> {
  const read = await line.read(operation);
  const record = recordIn(read);
  if (record !== undefined) return record;
  throw new EnvironmentError('GIVEN_NOT_MET', `${operation.kind} of ${operation.volume}: ${briefly(read)}`);
}
