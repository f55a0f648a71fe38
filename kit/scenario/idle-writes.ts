/**
 * Single writes to a cluster where nothing else happens, and reads with their ids at followers, which nothing but the leader's own word
 * can tell that the write is committed (FR-GUAR-6).
 */
import type { IdleWrite } from '../assert/idle-follower.js';
import { idIn } from '../assert/state-id.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { accepted, briefly } from '../run/leader.js';
import { requestOf } from './operation.js';

/**
 * Gives the volume away `times` times, each time once the followers have shown the time before; no more once one has not answered.
 *
 * @throws EnvironmentError GIVEN_NOT_MET when a write was not accepted
 */
export async function writeWhileIdle(
  { client }: RunContext,
  plan: {
    readonly leader: string;
    readonly followers: readonly string[];
    readonly volume: string;
    readonly times: number;
  },
): Promise<IdleWrite[]> {
  const writes: IdleWrite[] = [];
  const { leader, followers, volume } = plan;
  for (let time = 1; time <= plan.times; time += 1) {
    const owner = `owner-${time}`;
    const written = await client.call(leader, requestOf({ kind: 'set-owner', volume, owner }));
    if (!accepted(written))
      throw new EnvironmentError('GIVEN_NOT_MET', `volume ${volume} was not given away: ${briefly(written)}`);
    const stateId = idIn(written);
    const read = requestOf({ kind: 'read-volume', volume });
    const reads = await Promise.all(followers.map((node) => client.call(node, read, { stateId })));
    const tookMs = Math.max(...reads.map(({ endedAtMs }) => endedAtMs)) - written.endedAtMs;
    writes.push({ owner, reads, tookMs });
    // What comes next would say less than this.
    if (!reads.every(accepted)) break;
  }
  return writes;
}
