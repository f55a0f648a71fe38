/** Reads at a node from the moment on in which it is started, until it is back and has answered one (RC-4, FR-ADMIT-6). */
import type { RunContext } from '../run/context.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { bringBack, type Hindered } from './hindrance.js';
import type { NodeFaults } from './node-faults.js';
import type { Request } from './operation.js';

const PAUSE_MS = 20;

/**
 * Brings the node back and asks it all the time, one call after the other, within the budget of a start. Answers what it said, and the
 * calls that it let wait for ever; that nobody listened at first is left out.
 *
 * @throws EnvironmentError where the node cannot be brought back
 */
export async function readFromStart(
  run: RunContext,
  faults: NodeFaults,
  hindered: Hindered,
  request: Request,
  options: CallOptions = {},
): Promise<Outcome[]> {
  const [node = ''] = hindered.nodes;
  const outcomes: Outcome[] = [];
  const endsAtMs = performance.now() + run.target.budgets.clusterStartMs;
  let start: 'under way' | 'done' | 'failed' = 'under way';
  const read = async (): Promise<void> => {
    while (start !== 'failed') {
      const outcome = await run.client.call(node, request, options);
      const timeIsOver = performance.now() >= endsAtMs;
      const nobody = outcome.kind === 'unanswered' && outcome.why === 'unavailable';
      if (!nobody || timeIsOver) outcomes.push(outcome);
      if ((outcome.kind === 'answered' && start === 'done') || timeIsOver) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const broughtBack = bringBack(faults, hindered).then(
    () => {
      start = 'done';
    },
    (error: unknown) => {
      start = 'failed';
      throw error;
    },
  );
  await Promise.all([broughtBack, read()]);
  return outcomes;
}
