/**
 * JUnit XML for CI servers: one suite for each profile, with its verdict as a property, one case for each scenario and
 * stage. A scenario that was not verified is skipped, with what is missing; blame other than the implementation's is an error.
 */
import type { RunEnvelope } from '../verdict/envelope.js';
import type { ScenarioResult } from '../verdict/scenario-result.js';
import { type ProfileVerdict, type RunVerdict, verdictText } from '../verdict/verdict.js';
import { escapeMarkup as xml } from './escape.js';

interface Suite {
  readonly name: string;
  readonly properties: readonly (readonly [string, string])[];
  readonly cases: readonly string[];
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly seconds: number;
}

export function renderJunit(envelope: RunEnvelope, verdict: RunVerdict): string {
  const suites = [
    ...verdict.profiles.map((profile) => profileSuite(profile, envelope, verdict)),
    runSuite(envelope, verdict),
  ];
  const sum = (key: 'tests' | 'failures' | 'errors' | 'skipped' | 'seconds') =>
    suites.reduce((total, suite) => total + suite[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="om-conformance" tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}" skipped="${sum('skipped')}" time="${sum('seconds').toFixed(3)}">`,
    ...suites.map((suite) => renderSuite(suite, envelope.run.startedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

function profileSuite(profile: ProfileVerdict, envelope: RunEnvelope, verdict: RunVerdict): Suite {
  const cases = profile.rules.flatMap(({ rule, scenarios }) =>
    scenarios.flatMap((index) => {
      const result = verdict.results[index];
      return result === undefined ? [] : [{ result, must: rule.keyword === 'must' }];
    }),
  );
  return suite(profile.profile, cases, [
    ['verdict', verdictText(profile)],
    ['verified', `${profile.verified}/${profile.total}`],
    ['seed', envelope.run.seed],
    ['specification', `${envelope.specification.version} ${envelope.specification.digest}`],
    ...profile.remarks.map((remark) => ['remark', remark] as const),
  ]);
}

/** What belongs to no judged profile, and what went wrong outside of scenarios. */
function runSuite(envelope: RunEnvelope, verdict: RunVerdict): Suite {
  const judged = new Set(verdict.profiles.flatMap(({ rules }) => rules.map(({ rule }) => rule.id)));
  const rest = suite(
    'run',
    verdict.results
      .filter(({ rule }) => rule === undefined || !judged.has(rule))
      .map((result) => ({ result, must: true })),
    [['exit code', String(verdict.exit)]],
  );
  const problems = [
    ...verdict.problems.map(({ code, message, blame }) => ({ code, message, type: blame })),
    ...(verdict.baseline?.errors ?? []).map((message) => ({ code: 'BASELINE', message, type: 'baseline' })),
  ];
  return {
    ...rest,
    cases: [
      ...rest.cases,
      ...problems.map(
        ({ code, message, type }) =>
          `    <testcase classname="run" name="${xml(code)}" time="0"><error message="${xml(message)}" type="${xml(type)}"/></testcase>`,
      ),
    ],
    tests: rest.tests + problems.length,
    errors: rest.errors + problems.length,
    properties: [...rest.properties, ['target', envelope.target?.kind ?? 'none']],
  };
}

interface Case {
  readonly result: ScenarioResult;
  /** A SHOULD or MAY rule never makes a build fail. */
  readonly must: boolean;
}

function suite(name: string, cases: readonly Case[], properties: Suite['properties']): Suite {
  const kinds = cases.map(kindOf);
  const count = (kind: ReturnType<typeof kindOf>) => kinds.filter((of) => of === kind).length;
  return {
    name,
    properties,
    cases: cases.map(renderCase),
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    seconds: cases.reduce((total, { result }) => total + result.durationMs / 1_000, 0),
  };
}

function kindOf({ result, must }: Case): 'passed' | 'warning' | 'failure' | 'error' | 'skipped' {
  switch (result.status) {
    case 'passed':
      return 'passed';
    case 'not-verified':
      return 'skipped';
    case 'failed':
      if (result.blame !== 'implementation') return 'error';
      return must ? 'failure' : 'warning';
    case 'unknown':
    case 'broken':
      return 'error';
  }
}

function renderCase(of: Case): string {
  const { result } = of;
  const name = [result.rule, result.name, result.stage && `[${result.stage}]`].filter(Boolean).join(' ');
  const head = `    <testcase classname="${xml(result.uri)}" name="${xml(name)}" time="${(result.durationMs / 1_000).toFixed(3)}"`;
  const kind = kindOf(of);
  if (kind === 'passed') return `${head}/>`;
  if (kind === 'warning') return `${head}><system-out>warning: ${xml(detail(result))}</system-out></testcase>`;
  const message = ` message="${xml(result.why ?? result.status)}"`;
  if (kind === 'skipped') return `${head}><skipped${message}/></testcase>`;
  const type = ` type="${xml(result.failure?.assertion ?? result.blame ?? result.status)}"`;
  return `${head}><${kind}${message}${type}>${xml(detail(result))}</${kind}></testcase>`;
}

function detail({ failure, blame, uri, line }: ScenarioResult): string {
  const where = `${uri}:${line}`;
  if (failure === undefined) return where;
  const { expected, found, step, keyword } = failure;
  const compared = expected === undefined ? failure.message : `expected ${expected}; found ${found}`;
  return `${keyword} ${step} — ${compared} — blame: ${blame ?? 'nobody'} — ${where}`;
}

function renderSuite(of: Suite, timestamp: string): string {
  const properties = of.properties.map(
    ([name, value]) => `      <property name="${xml(name)}" value="${xml(value)}"/>`,
  );
  return [
    `  <testsuite name="${xml(of.name)}" tests="${of.tests}" failures="${of.failures}" errors="${of.errors}" skipped="${of.skipped}" time="${of.seconds.toFixed(3)}" timestamp="${xml(timestamp)}">`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...of.cases,
    '  </testsuite>',
  ].join('\n');
}
