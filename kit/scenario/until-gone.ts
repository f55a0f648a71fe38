/**
 * Asks one node again what it was asked, until it shows nothing more. It judges nothing: what came in between is kept, and the
 * last outcome is whatever stands when the time is over.
 */
import { hadoop } from '#proto';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';

const PAUSE_MS = 20;

/** The first outcome and those that followed it within the `eventually` budget, oldest first. */
export async function readUntilGone({ client, target }: RunContext, first: Outcome): Promise<readonly Outcome[]> {
  const { clientId: _clientId, ...request } = first.request;
  const outcomes = [first];
  const endsAtMs = first.endedAtMs + target.budgets.eventuallyMs;
  for (let last = first; shows(last) && last.endedAtMs < endsAtMs; ) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    last = await client.call(first.node, request);
    outcomes.push(last);
  }
  return outcomes;
}

function shows(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK;
}
