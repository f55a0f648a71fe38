/** Reads of a leader that has lost its majority, from the first moment until it knows and beyond (RC-9). */
import type { RunContext } from '../run/context.js';
import type { Outcome, ReadHint } from '../wire/outcome.js';
import { isRetryable } from '../wire/retryable.js';
import type { Request } from './operation.js';

const PAUSE_MS = 20;

export interface Siege {
  readonly node: string;
  readonly request: Request;
  readonly hint: ReadHint;
  readonly clients: number;
}

/**
 * Each client asks again as soon as it was answered or refused, until a plain read is refused at the node, and once more then. At
 * the longest for the failover budget: nothing says that a plain read has to be refused (RC-10).
 */
export async function readUntilItStepsDown(
  { client, target }: Pick<RunContext, 'client' | 'target'>,
  { node, request, hint, clients }: Siege,
): Promise<Outcome[]> {
  const endsAtMs = performance.now() + target.budgets.failoverMs;
  const outcomes: Outcome[] = [];
  let leads = true;
  const watch = async (): Promise<void> => {
    while (leads && performance.now() < endsAtMs) {
      if (isRetryable(await client.call(node, request, { hint: 'DEFAULT', connection: 'watch' }))) break;
      await pause();
    }
    leads = false;
  };
  const read = async (): Promise<void> => {
    do {
      outcomes.push(await client.call(node, request, { hint }));
      await pause();
    } while (leads);
    outcomes.push(await client.call(node, request, { hint }));
  };
  await Promise.all([watch(), ...Array.from({ length: clients }, read)]);
  return outcomes;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
