import { expect, test } from 'vitest';
import type { RunEnvelope } from './envelope.js';
import { judge } from './judge.js';
import { failed, IMPLEMENTATION, type Made, madeRun, rules } from './test/messages.js';
import { type RunVerdict, verdictText } from './verdict.js';

function verdictOf(made: readonly Made[], changed: Partial<RunEnvelope> = {}): RunVerdict {
  const { envelope, reader } = madeRun(made, changed);
  return judge(envelope, reader);
}

/** Verdicts of the profiles, verified/total of the first, and the exit code. */
const brief = (verdict: RunVerdict) =>
  [...verdict.profiles.map((of) => `${verdictText(of)} ${of.verified}/${of.total}`), `exit ${verdict.exit}`].join(', ');

const passed = (rule: string): Made => ({ rule });
const both = [passed('T-1'), passed('T-2')];
const undecided = (rule: string): Made => ({ rule, steps: ['FAILED'], failure: { status: 'unknown' } });
const undefinedStep = (rule: string): Made => ({ rule, steps: ['UNDEFINED'] });
const missing = (rule: string): Made => ({ rule, missing: ['capability kill-node'] });
const broken: Partial<RunEnvelope> = { problems: [{ code: 'X', message: 'm', blame: 'environment' }] };
const BOTH_STOPPED: Partial<RunEnvelope> = { stopped: 'fail-fast' };

