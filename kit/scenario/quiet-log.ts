/** Calls while nobody writes, and what the log of a node grows by meanwhile (FR-MSYNC-6, FR-GUAR-7). Whether it may is judged elsewhere. */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';

/** Looks at the log, at most: something else may write once, and hardly each time. */
const LOOKS = 3;

export interface QuietCalls {
  readonly calls: readonly Outcome[];
  /** Entries that the node's log grew by in each look, the last of which is the smallest. */
  readonly grown: readonly bigint[];
}

/**
 * The calls one after the other, and the log before and after: again as long as something was written.
 *
 * @param before done before each look at the log
 */
export async function inQuiet(
  run: RunContext,
  node: string,
  times: number,
  call: () => Promise<readonly Outcome[]>,
  before: () => Promise<unknown> = async () => undefined,
): Promise<QuietCalls> {
  const calls: Outcome[] = [];
  const grown: bigint[] = [];
  do {
    await before();
    const entries = await entriesOf(run, node);
    for (let round = 0; round < times; round += 1) calls.push(...(await call()));
    grown.push((await entriesOf(run, node)) - entries);
  } while (grown.at(-1) !== 0n && grown.length < LOOKS);
  return { calls, grown };
}

async function entriesOf({ control }: RunContext, node: string): Promise<bigint> {
  const entries = (await control?.counters(node))?.get('log_entries');
  if (entries !== undefined) return entries;
  throw new EnvironmentError('CAPABILITY_BROKEN', `${node} does not count log_entries`);
}
