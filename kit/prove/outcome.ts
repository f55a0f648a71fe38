/**
 * Decides what a run against a mutant proved (design §6). Killed means: a scenario of each rule that the mutant breaks
 * failed at a `Then`, the implementation is to blame, and the expected assertion said so. Anything else is not a kill: a
 * crash, a failure elsewhere and a failure in a `Given` prove nothing.
 */
import type { ScenarioEnd } from '../run/observer.js';
import type { RunVerdict } from '../verdict/judge.js';
import type { ScenarioResult } from '../verdict/results.js';
import type { ClusterMutant } from './mutant.js';

export type Outcome =
  | { readonly kind: 'killed'; readonly by: readonly string[] }
  | { readonly kind: 'alive'; readonly why: readonly string[] };

export function outcomeOf(mutant: ClusterMutant, verdict: Pick<RunVerdict, 'results' | 'problems'>): Outcome {
  const by: string[] = [];
  const why: string[] = verdict.problems.map(({ message }) => `the run itself went wrong: ${message}`);
  for (const [rule, assertion] of Object.entries(mutant.breaks)) {
    const scenarios = verdict.results.filter((result) => result.rule === rule);
    const killer = scenarios.find((result) => isKill(result, assertion));
    if (killer !== undefined) by.push(`${rule} ${assertion}: "${killer.name}"`);
    else why.push(...reasons(rule, assertion, scenarios));
  }
  return why.length === 0 ? { kind: 'killed', by } : { kind: 'alive', why };
}

/**
 * Says of each scenario that ended whether the kills that `outcomeOf` looks for have all been seen by then: what a mutant does to
 * the scenarios that are left tells nothing more.
 */
export function killsSeen({ breaks }: ClusterMutant): (end: ScenarioEnd) => boolean {
  const left = new Map(Object.entries(breaks));
  return ({ planned: { rule }, status, failure }) => {
    if (rule === undefined || failure === undefined) return false;
    const { blame } = failure;
    const assertion = left.get(rule);
    if (assertion !== undefined && isKill({ status, blame, failure }, assertion)) left.delete(rule);
    return left.size === 0;
  };
}

function isKill(
  { status, blame, failure }: Pick<ScenarioResult, 'status' | 'blame' | 'failure'>,
  assertion: string,
): boolean {
  return (
    status === 'failed' && blame === 'implementation' && failure?.keyword === 'Then' && failure.assertion === assertion
  );
}

function reasons(rule: string, assertion: string, scenarios: readonly ScenarioResult[]): string[] {
  if (scenarios.length === 0) return [`${rule}: no scenario ran`];
  const bad = scenarios.filter(({ status }) => status !== 'passed');
  if (bad.length === 0) return [`${rule}: survived, all ${scenarios.length} scenarios passed`];
  return bad.map(({ name, status, blame, failure, why }) => {
    const where = failure === undefined ? (why ?? '') : `${failure.keyword}, ${failure.assertion ?? failure.message}`;
    return `${rule}: expected ${assertion}, but "${name}" ended ${status} (blame ${blame ?? 'nobody'}; ${where})`;
  });
}
