/**
 * Kills nodes under load and reads back what had been acknowledged (HA-5, HA-6). How long the cluster takes to accept writes
 * again is another rule's business (HA-8).
 */
import type { KeptVolume, ReadBack } from '../assert/kept.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { LeaderLine } from '../scenario/leader-line.js';
import type { ScenarioNames } from '../scenario/names.js';
import type { NodeFaults } from '../scenario/node-faults.js';
import { requestOf } from '../scenario/operation.js';
import { isRetryable } from '../wire/retryable.js';
import type { AcknowledgedWrites } from './acknowledged.js';
import { VolumeWorkload } from './volume-workload.js';

/** Enough that several are in flight and some are given away and deleted. */
const WRITES_BEFORE = 60;
const WRITES_AFTER = 30;
/** Asked of the node that is left alone: enough to see what it does with writes that it cannot replicate. */
const CREATES_BETWEEN = 8;
const READS_AT_ONCE = 8;

/**
 * Lets clients write, kills the victims while writes are in flight, and goes on writing for a while where a majority is
 * left. Victims are killed group after group; in between, the first of the next group is asked for some more volumes and
 * answers in whatever way: what it acknowledges although the others are gone would be lost with it.
 *
 * @throws EnvironmentError GIVEN_NOT_MET when the load did not come up before the kill
 */
export async function writeWhileKilling(
  run: RunContext,
  names: ScenarioNames,
  faults: NodeFaults,
  plan: { readonly clients: number; readonly victims: readonly (readonly string[])[] },
): Promise<AcknowledgedWrites> {
  const { budgets, nodes } = run.target;
  const workload = new VolumeWorkload(run, names);
  workload.start(plan.clients);
  try {
    if (!(await workload.acknowledges(WRITES_BEFORE, budgets.clusterStartMs))) {
      throw new EnvironmentError(
        'GIVEN_NOT_MET',
        `only ${workload.acknowledged} writes were acknowledged before the kill`,
      );
    }
    for (const [order, group] of plan.victims.entries()) {
      const [next] = group;
      if (order > 0 && next !== undefined) await workload.creates(next, CREATES_BETWEEN, budgets.failoverMs);
      await faults.kill(group);
    }
    const majority = nodes.length - faults.down.size > nodes.length / 2;
    if (majority) await workload.acknowledges(WRITES_AFTER, budgets.failoverMs);
  } finally {
    await workload.stop();
  }
  return await workload.stop();
}

/**
 * Reads every volume with an acknowledged write: at the leader, and with LINEARIZABLE_ALLOW_FOLLOWER on every other node that is
 * up. Where `every` node has to show them, one that does not serve such reads counts for one that shows nothing.
 */
export async function readBackAll(
  run: RunContext,
  line: LeaderLine,
  record: AcknowledgedWrites,
  down: ReadonlySet<string>,
  nodes: 'every' | 'those that serve' = 'those that serve',
): Promise<ReadBack[]> {
  const leader = await line.lookAgain();
  const kept = record.kept();
  const readBacks = await inParallel(kept, async (volume) => ({
    kept: volume,
    read: await line.read({ kind: 'read-volume', volume: volume.volume }),
  }));
  const [first] = kept;
  for (const node of line.nodes) {
    if (node === leader || down.has(node) || first === undefined) continue;
    if (nodes === 'those that serve' && !(await servesFollowerReads(run, node, first.volume))) continue;
    const read = async (volume: KeptVolume) => ({
      kept: volume,
      read: await line.readAt(
        node,
        { kind: 'read-volume', volume: volume.volume },
        { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' },
      ),
    });
    const before = await read(first);
    readBacks.push(before);
    // A node that is asked in vain is not asked once for each volume.
    if (!isRetryable(before.read)) readBacks.push(...(await inParallel(kept.slice(1), read)));
  }
  return readBacks;
}

async function servesFollowerReads(run: RunContext, node: string, volume: string): Promise<boolean> {
  const outcome = await run.client.call(node, requestOf({ kind: 'read-volume', volume }), {
    hint: 'LINEARIZABLE_ALLOW_FOLLOWER',
  });
  return !(outcome.kind === 'refused' && outcome.className === 'OMNotLeaderException');
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, worker));
  return results;
}
