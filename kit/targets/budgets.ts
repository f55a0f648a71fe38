/** The time budgets that a target works with: those of its file, multiplied by the time-out factors. */
import type { BudgetsSpec } from './schema.js';
import type { Budgets } from './target.js';

export function budgetsOf(spec: BudgetsSpec, factor: number): Budgets {
  const scaled = (ms: number) => Math.ceil(ms * factor);
  return {
    callMs: scaled(spec.callMs),
    failoverMs: scaled(spec.failoverMs),
    nodeStartMs: scaled(spec.nodeStartMs),
    clusterStartMs: scaled(spec.clusterStartMs),
    writeTimeoutMs: scaled(spec.writeTimeoutMs),
    readTimeoutMs: scaled(spec.readTimeoutMs),
    eventuallyMs: scaled(spec.eventuallyMs),
  };
}
