/**
 * What a node says that it has counted (harness-contracts.md §2), in the words of the features, and by how much that grew since it was
 * read. A node may count a moment after it has answered: what has to have been counted is looked for until it is there.
 */
import type { Grown } from '../assert/counted.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';

/** Names of the contract. `waiting_reads` is a state, the others only ever grow. */
export const COUNTED = {
  'reads that had to wait': 'requeued_reads',
  'refused reads': 'rejected_reads',
  'reads out of time': 'expired_reads',
  'reads whose client left': 'dropped_reads',
  'looks at waiting reads': 'wait_rechecks',
} as const;
export type Counted = keyof typeof COUNTED;

const PAUSE_MS = 20;

export interface CountersRead {
  readonly node: string;
  readonly before: ReadonlyMap<string, bigint>;
}

export async function readCounters(run: RunContext, node: string): Promise<CountersRead> {
  return { node, before: await countersOf(run, node) };
}

/** How much of it was counted since then: once it is `expected`, or at the end of the `eventually` budget. */
export async function grownTo(
  run: RunContext,
  { node, before }: CountersRead,
  what: Counted,
  expected: bigint,
): Promise<Grown> {
  const since = valueIn(before, node, COUNTED[what]);
  const grown = await until(
    run,
    expected,
    async () => valueIn(await countersOf(run, node), node, COUNTED[what]) - since,
  );
  return { node, what, grown };
}

/** How many reads wait at the node: once there are `expected`, or at the end of the `eventually` budget. */
export async function waitingReads(run: RunContext, node: string, expected: bigint): Promise<bigint> {
  return await until(run, expected, async () => valueIn(await countersOf(run, node), node, 'waiting_reads'));
}

async function until(run: RunContext, expected: bigint, look: () => Promise<bigint>): Promise<bigint> {
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const value = await look();
    if (value === expected || performance.now() >= endsAtMs) return value;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function countersOf({ control }: RunContext, node: string): Promise<ReadonlyMap<string, bigint>> {
  if (control === undefined) {
    throw new EnvironmentError('CAPABILITY_BROKEN', 'the target claims counters that it lacks');
  }
  return await control.counters(node);
}

function valueIn(counters: ReadonlyMap<string, bigint>, node: string, name: string): bigint {
  const value = counters.get(name);
  if (value !== undefined) return value;
  throw new EnvironmentError('CAPABILITY_BROKEN', `${node} claims counters, and has none named ${name}`);
}
