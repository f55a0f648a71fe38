/**
 * Settles, before the first scenario, what may be done to the cluster and seen of it (harness-contracts.md §1): the target's
 * own capabilities and those of its control service. Whatever can be tried without changing anything is tried.
 */
import type { ControlClient } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import type { Target } from '../targets/target.js';
import { messageOf } from '../wire/text.js';
import type { Capability } from './capability.js';

/** Calls that change nothing on a healthy cluster, by the capability that claims them. */
const TRIALS: Readonly<Partial<Record<Capability, (control: ControlClient, node: string) => Promise<unknown>>>> = {
  status: (control, node) => control.status(node),
  counters: (control, node) => control.counters(node),
  'pause-apply': (control, node) => control.resumeApply(node),
  'isolate-node': (control, node) => control.heal(node),
  'isolate-one-way': (control, node) => control.heal(node),
};

/** Methods that a target must have for what it claims. */
const METHODS: Readonly<Partial<Record<Capability, readonly (keyof Target)[]>>> = {
  'kill-node': ['killNode', 'restartNode'],
  'restart-node': ['restartNode'],
  'freeze-node': ['freezeNode', 'thawNode'],
  // The target's own: where it claims nothing, the control service may offer it.
  'isolate-node': ['isolateNode', 'healNode'],
};

/**
 * @param control undefined when the target has none
 * @throws EnvironmentError CONTROL_FAILED, CAPABILITY_BROKEN
 */
export async function settleCapabilities(
  target: Target,
  control: ControlClient | undefined,
): Promise<ReadonlySet<Capability>> {
  for (const capability of target.capabilities) {
    const missing = METHODS[capability]?.filter((method) => target[method] === undefined) ?? [];
    if (missing.length > 0) throw broken(capability, `the target ${target.kind} has no ${missing.join(', ')}`);
  }
  const offered = (await control?.capabilities()) ?? new Set<Capability>();
  for (const capability of offered) {
    const trial = TRIALS[capability];
    if (trial === undefined || control === undefined) continue;
    for (const { id } of target.nodes) {
      try {
        await trial(control, id);
      } catch (cause) {
        throw broken(capability, messageOf(cause), cause);
      }
    }
  }
  return new Set([...target.capabilities, ...offered]);
}

function broken(capability: Capability, why: string, cause?: unknown): EnvironmentError {
  return new EnvironmentError('CAPABILITY_BROKEN', `capability ${capability} is claimed and does not work: ${why}`, {
    cause,
  });
}
