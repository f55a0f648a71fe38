/**
 * How much of a rule can be verified by a vendor, by what he has to offer: a cluster that clients reach, hooks, a control service from
 * outside, or a test build with one inside. It counts cases, a row of a table of examples being one. Pure.
 */
import { CAPABILITIES, type Capability } from '../run/capability.js';
import { codeOf } from './html.js';
import type { ScenarioText } from './specification.js';

/** What shell commands of a target file can do (docs/clusters.md). */
const HOOKS: readonly Capability[] = ['restart-node', 'kill-node', 'freeze-node', 'isolate-node', 'configure'];
/** What a service beside a release build can do besides (docs/examples/sidecar); whether there is storage for blocks, it only says. */
const FROM_OUTSIDE: readonly Capability[] = [...HOOKS, 'status', 'transfer-group', 'blocks'];

/** Needs of each case of these scenarios. */
export function casesOf(scenarios: readonly ScenarioText[]): (readonly Capability[])[] {
  return scenarios.flatMap(({ tags, examples }) =>
    examples.length === 0
      ? [tags.needs]
      : examples.flatMap(({ needs, rows }) => rows.map(() => [...tags.needs, ...needs])),
  );
}

/** In a sentence, as markup. */
export function reachOf(scenarios: readonly ScenarioText[]): string {
  const cases = casesOf(scenarios);
  const tiers = [
    { offers: [] as readonly Capability[], words: () => 'by clients alone' },
    { offers: HOOKS, words: (needs: string) => `with hooks for ${needs}` },
    { offers: FROM_OUTSIDE, words: (needs: string) => `with a control service from outside for ${needs}` },
    { offers: CAPABILITIES, words: (needs: string) => `with a test build that offers ${needs}` },
  ];
  const parts: string[] = [];
  let left = cases;
  for (const { offers, words } of tiers) {
    const can = left.filter((needs) => needs.every((need) => offers.includes(need)));
    left = left.filter((needs) => !can.includes(needs));
    if (can.length === 0) continue;
    const needed = CAPABILITIES.filter((capability) => can.some((needs) => needs.includes(capability)));
    parts.push(`${can.length} ${words(needed.map(codeOf).join(', '))}`);
  }
  return `${cases.length === 1 ? '1 case' : `${cases.length} cases`}: ${parts.join('; ')}`;
}
