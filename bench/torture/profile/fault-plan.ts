/**
 * What is done to a cluster in one round, drawn from a seed: several nodes at once, each hindered in one way for a while, and
 * leadership handed over meanwhile. Only what the target can do is drawn. Pure.
 */
import type { Capability } from '../../../kit/run/capability.js';
import type { Draws } from '../../../kit/scenario/draws.js';
import { HINDRANCES, type Hindrance } from '../../../kit/scenario/hindrance.js';

export type Fault =
  | {
      readonly kind: 'hinder';
      readonly node: string;
      readonly hindrance: Hindrance;
      readonly atMs: number;
      readonly forMs: number;
    }
  | { readonly kind: 'transfer'; readonly to: string; readonly asked: string; readonly atMs: number }
  /** A snapshot is taken, and the log before it dropped. */
  | { readonly kind: 'snapshot'; readonly node: string; readonly atMs: number };

const LATEST_MS = 1_200;
const SHORTEST_MS = 50;
const LONGEST_MS = 3_000;

const NEEDS: Readonly<Record<Hindrance, readonly Capability[]>> = {
  'is down': ['kill-node'],
  'is frozen': ['freeze-node'],
  'has stopped applying': ['pause-apply'],
  'is cut off': ['isolate-node'],
  'hears nobody': ['isolate-one-way'],
  'is heard by nobody': ['isolate-one-way'],
};

/** What can be done to one node of a target with these capabilities, and what cannot. */
export function possible(capabilities: ReadonlySet<Capability>): {
  readonly hindrances: readonly Hindrance[];
  readonly skipped: readonly Hindrance[];
} {
  const can = (hindrance: Hindrance) => NEEDS[hindrance].every((need) => capabilities.has(need));
  return { hindrances: HINDRANCES.filter(can), skipped: HINDRANCES.filter((hindrance) => !can(hindrance)) };
}

/** @param nodes at least one */
export function drawFaults(
  draws: Draws,
  nodes: readonly string[],
  capabilities: ReadonlySet<Capability>,
): readonly Fault[] {
  const { hindrances } = possible(capabilities);
  const faults: Fault[] = [];
  if (hindrances.length > 0) {
    const left = [...nodes];
    // All nodes at once now and then: nobody is left to go on, and everybody comes back to what was stored.
    for (let count = draws.between(1, Math.min(3, left.length)); count > 0; count -= 1) {
      const [node = ''] = left.splice(draws.below(left.length), 1);
      const hindrance = draws.oneOf(hindrances);
      const [atMs, forMs] = [draws.below(LATEST_MS), draws.between(SHORTEST_MS, LONGEST_MS)];
      faults.push({ kind: 'hinder', node, hindrance, atMs, forMs });
    }
  }
  for (let count = draws.below(3); count > 0; count -= 1) {
    faults.push({ kind: 'transfer', to: draws.oneOf(nodes), asked: draws.oneOf(nodes), atMs: draws.below(LONGEST_MS) });
  }
  if (capabilities.has('snapshot') && draws.below(3) === 0) {
    faults.push({ kind: 'snapshot', node: draws.oneOf(nodes), atMs: draws.below(LONGEST_MS) });
  }
  return faults;
}

/** As a line of the log says it. */
export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'hinder':
      return `${fault.node} ${fault.hindrance} from ${fault.atMs} ms for ${fault.forMs} ms`;
    case 'transfer':
      return `${fault.asked} is asked at ${fault.atMs} ms to hand leadership to ${fault.to}`;
    case 'snapshot':
      return `${fault.node} takes a snapshot at ${fault.atMs} ms`;
  }
}
