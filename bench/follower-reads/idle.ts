/**
 * What a node's processor has to do while reads wait there and nothing happens, beside what it has to do without them: the same
 * follower, which does not apply, one time after the other.
 */

import { median } from '../measure.js';
import { CONNECTIONS, OpenCalls } from './bursts.js';
import type { FollowerReadsCluster } from './cluster.js';
import { coresOf } from './cpu-time.js';
import { alignedRead, echoRead } from './operations.js';

/** Shares of one core. */
export interface Idle {
  readonly withoutCores: number;
  readonly withCores: number;
}

/** Medians over the rounds; what the waiting reads take is the median of the differences. */
export interface IdleResult extends Idle {
  readonly readers: number;
  readonly moreCores: number;
  readonly moreCoresOfRounds: readonly number[];
}

/** What loads and the arrival of the reads have left to do is done by then: V8 collects garbage for 15 s after it. */
const SETTLES_MS = 16_000;

export async function measureIdle(cluster: FollowerReadsCluster, readers: number, watchMs: number): Promise<Idle> {
  const follower = await cluster.follower();
  const pid = cluster.processId(follower);
  const calls = new OpenCalls(follower.address);
  await cluster.control.pauseApply(follower.id);
  try {
    const read = alignedRead('aligned read', follower.address, await cluster.write(follower));
    await calls.burst(echoRead(follower.address), CONNECTIONS);
    const watched = async () => {
      await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
      return await coresOf(pid, watchMs);
    };
    const withoutCores = await watched();
    let withCores = Number.NaN;
    await calls.burst(read, readers, {
      untilHeld: async () => {
        await cluster.untilWaiting(follower, readers);
        withCores = await watched();
        await cluster.untilWaiting(follower, readers);
      },
      letGo: () => cluster.control.resumeApply(follower.id),
    });
    return { withoutCores, withCores };
  } finally {
    await cluster.control.resumeApply(follower.id);
    calls.close();
  }
}

export function idleResult(readers: number, rounds: readonly Idle[]): IdleResult {
  const more = rounds.map(({ withCores, withoutCores }) => withCores - withoutCores);
  return {
    readers,
    withoutCores: median(rounds.map(({ withoutCores }) => withoutCores)),
    withCores: median(rounds.map(({ withCores }) => withCores)),
    moreCores: median(more),
    moreCoresOfRounds: more,
  };
}
