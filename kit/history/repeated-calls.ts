/**
 * Clients that name their calls and send each until somebody decides it, while nodes are lost: what HA-15 asks of a client and
 * what LE-RETRY-1 is for.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { type NamedCall, optionsOf } from '../scenario/named-calls.js';
import type { ScenarioNames } from '../scenario/names.js';
import { type Operation, requestOf, someOwner } from '../scenario/operation.js';
import { FollowingClient } from './following-client.js';

/** Decided calls, before the loss and after it. */
const CALLS_BEFORE = 60;
const CALLS_AFTER = 60;
const MAX_CALLS = 4_000;
const LOOK_MS = 20;

/**
 * Lets clients create and delete volumes, each call under a name, loses nodes while calls are in flight, and goes on for a
 * while. Answers every call that was begun; each was sent until it was decided, or until the budgets for that were spent.
 *
 * @throws EnvironmentError GIVEN_NOT_MET when the load did not come up before the loss
 */
export async function repeatWhile(
  run: RunContext,
  names: ScenarioNames,
  clients: number,
  loseNodes: () => Promise<void>,
): Promise<readonly NamedCall[]> {
  const { budgets } = run.target;
  const calls: NamedCall[] = [];
  let decided = 0;
  let going = true;
  const client = async (position: number): Promise<void> => {
    const following = new FollowingClient(run, position);
    let made = 0;
    const send = async (operation: Operation): Promise<void> => {
      made += 1;
      const clientId = `${names.volumePrefix}client-${position}`;
      const call = { callId: BigInt(made), request: { ...requestOf(operation), clientId }, attempts: [] };
      calls.push(call);
      if (await decide(run, call, following)) decided += 1;
      else going = false;
    };
    while (going && calls.length < MAX_CALLS) {
      const volume = names.nextVolume();
      await send({ kind: 'create-volume', volume, owner: someOwner(volume), quota: undefined });
      if (going) await send({ kind: 'delete-volume', volume });
    }
  };
  const clientsEnd = Promise.all(Array.from({ length: clients }, (_, position) => client(position)));
  const reached = async (count: number, budgetMs: number): Promise<boolean> => {
    const endsAtMs = performance.now() + budgetMs;
    while (going && decided < count && performance.now() < endsAtMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return decided >= count;
  };
  try {
    if (!(await reached(CALLS_BEFORE, budgets.clusterStartMs))) {
      throw new EnvironmentError('GIVEN_NOT_MET', `only ${decided} calls were decided before nodes were lost`);
    }
    await loseNodes();
    await reached(decided + CALLS_AFTER, budgets.clusterStartMs);
  } finally {
    going = false;
    await clientsEnd;
  }
  return calls;
}

/** Sends the call to one node after the other, or where a refusal points, until one decides it; false when none did in time. */
async function decide(run: RunContext, call: NamedCall, client: FollowingClient): Promise<boolean> {
  const endsAtMs = performance.now() + run.target.budgets.clusterStartMs;
  while (performance.now() < endsAtMs) {
    const outcome = await run.client.call(client.node, call.request, optionsOf(call));
    call.attempts.push(outcome);
    if (await client.decided(outcome)) return true;
  }
  return false;
}
