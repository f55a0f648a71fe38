/** Reads at a node from the moment on in which it is started, until one is answered (FR-ADMIT-6). */
import type { RunContext } from '../run/context.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { bringBack, type Hindered } from './hindrance.js';
import type { NodeFaults } from './node-faults.js';
import type { Request } from './operation.js';

const PAUSE_MS = 20;

/**
 * Brings the node back and asks it all the time, one call after the other, within the budget of a start. Answers what it said, and the
 * calls that it let wait for ever; that nobody listened at first is left out.
 */
export async function readFromStart(
  run: RunContext,
  faults: NodeFaults,
  hindered: Hindered,
  request: Request,
  options: CallOptions,
): Promise<Outcome[]> {
  const [node = ''] = hindered.nodes;
  const { clusterStartMs } = run.target.budgets;
  const outcomes: Outcome[] = [];
  const endsAtMs = performance.now() + clusterStartMs;
  const read = async (): Promise<void> => {
    for (;;) {
      const outcome = await run.client.call(node, request, options);
      const nobody = outcome.kind === 'unanswered' && outcome.why === 'unavailable';
      if (!nobody) outcomes.push(outcome);
      if (outcome.kind === 'answered' || performance.now() >= endsAtMs) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  await Promise.all([bringBack(faults, hindered), read()]);
  return outcomes;
}
