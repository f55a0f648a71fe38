import { describe, expect, test } from 'vitest';
import { differences, faultsOf, outcomeOf, type RunOutcome } from './order-outcome.js';
import { isGood, type OrdersProgress, orderSeed, withRun } from './orders.js';

const SCENARIO = 'features/a.feature:7 a title (plain)';
const OTHER = 'features/a.feature:9 a title (plain)';

const good: RunOutcome = {
  seed: 's-1',
  exit: 0,
  seconds: 1,
  planned: 2,
  ran: 2,
  passed: 2,
  profiles: { core: 'CONFORMANT, 1/1 MUST rules' },
  rules: { 'W-1': 'verified', 'W-2': 'verified' },
  scenarios: { [SCENARIO]: { status: 'passed' }, [OTHER]: { status: 'passed' } },
  problems: [],
  left: [],
};
const withScenario = (outcome: RunOutcome['scenarios'][string]): RunOutcome => ({
  ...good,
  scenarios: { ...good.scenarios, [SCENARIO]: outcome },
});

describe('differences', () => {
  const failed = { status: 'failed', blame: 'implementation', detail: 'answer-status: expected OK, found X' };
  test.each<[string, RunOutcome, RunOutcome, string[]]>([
    ['the same', good, good, []],
    ['other seed, other time', good, { ...good, seed: 's-2', seconds: 9 }, []],
    ['the same scenarios in another order', good, { ...good, scenarios: reversed(good.scenarios) }, []],
    [
      'one scenario fails',
      good,
      withScenario(failed),
      [`scenario ${SCENARIO}: passed | failed, blame implementation (answer-status: expected OK, found X)`],
    ],
    [
      'one scenario passes where it failed first',
      withScenario(failed),
      good,
      [`scenario ${SCENARIO}: failed, blame implementation (answer-status: expected OK, found X) | passed`],
    ],
    [
      'the same status and somebody else to blame',
      withScenario(failed),
      withScenario({ status: 'failed', blame: 'environment' }),
      [
        `scenario ${SCENARIO}: failed, blame implementation (answer-status: expected OK, found X) | failed, blame environment`,
      ],
    ],
    ['the same failure in other words', withScenario(failed), withScenario({ ...failed, detail: 'other words' }), []],
    [
      'unknown instead of passed',
      good,
      withScenario({ status: 'unknown' }),
      [`scenario ${SCENARIO}: passed | unknown`],
    ],
    [
      'a scenario is missing',
      good,
      { ...good, scenarios: { [SCENARIO]: { status: 'passed' } } },
      [`scenario ${OTHER}: passed | not there`],
    ],
    [
      'a scenario that was not there',
      { ...good, scenarios: { [SCENARIO]: { status: 'passed' } } },
      good,
      [`scenario ${OTHER}: not there | passed`],
    ],
    [
      'a rule',
      good,
      { ...good, rules: { 'W-1': 'verified', 'W-2': 'not-verified' } },
      ['rule W-2: verified | not-verified'],
    ],
    [
      'a profile',
      good,
      { ...good, profiles: { core: 'PARTIAL, 0/1 MUST rules' } },
      ['profile core: CONFORMANT, 1/1 MUST rules | PARTIAL, 0/1 MUST rules'],
    ],
  ])('%s', (_, first, here, expected) => {
    const found = differences(first, here).map((one) => `${one.what} ${one.name}: ${one.first} | ${one.here}`);
    expect(found).toEqual(expected);
  });
});

