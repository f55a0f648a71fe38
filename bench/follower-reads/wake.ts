/**
 * Reads that wait at a follower which does not apply, and what they take from the moment that it is asked to apply again. Beside
 * it, what one reader alone takes, which is what resuming costs, and what as many echoes on the same connections take that are
 * sent at once, which is what node and client need for so many answers.
 */
import { type Burst, type BurstRow, CONNECTIONS, OpenCalls } from './bursts.js';
import type { FollowerReadsCluster, Node } from './cluster.js';
import { alignedRead, echoRead } from './operations.js';

/** One turn: one reader, many, and as many echoes, at one follower. */
export async function measureWake(
  cluster: FollowerReadsCluster,
  readers: number,
  note: (what: BurstRow['what'], calls: number, burst: Burst) => void,
): Promise<void> {
  const follower = await cluster.follower();
  const calls = new OpenCalls(follower.address);
  try {
    // Connections are there before anything is timed.
    await calls.burst(echoRead(follower.address), CONNECTIONS);
    note('one waiting read', 1, await wake(cluster, follower, calls, 1));
    note('waiting reads', readers, await wake(cluster, follower, calls, readers));
    note('echoes', readers, await calls.burst(echoRead(follower.address), readers));
  } finally {
    calls.close();
  }
}

async function wake(cluster: FollowerReadsCluster, follower: Node, calls: OpenCalls, readers: number): Promise<Burst> {
  await cluster.control.pauseApply(follower.id);
  try {
    const read = alignedRead('aligned read', follower.address, await cluster.write(follower));
    return await calls.burst(read, readers, {
      untilHeld: () => cluster.untilWaiting(follower, readers),
      letGo: () => cluster.control.resumeApply(follower.id),
    });
  } finally {
    await cluster.control.resumeApply(follower.id);
  }
}
