/** Several calls of one kind to one node at the same moment, some of them waiting for it to wake. */
import type { RunContext } from '../run/context.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { echoRead } from '../wire/requests.js';
import type { NodeFaults } from './node-faults.js';
import { type Operation, requestOf } from './operation.js';

const ECHO_PAUSE_MS = 5;

export interface AtOnce {
  readonly node: string;
  readonly operation: Operation;
  readonly times: number;
  readonly options?: CallOptions;
}

/** Outcomes in the order of the calls. */
export function askAtOnce(run: RunContext, { node, operation, times, options }: AtOnce): Promise<Outcome[]> {
  const ask = () => run.client.call(node, requestOf(operation), options);
  return Promise.all(Array.from({ length: times }, ask));
}

/**
 * Half of the calls stand in the frozen node's queue when it wakes, the others come right afterwards. Only what it answers from
 * then on is looked at: nothing here waits for it to find out how things are.
 */
export async function askAsItWakes(run: RunContext, faults: NodeFaults, calls: AtOnce): Promise<Outcome[]> {
  const queued = Math.ceil(calls.times / 2);
  const early = askAtOnce(run, { ...calls, times: queued });
  await faults.wake(calls.node);
  const late = askAtOnce(run, { ...calls, times: calls.times - queued });
  return [...(await early), ...(await late)];
}

/**
 * Does something, and has these nodes answer one echo after the other meanwhile. Answers the echoes: what a call takes that nothing
 * holds up, on this machine at that moment.
 */
export async function besideEchoes(
  run: RunContext,
  nodes: readonly string[],
  act: () => Promise<void>,
): Promise<Outcome[]> {
  let going = true;
  const outcomes: Outcome[] = [];
  const echoes = nodes.map(async (node) => {
    do {
      outcomes.push(await run.client.call(node, echoRead, { connection: 'beside' }));
      // They are to measure the machine, not to keep it busy.
      await new Promise((resolve) => setTimeout(resolve, ECHO_PAUSE_MS));
    } while (going);
  });
  try {
    await act();
  } finally {
    going = false;
    await Promise.all(echoes);
  }
  return outcomes;
}

/** So many echoes at once at a node where nothing waits: how long all of them take, on this machine now. */
export async function echoesAtOnce(run: RunContext, node: string, times: number): Promise<number> {
  const sentAtMs = performance.now();
  const echoes = await Promise.all(Array.from({ length: times }, () => run.client.call(node, echoRead)));
  return Math.max(...echoes.map(({ endedAtMs }) => endedAtMs - sentAtMs));
}
