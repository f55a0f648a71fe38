/**
 * The state id that a client sends with a call, as a feature says it, and what it is on the wire. Ids that are measured by a node's
 * own are had by asking that node right before.
 */
import { idIn } from '../assert/state-id.js';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { echoRead } from '../wire/requests.js';
import { MAIN, MAX_INDEX, merged, type StateVector } from '../wire/state-vector.js';

export type AskedId =
  | { readonly of: 'nothing' }
  /** What the last calls of the scenario taught. */
  | { readonly of: 'that answer' }
  /** The id that a node shows now, so many entries of each group later. */
  | { readonly of: 'a node'; readonly whose: 'it' | 'the leader'; readonly ahead: bigint }
  | { readonly of: 'the greatest' }
  | { readonly of: 'groups'; readonly count: number }
  /** As it is, well-formed or not. */
  | { readonly of: 'text'; readonly text: string };

/**
 * @param node the one that is asked
 * @param last what the last calls of the scenario came to
 * @throws ConformanceFailure where a node says no id that could be sent, or one that is none
 */
export async function idFor(
  run: RunContext,
  asked: AskedId,
  { node, leader, last }: { readonly node: string; readonly leader: string; readonly last: readonly Outcome[] },
): Promise<StateVector | string | undefined> {
  switch (asked.of) {
    case 'nothing':
      return undefined;
    case 'text':
      return asked.text;
    case 'the greatest':
      return new Map([[MAIN, MAX_INDEX]]);
    case 'groups':
      return groupsText(asked.count);
    case 'that answer':
      return merged(...last.map(idIn));
    case 'a node': {
      const shown = idIn(await run.client.call(asked.whose === 'it' ? node : leader, echoRead));
      return new Map([...shown].map(([group, index]) => [group, index + asked.ahead]));
    }
  }
}

/** Groups that there are not, and `main`, for whose sake such an id would have to be looked at. */
function groupsText(count: number): string {
  const others = Array.from({ length: count - 1 }, (_, n) => `00000000-0000-0000-0000-${hex(n)}:1`);
  return ['main:1', ...others].join(',');
}

function hex(n: number): string {
  return n.toString(16).padStart(12, '0');
}
