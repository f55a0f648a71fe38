/** Many changes by several clients at once, each read back as soon as it was acknowledged (NS-VOL-7, RC-2). */
import type { ReadAfterWrite } from '../assert/fresh-read.js';
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { type Change, planChange } from './change.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';

/** Reads what a change has to show: at the leader, or at each follower. */
export type ReadBack = (read: ReturnType<typeof planChange>['read']) => Promise<readonly Outcome[]>;

export interface Rounds {
  readonly pairs: readonly ReadAfterWrite[];
  /** Writes that were not acknowledged; nothing is expected of them. */
  readonly unacknowledged: readonly Outcome[];
}

export async function changeAndRead(
  line: LeaderLine,
  names: ScenarioNames,
  plan: { readonly change: Change; readonly clients: number; readonly times: number },
  readBack: ReadBack,
): Promise<Rounds> {
  const pairs: ReadAfterWrite[] = [];
  const unacknowledged: Outcome[] = [];
  const client = async (): Promise<void> => {
    for (let round = 0; round < plan.times; round += 1) {
      const { given, write, read, expectation } = planChange(plan.change, names);
      for (const operation of given) await bringAbout(line, operation);
      const outcome = await line.send(write);
      if (!accepted(outcome)) {
        unacknowledged.push(outcome);
        continue;
      }
      for (const seen of await readBack(read)) pairs.push({ write: outcome, expectation, read: seen });
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  return { pairs, unacknowledged };
}

/** Makes these calls over and over until `work` is done, and once at least. Answers all of them. */
export async function callDuring(work: Promise<unknown>, calls: () => Promise<readonly Outcome[]>): Promise<Outcome[]> {
  let busy = true;
  const stop = () => {
    busy = false;
  };
  work.then(stop, stop);
  const outcomes: Outcome[] = [];
  do outcomes.push(...(await calls()));
  while (busy);
  await work;
  return outcomes;
}
