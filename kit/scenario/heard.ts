/** When a node has heard of all that is committed: what it shows less than that, it has not applied. */
import type { GroupStatus } from '../control/control.js';
import type { RunContext } from '../run/context.js';
import { whenMainGroup } from './main-group.js';

/**
 * Waits until no node knows of more in group main than this one. Answers its own status then.
 *
 * @throws EnvironmentError GIVEN_NOT_MET where that does not come within the `eventually` budget
 */
export function hasHeard(run: RunContext, node: string): Promise<GroupStatus> {
  const others = run.target.nodes.map(({ id }) => id).filter((id) => id !== node);
  return whenMainGroup(
    run,
    [node, ...others],
    ([own, ...rest]) => {
      // What a node has appended and nobody has committed yet may still be: it counts as not heard.
      if (own === undefined || own.commitIndex !== own.lastLogIndex) return undefined;
      return rest.every((group) => (group?.commitIndex ?? 0n) <= own.commitIndex) ? own : undefined;
    },
    `${node} does not come to know what the others have committed`,
  );
}
