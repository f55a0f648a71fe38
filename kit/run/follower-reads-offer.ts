/**
 * Whether a cluster offers follower reads as the wire binding has them, by what comes back (wire-binding.md §1): an id in the
 * trailers, and Msync. An OM refuses nobody for asking, so this is a note for whoever claims the profile and never a failure.
 */
import { status as Code } from '@grpc/grpc-js';
import type { Target } from '../targets/target.js';
import type { OmClient, Outcome } from '../wire/outcome.js';
import { msync } from '../wire/requests.js';
import { msyncedIn, stateIdOf } from '../wire/state-id.js';
import type { Check } from './doctor-report.js';
import { briefly } from './leader.js';

/** @param reads of every node that answered, at least one */
export async function followerReadsOffer(
  target: Pick<Target, 'profiles' | 'nodes'>,
  client: OmClient,
  reads: readonly Outcome[],
): Promise<Check[]> {
  const asked = await Promise.all(reads.map(({ node }) => client.call(node, msync)));
  const withId = reads.filter((read) => stateIdOf(read).kind === 'vector');
  const synced = asked.find((outcome) => msyncedIn(outcome).kind === 'vector');
  const ids =
    withId.length === 0 ? 'no om-state-id' : `om-state-id from ${withId.length} of ${target.nodes.length} nodes`;
  const seen = `${ids}; Msync ${msyncWords(synced, asked)}`;
  const offered = withId.length > 0 && synced !== undefined;
  const claimed = !offered && target.profiles.includes('follower-reads');
  return [
    {
      state: 'note',
      text: `profile follower-reads: ${offered ? 'offered' : 'not offered in this stage'} (${seen})${claimed ? ', and claimed: it is judged in stage follower-reads' : ''}`,
    },
    ...reads.flatMap(wrongId),
  ];
}

function msyncWords(synced: Outcome | undefined, asked: readonly Outcome[]): string {
  if (synced !== undefined) return `answered by ${synced.node}`;
  const unknown = asked.every((outcome) => outcome.kind === 'refused' && outcome.code === Code.UNKNOWN);
  if (unknown) return 'unknown';
  return `not answered (${asked.map((outcome) => `${outcome.node}: ${briefly(outcome)}`).join('; ')})`;
}

function wrongId(read: Outcome): Check[] {
  const id = stateIdOf(read);
  if (id.kind !== 'malformed') return [];
  return [{ state: 'note', text: `om-state-id of ${read.node} is no state vector: ${id.why}` }];
}
