/** Times from kill -9 of the leader to the next accepted write, as a client sees them (HA-8). */
import type { Target } from '../../kit/targets/target.js';
import { Workload } from './workload.js';

export interface FailoverProgress {
  readonly seed: string;
  readonly rounds: number;
  readonly timesMs: readonly number[];
}

const WRITERS = 4;
/** Writes between two rounds; the restarted node takes part in them, so that it has caught up before the next kill. */
const WRITES_BETWEEN = 200;

export async function failoverRounds(
  target: Target,
  from: FailoverProgress,
  report: (progress: FailoverProgress, line: string) => void,
): Promise<FailoverProgress> {
  const { killNode, restartNode } = target;
  if (killNode === undefined || restartNode === undefined) throw new Error(`target ${target.kind} cannot kill nodes`);
  let progress = from;
  const withinMs = target.budgets.clusterStartMs;
  const workload = new Workload(target, `f${from.seed}-${from.timesMs.length}-`);
  workload.start(WRITERS);
  try {
    while (progress.timesMs.length < from.rounds) {
      const start = workload.acknowledged.length;
      let last = await workload.next(withinMs);
      while (workload.acknowledged.length < start + WRITES_BETWEEN) last = await workload.next(withinMs);
      const leader = last.node;
      await killNode.call(target, leader);
      const killedAtMs = performance.now();
      // Answers that were on their way when the leader died still name it; the first one from another node counts.
      let write = await workload.next(withinMs);
      while (write.node === leader) write = await workload.next(withinMs);
      const timeMs = write.atMs - killedAtMs;
      await restartNode.call(target, leader);
      progress = { ...progress, timesMs: [...progress.timesMs, timeMs] };
      report(
        progress,
        `failover ${progress.timesMs.length} of ${from.rounds}: ${leader} → ${write.node} after ${timeMs.toFixed(0)} ms`,
      );
    }
    const violations = await workload.verify(target.budgets.clusterStartMs);
    if (violations.length > 0) throw new Error(`acknowledged writes are gone: ${violations.slice(0, 3).join('; ')}`);
  } finally {
    await workload.stop();
    workload.close();
  }
  return progress;
}
