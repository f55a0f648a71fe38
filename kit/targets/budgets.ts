/**
 * The time budgets that a target works with: those of its file, multiplied by the time-out factors. The time-outs of reads are
 * the nodes' own: where the kit has told them some, those count.
 */
import { type ConfigurationKeys, readTimeoutOf, waitTimeoutOf } from '../run/stages.js';
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
    waitTimeoutMs: scaled(spec.waitTimeoutMs),
    heartbeatMs: scaled(spec.heartbeatMs),
    eventuallyMs: scaled(spec.eventuallyMs),
    factor,
  };
}

/**
 * The budgets of a cluster that runs with these keys; `keys` is undefined where the kit cannot tell its nodes any: then the
 * file's word counts.
 */
export function budgetsUnder(budgets: Budgets, keys: ConfigurationKeys | undefined): Budgets {
  const told = (ms: number | undefined, inFileMs: number) =>
    ms === undefined ? inFileMs : Math.ceil(ms * budgets.factor);
  return {
    ...budgets,
    readTimeoutMs: told(keys && readTimeoutOf(keys), budgets.readTimeoutMs),
    waitTimeoutMs: told(keys && waitTimeoutOf(keys), budgets.waitTimeoutMs),
  };
}
