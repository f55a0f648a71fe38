/**
 * What a conformance run in one order came to, and whether it differs from the first one: the verdict may not depend on the
 * order of the scenarios. Pure; the runs themselves are `orders.ts`'s.
 */
import type { RunResult } from '../../kit/run/publish.js';
import type { ScenarioResult } from '../../kit/verdict/scenario-result.js';
import { verdictText } from '../../kit/verdict/verdict.js';

export interface ScenarioOutcome {
  readonly status: string;
  readonly blame?: string | undefined;
  /** Which assertion failed and what it said, for people; never compared. */
  readonly detail?: string | undefined;
}

/** Plain data: it is kept in a file between resumed runs. */
export interface RunOutcome {
  readonly seed: string;
  /** Exit code of the verdict. */
  readonly exit: number;
  readonly seconds: number;
  readonly planned: number;
  readonly ran: number;
  readonly passed: number;
  /** Profile → its verdict with verified and all MUST rules. */
  readonly profiles: Readonly<Record<string, string>>;
  /** Rule id → status. */
  readonly rules: Readonly<Record<string, string>>;
  /** `file:line title (stage)` → outcome; the line of an outline's scenario is that of its example. */
  readonly scenarios: Readonly<Record<string, ScenarioOutcome>>;
  readonly problems: readonly string[];
  /** What the run should have removed and had not when it ended, or why that could not be found out. */
  readonly left: readonly string[];
}

export interface Difference {
  readonly what: 'profile' | 'rule' | 'scenario';
  readonly name: string;
  readonly first: string;
  readonly here: string;
}

export function outcomeOf(
  { verdict, envelope }: Pick<RunResult, 'verdict' | 'envelope'>,
  left: readonly string[],
): RunOutcome {
  const { counts, profiles, results, problems, baseline, exit } = verdict;
  return {
    seed: envelope.run.seed,
    exit,
    seconds: envelope.timings.total / 1000,
    planned: counts.planned,
    ran: counts.ran,
    passed: counts.passed,
    profiles: Object.fromEntries(
      profiles.map((of) => [of.profile, `${verdictText(of)}, ${of.verified}/${of.total} MUST rules`]),
    ),
    rules: Object.fromEntries(profiles.flatMap(({ rules }) => rules.map(({ rule, status }) => [rule.id, status]))),
    scenarios: scenariosOf(results),
    problems: [
      ...problems.map(({ code, message }) => `${code}: ${message}`),
      ...(baseline?.errors ?? []).map((error) => `baseline: ${error}`),
    ],
    left,
  };
}

/** Why the run cannot be accepted for what it is, whatever the first one came to; empty when it can. */
export function faultsOf(run: RunOutcome): string[] {
  const faults: string[] = [];
  if (run.ran === 0) faults.push('no scenario ran');
  faults.push(...run.left);
  if (run.exit !== 0) {
    faults.push(`the verdict is exit code ${run.exit}`);
    const verdicts = Object.entries(run.profiles).map(([profile, verdict]) => `${profile} ${verdict}`);
    faults.push(...verdicts, ...run.problems);
    for (const [name, outcome] of Object.entries(run.scenarios)) {
      if (outcome.status !== 'passed') faults.push(`${name}: ${said(outcome)}`);
    }
  }
  return faults;
}

/** Every profile, rule and scenario that came out otherwise than in the first run, was missing, or was not there then. */
export function differences(first: RunOutcome, here: RunOutcome): Difference[] {
  return [
    ...differing('profile', first.profiles, here.profiles, same, (verdict) => verdict),
    ...differing('rule', first.rules, here.rules, same, (status) => status),
    ...differing(
      'scenario',
      first.scenarios,
      here.scenarios,
      (one, other) => one.status === other.status && one.blame === other.blame,
      said,
    ),
  ];
}

function same(one: string, other: string): boolean {
  return one === other;
}

function differing<T>(
  what: Difference['what'],
  first: Readonly<Record<string, T>>,
  here: Readonly<Record<string, T>>,
  equal: (one: T, other: T) => boolean,
  text: (of: T) => string,
): Difference[] {
  return [...new Set([...Object.keys(first), ...Object.keys(here)])].flatMap((name) => {
    const [one, other] = [first[name], here[name]];
    if (one !== undefined && other !== undefined && equal(one, other)) return [];
    const word = (of: T | undefined) => (of === undefined ? 'not there' : text(of));
    return [{ what, name, first: word(one), here: word(other) }];
  });
}

function said({ status, blame, detail }: ScenarioOutcome): string {
  const whose = blame === undefined ? '' : `, blame ${blame}`;
  return `${status}${whose}${detail === undefined ? '' : ` (${detail})`}`;
}

function scenariosOf(results: readonly ScenarioResult[]): Record<string, ScenarioOutcome> {
  const found: Record<string, ScenarioOutcome> = {};
  for (const result of results) {
    const { uri, line, name, stage, status, blame, failure, why } = result;
    const base = `${uri}:${line} ${name}${stage === undefined ? '' : ` (${stage})`}`;
    // A repetition would be a fault of the kit: it must show, not hide the first one.
    let key = base;
    for (let again = 2; Object.hasOwn(found, key); again += 1) key = `${base} #${again}`;
    const detail = failure?.assertion === undefined ? why : `${failure.assertion}: ${why}`;
    found[key] = { status, ...(blame === undefined ? {} : { blame }), ...(detail === undefined ? {} : { detail }) };
  }
  return found;
}
