/** One conformance run for `prove`, and what can be read out of its verdict. Judging it is `outcome.ts`'s. */
import { runConformance } from '../cucumber/conformance.js';
import type { ScenarioEnd } from '../run/observer.js';
import type { Target } from '../targets/target.js';
import type { RunVerdict } from '../verdict/judge.js';
import type { Noticed } from './result.js';
import { openUnexamined } from './unexamined.js';

export interface ClusterRunOptions {
  /** Ids of rules; empty = all. */
  readonly rules: readonly string[];
  readonly seed: string;
  /** Folder of the run's report. */
  readonly outDir: string;
  /** Ends the run: a mutant may make every call wait for its deadline. */
  readonly withinMs: number;
  /** Ends the run too. */
  readonly until?: AbortSignal | undefined;
  /** Told of every scenario that ended; true once the run has shown all that it was for, which ends it. */
  readonly enough?: ((end: ScenarioEnd) => boolean) | undefined;
}

/** Runs the scenarios of some rules against a target that is started for it and stopped afterwards. */
export async function runOn(target: Target, options: ClusterRunOptions): Promise<RunVerdict> {
  const { rules, seed, outDir, withinMs, until, enough } = options;
  const limit = new AbortController();
  const shown = new AbortController();
  const timer = setTimeout(() => limit.abort(), withinMs);
  try {
    const { verdict } = await runConformance({
      target,
      open: openUnexamined(target),
      rules,
      seed,
      outDir,
      allowPartial: true,
      observers: () => [
        {
          scenarioEnded(end) {
            if (enough?.(end) === true) shown.abort();
          },
        },
      ],
      signal: AbortSignal.any([limit.signal, shown.signal, ...(until === undefined ? [] : [until])]),
    });
    if (!shown.signal.aborted) return verdict;
    return { ...verdict, problems: verdict.problems.filter(({ code }) => code !== 'INTERRUPTED') };
  } finally {
    clearTimeout(timer);
  }
}

/** Rules of which at least one scenario passed and none ended badly. */
export function verifiedRules({ profiles }: Pick<RunVerdict, 'profiles'>): string[] {
  return profiles.flatMap(({ rules }) =>
    rules.filter(({ status }) => status === 'verified').map(({ rule }) => rule.id),
  );
}

/** Why the unchanged code did not pass these rules; empty when it did. */
export function faults(
  verdict: Pick<RunVerdict, 'profiles' | 'results' | 'problems'>,
  rules: readonly string[],
): string[] {
  const verified = new Set(verifiedRules(verdict));
  return [
    ...verdict.problems.map(({ code, message }) => `${code}: ${message}`),
    ...verdict.results
      .filter(({ status }) => status !== 'passed' && status !== 'not-verified')
      .map(({ rule, name, status, why }) => `${rule ?? 'no rule'} "${name}" ended ${status}: ${why ?? ''}`),
    ...rules.filter((rule) => !verified.has(rule)).map((rule) => `${rule} was not verified`),
  ];
}

/**
 * Whether all that keeps the unchanged code from passing these rules is scenarios that decided nothing: then it was not refuted, as
 * where the machine is too slow for a rule with a time.
 */
export function onlyUndecided(
  verdict: Pick<RunVerdict, 'profiles' | 'results' | 'problems'>,
  rules: readonly string[],
): boolean {
  const { problems, results } = verdict;
  const undecided = new Set(results.filter(({ status }) => status === 'unknown').map(({ rule }) => rule));
  const verified = new Set(verifiedRules(verdict));
  return (
    undecided.size > 0 &&
    problems.length === 0 &&
    results.every(({ status }) => status === 'passed' || status === 'not-verified' || status === 'unknown') &&
    rules.every((rule) => verified.has(rule) || undecided.has(rule))
  );
}

/** Every assertion that failed, by rule, in the order of the rules. */
export function noticed({ results }: Pick<RunVerdict, 'results'>): Noticed[] {
  const counts = new Map<string, Noticed>();
  for (const { rule, status, blame, failure } of results) {
    const assertion = failure?.assertion;
    if (status !== 'failed' || blame !== 'implementation' || rule === undefined || assertion === undefined) continue;
    const key = `${rule} ${assertion}`;
    counts.set(key, { rule, assertion, scenarios: (counts.get(key)?.scenarios ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => a.rule.localeCompare(b.rule, 'en', { numeric: true }));
}
