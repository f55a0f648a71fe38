/**
 * Brings about what a scenario takes for granted. When that does not work, no rule was judged yet, so the environment is to
 * blame and not the implementation.
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../failure.js';
import { accepted, briefly } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import { printable } from '../wire/text.js';
import { readUntil } from './eventually.js';
import type { LeaderLine } from './leader-line.js';
import { inWords, type Operation } from './operation.js';
import type { KeyPlace, KeySaid } from './operations/key.js';
import { writeKey } from './written-key.js';

const { Status } = hadoop.ozone;

const PAUSE_MS = 10;

/**
 * Carries out a write at the leader. Where leadership moves it is sent again, and may then be told that it is done already:
 * the first attempt happened after all.
 *
 * @throws EnvironmentError GIVEN_NOT_MET unless it was accepted within the failover budget
 */
export async function bringAbout(line: LeaderLine, operation: Operation): Promise<Outcome> {
  const what = inWords(operation);
  return await untilAccepted(line, what, () => line.sendFirst(operation), operation);
}

/**
 * Writes a key in whole, session and commit; begins anew where leadership moves, which replaces what an attempt before may have
 * made.
 *
 * @throws EnvironmentError GIVEN_NOT_MET unless it was accepted within the failover budget
 */
export async function bringAboutKey(line: LeaderLine, place: KeyPlace, said: KeySaid = {}): Promise<void> {
  await untilAccepted(line, `key ${printable(place.key, 100)}`, () => writeKey(line, place, said));
}

async function untilAccepted(
  line: LeaderLine,
  what: string,
  attempt: () => Promise<Outcome>,
  operation?: Operation,
): Promise<Outcome> {
  const endsAtMs = performance.now() + line.budgets.failoverMs;
  for (let again = false; ; again = true) {
    const outcome = await attempt();
    if (accepted(outcome) || (again && operation !== undefined && isDone(operation, outcome))) return outcome;
    if (!isRetryable(outcome) || performance.now() >= endsAtMs) {
      throw new EnvironmentError('GIVEN_NOT_MET', `${what}: ${briefly(outcome)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function isDone({ kind }: Operation, outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return false;
  const { status } = outcome.response;
  switch (kind) {
    case 'create-volume':
      return status === Status.VOLUME_ALREADY_EXISTS;
    case 'create-bucket':
      return status === Status.BUCKET_ALREADY_EXISTS;
    case 'create-directory':
      return status === Status.DIRECTORY_ALREADY_EXISTS;
    default:
      return false;
  }
}

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
  const read = await readUntil(line, operation, (outcome) => recordIn(outcome) !== undefined);
  const record = recordIn(read);
  if (record !== undefined) return record;
  throw new EnvironmentError('GIVEN_NOT_MET', `${inWords(operation)}: ${briefly(read)}`);
}