test.each<[string, readonly Made[], Partial<RunEnvelope>, string]>([
  // 4. CONFORMANT
  ['every MUST rule has a passed scenario', both, {}, 'CONFORMANT 2/2, exit 0'],
  [
    'a rule passed in one scenario, another of it not verified',
    [...both, missing('T-1')],
    {},
    'CONFORMANT 2/2, exit 0',
  ],
  ['a SHOULD failed', [...both, failed('implementation', 'T-3')], {}, 'CONFORMANT 2/2, exit 0'],
  ['a SHOULD is not verified', [...both, missing('T-3')], {}, 'CONFORMANT 2/2, exit 0'],
  ['a MAY was not seen', [...both, failed('implementation', 'T-4')], {}, 'CONFORMANT 2/2, exit 0'],
  // 3. PARTIAL
  ['a MUST rule is not verified', [passed('T-1'), missing('T-2')], {}, 'PARTIAL 1/2, exit 2'],
  ['a MUST rule was not selected', [passed('T-1')], {}, 'PARTIAL 1/2, exit 2'],
  ['nothing could be verified', [missing('T-1'), missing('T-2')], {}, 'PARTIAL 0/2, exit 2'],
  // 2. INCOMPLETE
  ['a scenario is broken', [...both, undefinedStep('T-1')], {}, 'INCOMPLETE 1/2, exit 4'],
  ['a scenario is unknown', [...both, undecided('T-1')], {}, 'INCOMPLETE 1/2, exit 2'],
  ['the environment failed', [...both, failed('environment', 'T-1')], {}, 'INCOMPLETE 1/2, exit 2'],
  ['the kit failed', [...both, failed('harness', 'T-1')], {}, 'INCOMPLETE 1/2, exit 4'],
  ['a SHOULD is broken', [...both, undefinedStep('T-3')], {}, 'INCOMPLETE 2/2, exit 4'],
  ['a MAY met a broken environment', [...both, failed('environment', 'T-4')], {}, 'INCOMPLETE 2/2, exit 2'],
  ['broken outweighs not verified', [passed('T-1'), missing('T-2'), undecided('T-1')], {}, 'INCOMPLETE 0/2, exit 2'],
  ['no scenario at all', [], {}, 'INCOMPLETE 0/2, exit 2'],
  ['a problem of the run', both, broken, 'INCOMPLETE 2/2, exit 2'],
  ['a scenario of no rule is broken', [...both, { broken: 'it carries no rule id' }], {}, 'INCOMPLETE 2/2, exit 4'],
  ['the run was interrupted', both, { stopped: 'interrupted' }, 'INCOMPLETE 2/2, exit 2'],
  ['a planned scenario never ran', [...both, { rule: 'T-1', until: 'not announced' }], {}, 'INCOMPLETE 1/2, exit 4'],
  ['a scenario got lost before the plan', both, { selected: 3 }, 'INCOMPLETE 2/2, exit 4'],
  [
    'the first failure ended the run',
    [failed('environment', 'T-1'), { rule: 'T-2', hook: 'SKIPPED', steps: ['SKIPPED'] }],
    BOTH_STOPPED,
    'INCOMPLETE 0/2, exit 2',
  ],
  // 1. NOT CONFORMANT
  ['a MUST failed', [...both, failed('implementation', 'T-1')], {}, 'NOT CONFORMANT 1/2, exit 1'],
  [
    'a MUST failed, and much else',
    [failed('implementation', 'T-1'), undefinedStep('T-2'), failed('harness', 'T-2')],
    {},
    'NOT CONFORMANT 0/2, exit 1',
  ],
  ['a MUST failed in a run with a problem', [failed('implementation', 'T-1')], broken, 'NOT CONFORMANT 0/2, exit 1'],
  [
    'a MUST failed in a Given',
    [...both, { rule: 'T-1', steps: ['FAILED'], failure: { ...IMPLEMENTATION, keyword: 'Given' } }],
    {},
    'NOT CONFORMANT 1/2, exit 1',
  ],
  // allowed to be partial
  ['partial and allowed', [passed('T-1')], allow(), 'PARTIAL 1/2, exit 0'],
  ['incomplete though partial is allowed', [undecided('T-1')], allow(), 'INCOMPLETE 0/2, exit 2'],
  ['no scenario though partial is allowed', [], allow(), 'INCOMPLETE 0/2, exit 2'],
  [
    'not conformant though partial is allowed',
    [failed('implementation', 'T-1')],
    allow(),
    'NOT CONFORMANT 0/2, exit 1',
  ],
  // several profiles
  [
    'each profile by itself',
    [...both, failed('implementation', 'T-5')],
    { judged: ['core', 'ha'] },
    'CONFORMANT 2/2, NOT CONFORMANT 0/1, exit 1',
  ],
  [
    'broken in one profile only',
    [...both, undecided('T-5')],
    { judged: ['core', 'ha'] },
    'CONFORMANT 2/2, INCOMPLETE 0/1, exit 2',
  ],
  ['a profile that nobody judges', both, { judged: [] }, 'exit 2'],
  [
    'a profile whose rules are all SHOULD',
    [{ rule: 'T-9' }],
    { specification: { version: '0.1', digest: 'd', rules: rules('T-9 should') } },
    'PARTIAL 0/0, exit 2',
  ],
])('%s', (_, made, changed, expected) => {
  expect(brief(verdictOf(made, changed))).toBe(expected);
});

test('a null run, where nothing was opened, is INCOMPLETE and says why', () => {
  const verdict = verdictOf([], { ...broken, target: undefined, selected: 3, judged: [] });
  expect(verdict.profiles).toEqual([]);
  expect(verdict.problems).toEqual(broken.problems);
  expect(verdict.exit).toBe(2);
});

test('more test cases than the plan has are noticed', () => {
  const { envelope, reader } = madeRun(both);
  const verdict = judge({ ...envelope, selected: 1, plan: envelope.plan.slice(0, 1) }, reader);
  expect(verdict.problems.map(({ code }) => code)).toContain('COUNTS_DIFFER');
});

test('what is missing is said for each rule', () => {
  const [core] = verdictOf([passed('T-1'), missing('T-2')]).profiles;
  const open = core?.rules.filter(({ status }) => status === 'not-verified').map(({ rule, why }) => [rule.id, why]);
  expect(open).toEqual([
    ['T-2', ['needs capability kill-node']],
    ['T-3', ['none of its scenarios was selected']],
    ['T-4', ['none of its scenarios was selected']],
  ]);
});

