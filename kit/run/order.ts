/**
 * Decides the order of a run: by stage, then random from the seed, scenarios that disturb the cluster last in their stage
 * (harness-contracts.md §1). Pure: the same seed gives the same order, whatever the order of the files on disk.
 */
import { createHash } from 'node:crypto';
import { STAGES, type Stage } from './capability.js';

/** What the order depends on. */
export interface Orderable {
  readonly uri: string;
  readonly line: number;
  readonly stage: Stage;
  readonly disruptive: boolean;
}

/**
 * Sorts by a digest of seed, scenario and stage. So leaving scenarios out does not change the order of the others, and a
 * failure that depends on order can be narrowed down by selecting fewer.
 */
export function orderRun<T>(items: readonly T[], seed: string, describe: (item: T) => Orderable): T[] {
  return items
    .map((item) => {
      const of = describe(item);
      return { item, of, draw: draw(seed, of) };
    })
    .sort(
      (a, b) =>
        STAGES.indexOf(a.of.stage) - STAGES.indexOf(b.of.stage) ||
        Number(a.of.disruptive) - Number(b.of.disruptive) ||
        (a.draw < b.draw ? -1 : a.draw > b.draw ? 1 : 0),
    )
    .map(({ item }) => item);
}

function draw(seed: string, { uri, line, stage }: Orderable): string {
  return createHash('sha256').update(`${seed}\n${uri}:${line}\n${stage}`).digest('hex');
}
