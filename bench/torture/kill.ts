/**
 * kill -9 of the leader, a follower or all nodes under load, many times. After every kill the cluster is put back and the
 * client's record of acknowledged writes is compared with what the cluster has (HA-5, HA-6).
 */
import type { Target } from '../../kit/targets/target.js';
import { pick } from './random.js';
import { Workload } from './workload.js';

export interface KillProgress {
  readonly seed: string;
  readonly kills: number;
  readonly done: number;
  readonly byVictim: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly violations: readonly string[];
}

const VICTIMS = ['leader', 'follower', 'all'] as const;
const WRITERS = 8;
/** Writes that must be acknowledged between two kills, so that each kill meets a working cluster under load. */
const WRITES_BETWEEN = 100;

export async function killRounds(
  target: Target,
  from: KillProgress,
  report: (progress: KillProgress, line: string) => void,
): Promise<KillProgress> {
  const { killNode, restartNode } = target;
  if (killNode === undefined || restartNode === undefined) throw new Error(`target ${target.kind} cannot kill nodes`);
  let progress = from;
  const withinMs = target.budgets.clusterStartMs;
  const workload = new Workload(target, `t${from.seed}-${from.done}-`);
  const before = { acknowledged: from.acknowledged, unknown: from.unknown };
  workload.start(WRITERS);
  try {
    while (progress.done < from.kills && progress.violations.length === 0) {
      const number = progress.done + 1;
      const start = workload.acknowledged.length;
      let last = await workload.next(withinMs);
      while (workload.acknowledged.length < start + WRITES_BETWEEN) last = await workload.next(withinMs);
      const victim = pick(from.seed, `kill ${number}`, VICTIMS);
      const followers = target.nodes.filter(({ id }) => id !== last.node).map(({ id }) => id);
      const killed =
        victim === 'all'
          ? target.nodes.map(({ id }) => id)
          : victim === 'leader'
            ? [last.node]
            : followers.slice(number % 2, (number % 2) + 1);
      await Promise.all(killed.map((id) => killNode.call(target, id)));
      await Promise.all(killed.map((id) => restartNode.call(target, id)));
      await workload.next(withinMs);
      const violations = await workload.verify(target.budgets.clusterStartMs);
      progress = {
        ...progress,
        done: number,
        byVictim: { ...progress.byVictim, [victim]: (progress.byVictim[victim] ?? 0) + 1 },
        acknowledged: before.acknowledged + workload.acknowledged.length,
        unknown: before.unknown + workload.unknown,
        violations,
      };
      report(
        progress,
        `kill ${number} of ${from.kills}: ${victim} (${killed.join(', ')}), ${progress.acknowledged} acknowledged, ${violations.length} lost or strange`,
      );
    }
  } finally {
    await workload.stop();
    workload.close();
  }
  return progress;
}