test('SHOULD failures are warnings, MAY scenarios observations', () => {
  const made = [
    ...both,
    failed('implementation', 'T-3'),
    failed('implementation', 'T-4'),
    { rule: 'T-4', name: 'seen this' },
    { rule: 'T-4', name: 'told', seen: ['old', 7, 'new'] },
  ];
  expect(verdictOf(made).profiles[0]?.remarks).toEqual([
    'T-3 (SHOULD) failed: scenario 2: it failed',
    'T-4 (MAY): not seen: scenario 3: it failed',
    'T-4 (MAY): seen: seen this',
    'T-4 (MAY): seen: told: old, then new',
  ]);
});

test('what a rule with a time measured is said, whether it kept its budget or not', () => {
  const late = { ...failed('implementation', 'T-2'), name: 'late', seen: ['11 ms, budget 10 ms'] };
  const made = [{ rule: 'T-1', name: 'in time', seen: ['9 ms, budget 10 ms'] }, late];
  const [core] = verdictOf(made).profiles;
  expect(core?.remarks).toEqual(['T-1: in time: 9 ms, budget 10 ms', 'T-2: late: 11 ms, budget 10 ms']);
});

const deviation = { rule: 'T-1', reason: 'known', link: 'https://example.org/1' };

test.each<[string, readonly Made[], Partial<RunEnvelope>, string]>([
  [
    'exactly as recorded',
    [failed('implementation', 'T-1'), passed('T-2')],
    {},
    'NOT CONFORMANT, as recorded (1 deviation) 1/2, exit 0',
  ],
  [
    'something else failed too',
    [failed('implementation', 'T-1'), failed('implementation', 'T-2')],
    {},
    'NOT CONFORMANT 0/2, exit 1',
  ],
  [
    'as recorded, and the rest is partial',
    [failed('implementation', 'T-1')],
    {},
    'NOT CONFORMANT, as recorded (1 deviation) 0/2, exit 2',
  ],
  [
    'as recorded, and the rest is partial and allowed',
    [failed('implementation', 'T-1')],
    allow(),
    'NOT CONFORMANT, as recorded (1 deviation) 0/2, exit 0',
  ],
  [
    'as recorded, and something is unknown',
    [failed('implementation', 'T-1'), undecided('T-2')],
    {},
    'NOT CONFORMANT, as recorded (1 deviation) 0/2, exit 2',
  ],
  [
    'as recorded, and something is broken',
    [failed('implementation', 'T-1'), undefinedStep('T-2')],
    allow(),
    'NOT CONFORMANT, as recorded (1 deviation) 0/2, exit 4',
  ],
  ['it no longer fails', both, {}, 'CONFORMANT 2/2, exit 3'],
  [
    'it was blamed on the environment this time',
    [failed('environment', 'T-1'), passed('T-2')],
    {},
    'INCOMPLETE 1/2, exit 2',
  ],
  [
    'it has expired',
    [failed('implementation', 'T-1'), passed('T-2')],
    { deviations: [{ ...deviation, expires: '2026-10-31' }] },
    'NOT CONFORMANT 1/2, exit 1',
  ],
  [
    'it expires today',
    [failed('implementation', 'T-1'), passed('T-2')],
    { deviations: [{ ...deviation, expires: '2026-11-01' }] },
    'NOT CONFORMANT, as recorded (1 deviation) 1/2, exit 0',
  ],
  ['an entry matches nothing', both, { deviations: [{ ...deviation, rule: 'T-99' }] }, 'CONFORMANT 2/2, exit 3'],
  ['an empty baseline on a conformant run', both, { deviations: [] }, 'CONFORMANT 2/2, exit 0'],
  [
    'an empty baseline excuses nothing',
    [failed('implementation', 'T-1'), passed('T-2')],
    { deviations: [] },
    'NOT CONFORMANT 1/2, exit 1',
  ],
])('baseline: %s', (_, made, changed, expected) => {
  expect(brief(verdictOf(made, { deviations: [deviation], ...changed }))).toBe(expected);
});

function allow(): Partial<RunEnvelope> {
  return { run: { ...madeRun([]).envelope.run, allowPartial: true } };
}
