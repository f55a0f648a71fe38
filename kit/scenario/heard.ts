/** When a node has heard of all that is committed: what it shows less than that, it has not applied. */
import type { GroupStatus } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';

const PAUSE_MS = 20;

/**
 * Waits until no node knows of more in group main than this one. Answers its own status then.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where that does not come within the `eventually` budget
 */
export async function hasHeard({ control, target }: RunContext, node: string): Promise<GroupStatus> {
  if (control === undefined) {
    throw new EnvironmentError('CAPABILITY_BROKEN', 'the target claims a status that it lacks');
  }
  const endsAtMs = performance.now() + target.budgets.eventuallyMs;
  for (;;) {
    const groups = await Promise.all(
      target.nodes.map(async ({ id }) => ({ id, main: mainOf(await control.status(id)) })),
    );
    const own = groups.find(({ id }) => id === node)?.main;
    const others = groups.filter(({ id }) => id !== node).map(({ main }) => main?.commitIndex ?? 0n);
    // What a node has appended and nobody has committed yet may still be: it counts as not heard.
    const heard = own !== undefined && own.commitIndex === own.lastLogIndex;
    if (own !== undefined && heard && others.every((index) => index <= own.commitIndex)) return own;
    if (performance.now() >= endsAtMs) {
      throw new EnvironmentError('GIVEN_NOT_MET', `${node} does not come to know what the others have committed`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function mainOf(groups: readonly GroupStatus[]): GroupStatus | undefined {
  return groups.find(({ group }) => group === 'main');
}