describe('a run by itself', () => {
  test.each<[string, RunOutcome, string[]]>([
    ['conformant', good, []],
    [
      'exactly as recorded',
      {
        ...withScenario({ status: 'failed', blame: 'implementation' }),
        profiles: { core: 'NOT CONFORMANT, as recorded' },
      },
      [],
    ],
    [
      'not conformant',
      { ...withScenario({ status: 'failed', blame: 'implementation', detail: 'id: x' }), exit: 1 },
      [
        'the verdict is exit code 1',
        'core CONFORMANT, 1/1 MUST rules',
        `${SCENARIO}: failed, blame implementation (id: x)`,
      ],
    ],
    [
      'nothing ran',
      { ...good, exit: 2, ran: 0, passed: 0, profiles: {}, scenarios: {}, problems: ['NO_LEADER: none'] },
      ['no scenario ran', 'the verdict is exit code 2', 'NO_LEADER: none'],
    ],
    ['something was left behind', { ...good, left: ['2 volumes were left'] }, ['2 volumes were left']],
    ['nothing ran and yet all is well', { ...good, ran: 0 }, ['no scenario ran']],
  ])('%s', (_, run, expected) => {
    expect(faultsOf(run)).toEqual(expected);
  });
});

test('the first run is the measure: whichever of the later ones differs is marked, and it alone', () => {
  const fresh: OrdersProgress = {
    seed: 's',
    orders: 3,
    subject: { target: 'reference', baseline: undefined, specification: 'x' },
    first: undefined,
    runs: [],
  };
  const bad = { ...withScenario({ status: 'failed', blame: 'implementation' }), seed: 's-2', exit: 1 };
  // Through text, as a resumed run reads it.
  const resumed: OrdersProgress = JSON.parse(JSON.stringify(withRun(fresh, good)));
  const { runs } = withRun(withRun(resumed, bad), { ...good, seed: 's-3' });
  expect(runs.map((run) => [run.seed, isGood(run)])).toEqual([
    ['s-1', true],
    ['s-2', false],
    ['s-3', true],
  ]);
});

test('orders have different seeds, all of them made from the one that was given', () => {
  const seeds = [1, 2, 12].map((number) => orderSeed('abc', number));
  expect(seeds).toEqual(['abc-1', 'abc-2', 'abc-12']);
});

test('a result becomes an outcome: an outline has a line for each example, and nothing hides a repetition', () => {
  const result = (line: number, more: object = {}) => ({
    uri: 'features/a.feature',
    line,
    name: 'a title',
    rule: 'W-1',
    stage: 'plain' as const,
    status: 'passed' as const,
    blame: undefined,
    why: undefined,
    failure: undefined,
    transcript: [],
    steps: [],
    durationMs: 1,
    ...more,
  });
  const failure = { status: 'failed', blame: 'implementation', assertion: 'waits', message: 'm', calls: [] };
  const rule = { id: 'W-1', keyword: 'must', profile: 'core', needs: [], source: [], sentence: '' };
  const outcome = outcomeOf(
    {
      envelope: { run: { seed: 's-1' }, timings: { total: 2500 } },
      verdict: {
        exit: 3,
        counts: { planned: 3, ran: 3, passed: 2 },
        profiles: [
          {
            profile: 'core',
            word: 'CONFORMANT',
            asRecorded: undefined,
            verified: 1,
            total: 1,
            rules: [{ rule, status: 'verified' }],
          },
        ],
        results: [
          result(7),
          result(8, { status: 'failed', blame: 'implementation', why: 'it was answered', failure }),
          result(7),
        ],
        problems: [{ code: 'NO_LEADER', message: 'none', blame: 'environment' }],
        baseline: { matched: [], errors: ['W-2 no longer fails'] },
      },
    } as unknown as Parameters<typeof outcomeOf>[0],
    ['1 volume'],
  );
  expect(outcome).toEqual({
    seed: 's-1',
    exit: 3,
    seconds: 2.5,
    planned: 3,
    ran: 3,
    passed: 2,
    profiles: { core: 'CONFORMANT, 1/1 MUST rules' },
    rules: { 'W-1': 'verified' },
    scenarios: {
      'features/a.feature:7 a title (plain)': { status: 'passed' },
      'features/a.feature:8 a title (plain)': {
        status: 'failed',
        blame: 'implementation',
        detail: 'waits: it was answered',
      },
      'features/a.feature:7 a title (plain) #2': { status: 'passed' },
    },
    problems: ['NO_LEADER: none', 'baseline: W-2 no longer fails'],
    left: ['1 volume'],
  });
});

function reversed<T>(of: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(of).reverse());
}
