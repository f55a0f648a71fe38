/** What nodes say of group main over the control service: once, or until it is what a scenario waits for. It judges nobody. */
import type { GroupStatus } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { MAIN } from '../wire/state-vector.js';

const PAUSE_MS = 20;

/**
 * The node's status of group main; undefined where it is no member of it.
 *
 * @throws EnvironmentError CAPABILITY_BROKEN without a control service
 */
export async function mainGroup({ control }: RunContext, node: string): Promise<GroupStatus | undefined> {
  if (control === undefined) {
    throw new EnvironmentError('CAPABILITY_BROKEN', 'the target claims a status that it lacks');
  }
  return (await control.status(node)).find(({ group }) => group === MAIN);
}

/**
 * Asks these nodes until `read` makes something of what they say, and answers that.
 *
 * @param unmet what is the matter where it never does, as a sentence without a stop
 * @throws EnvironmentError GIVEN_NOT_MET where that does not come within the `eventually` budget
 */
export async function whenMainGroup<T>(
  run: RunContext,
  nodes: readonly string[],
  read: (groups: readonly (GroupStatus | undefined)[]) => T | undefined,
  unmet: string,
): Promise<T> {
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const found = read(await Promise.all(nodes.map((node) => mainGroup(run, node))));
    if (found !== undefined) return found;
    if (performance.now() >= endsAtMs) throw new EnvironmentError('GIVEN_NOT_MET', unmet);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
