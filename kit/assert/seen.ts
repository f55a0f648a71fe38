/** What an implementation was seen doing where a rule leaves it free (MAY): a text for the report. It judges nothing. */
import type { Outcome } from '../wire/outcome.js';
import { describe } from './found.js';
import { volumeIn } from './volume-read.js';

/**
 * Which of two owners a read shows, the one before or the one after a change.
 *
 * @param before and @param after owners, as a feature names them
 */
export function ownerSeen(read: Outcome, before: string, after: string): string {
  const owner = volumeIn(read)?.ownerName;
  if (owner === before) return `old (owner ${before}) from ${read.node}`;
  if (owner === after) return `new (owner ${after}) from ${read.node}`;
  return read.kind === 'refused' ? `refused (${read.className ?? 'no class'}) by ${read.node}` : describe(read);
}
