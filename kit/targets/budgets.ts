/**
 * The time budgets that a target works with: those of its file, multiplied by the time-out factors. The read time-out is the
 * nodes' own: where the kit has told them one, that one counts.
 */
import { type ConfigurationKeys, readTimeoutOf } from '../run/stages.js';
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

/**
 * The budgets of a cluster that runs with these keys; `keys` is undefined where the kit cannot tell its nodes any: then the
 * file's word counts.
 */
export function budgetsUnder(budgets: Budgets, keys: ConfigurationKeys | undefined, factor: number): Budgets {
  const toldMs = keys && readTimeoutOf(keys);
  return toldMs === undefined ? budgets : { ...budgets, readTimeoutMs: Math.ceil(toldMs * factor) };
}
