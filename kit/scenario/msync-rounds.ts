/** Msyncs among the work of many clients (FR-MSYNC-1, FR-MSYNC-6, FR-MSYNC-8). What they are answered is judged elsewhere. */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { echoRead, msync } from '../wire/requests.js';
import { type Change, planChange } from './change.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { requestOf } from './operation.js';

/** Looks at the log, at most: something else may write once, and hardly each time. */
const ROUNDS = 3;

/**
 * Each client makes a change, has these nodes say how far they are, and msyncs, over and over. Answers all calls.
 */
export async function changeAndMsync(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  plan: {
    readonly change: Change;
    readonly clients: number;
    readonly times: number;
    readonly nodes: readonly string[];
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const client = async (): Promise<void> => {
    for (let round = 0; round < plan.times; round += 1) {
      const { given, write } = planChange(plan.change, names);
      for (const operation of given) await bringAbout(line, operation);
      outcomes.push(await line.send(write));
      outcomes.push(...(await Promise.all(plan.nodes.map((node) => run.client.call(node, echoRead)))));
      outcomes.push(await line.send(msync));
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  return outcomes;
}

/** Msyncs one after the other while clients write without a break. Answers the Msyncs. */
export async function msyncWhileWriting(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  { clients, times }: { readonly clients: number; readonly times: number },
): Promise<Outcome[]> {
  const leader = await line.leader();
  let busy = true;
  const write = async (): Promise<void> => {
    while (busy) await run.client.call(leader, requestOf(planChange('create a volume', names).write));
  };
  const writers = Array.from({ length: clients }, write);
  const msyncs: Outcome[] = [];
  try {
    for (let round = 0; round < times; round += 1) {
      msyncs.push(await run.client.call(leader, msync, { connection: 'msync' }));
    }
  } finally {
    busy = false;
    await Promise.all(writers);
  }
  return msyncs;
}

export interface QuietMsyncs {
  readonly msyncs: readonly Outcome[];
  /** Entries that the node's log grew by in each look, the last of which is the smallest. */
  readonly grown: readonly bigint[];
}

/** Msyncs one after the other, and the log of their node before and after: looked at again as long as something was written. */
export async function msyncInQuiet(run: RunContext, node: string, times: number): Promise<QuietMsyncs> {
  const msyncs: Outcome[] = [];
  const grown: bigint[] = [];
  do {
    const before = await entriesOf(run, node);
    for (let round = 0; round < times; round += 1) msyncs.push(await run.client.call(node, msync));
    grown.push((await entriesOf(run, node)) - before);
  } while (grown.at(-1) !== 0n && grown.length < ROUNDS);
  return { msyncs, grown };
}

async function entriesOf({ control }: RunContext, node: string): Promise<bigint> {
  const entries = (await control?.counters(node))?.get('log_entries');
  if (entries !== undefined) return entries;
  throw new EnvironmentError('CAPABILITY_BROKEN', `${node} does not count log_entries`);
}
