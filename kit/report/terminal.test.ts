import { expect, test } from 'vitest';
import type { ScenarioEnd } from '../run/observer.js';
import type { PlannedScenario } from '../run/plan.js';
import { IMPLEMENTATION, rules } from '../verdict/test/messages.js';
import { paletteOf } from './colour.js';
import { failureLines } from './failure-text.js';
import { liveScreen } from './live-screen.js';
import { onlyPartial } from './verdict-text.js';

const planned: PlannedScenario = {
  scenario: { uri: 'features/t.feature', line: 7, name: 'a title', tags: [] },
  rule: 'T-1',
  disruptive: false,
  decision: { kind: 'run', stage: 'plain' },
};
const call = (number: number) => ({
  number,
  node: 'om1',
  command: 'InfoVolume',
  request: `{"volume":"v${number}"}`,
  metadata: {},
  answer: 'x'.repeat(5_000),
  trailers: {},
  sentAtMs: number,
  endedAtMs: number + 1,
});
const failure: ScenarioEnd = {
  planned,
  status: 'failed',
  why: undefined,
  failure: {
    status: 'failed',
    keyword: 'Then',
    step: 'the answer is OK',
    message: 'm',
    calls: [2],
    ...IMPLEMENTATION,
    expected: 'OK',
    found: `\u001b[2J${'long '.repeat(1_000)}`,
  },
  transcript: [call(1), call(2), call(3)],
};
const options = { command: 'npx om-conformance run --seed s', columns: 100, palette: paletteOf(false) };

test('a failure is one screen: rule, step, expected, got, the decisive call, how to repeat it', () => {
  const lines = failureLines(failure, rules('T-1')[0], options);
  expect(lines.length).toBeLessThanOrEqual(24);
  const text = lines.join('\n');
  expect(text).toMatch(/✘ T-1 {2}a title/);
  expect(text).toMatch(/rule +MUST it holds\./);
  expect(text).toMatch(/step +Then the answer is OK/);
  expect(text).toMatch(/expected +OK/);
  expect(text).toMatch(/got +\[2Jlong/);
  expect(text).toMatch(/blame +implementation \(a\)/);
  expect(text).toMatch(/calls +#2 om1 InfoVolume/);
  expect(text).not.toContain('#1 ');
  expect(text).toMatch(/again +npx om-conformance run --seed s features\/t\.feature:7/);
  expect(text).not.toContain('\u001b');
});

test('where no call decided, the last ones are shown', () => {
  const undecided = { ...failure, failure: failure.failure && { ...failure.failure, calls: [] } };
  expect(failureLines(undecided, undefined, options).join('\n')).toMatch(/#1 .*#2 .*#3 /s);
});

function watch(output: { isTTY?: boolean; columns?: number }, env: Record<string, string>) {
  let written = '';
  const request = { catalogue: { specification: '0.1', rules: rules('T-1') }, command: 'again' };
  const screen = liveScreen(request, { ...output, write: (text) => (written += text) }, env);
  screen.phase?.('starting');
  screen.planned?.(
    [planned, { ...planned, decision: { kind: 'not-verified', stage: undefined, missing: ['x'] } }],
    's',
  );
  screen.scenarioStarted?.(planned);
  screen.scenarioEnded?.({ ...failure, status: 'passed', failure: undefined });
  return written;
}

test('a pipe gets plain lines, one for each scenario', () => {
  expect(watch({}, {})).toBe(
    'starting …\n1 scenarios to run, 1 not verified or broken; seed s\npassed  T-1 a title [plain]\n',
  );
});

test('a terminal gets one line that rewrites itself', () => {
  const written = watch({ isTTY: true, columns: 80 }, {});
  expect(written).toContain('\r\u001b[2K0/1  T-1 a title [plain]');
  expect(written).not.toContain('passed  T-1');
});

test('NO_COLOR means no colour, CI means plain lines', () => {
  const coloured = (env: Record<string, string>) => watch({ isTTY: true }, { CI: '1', ...env }).includes('\u001b[32m');
  expect([coloured({}), coloured({ NO_COLOR: '1' }), coloured({ NO_COLOR: '' })]).toEqual([true, false, true]);
  expect(watch({ isTTY: true }, { CI: '1', NO_COLOR: '1' })).not.toContain('\u001b');
});

test('a run that ends with 2 only because rules were not verified says so, also when its deviations are recorded', () => {
  const core = { profile: 'core', rest: 'PARTIAL' } as const;
  const ha = { profile: 'ha', rest: 'CONFORMANT' } as const;
  const partial = { exit: 2, profiles: [core, ha], problems: [] } as const;
  expect(onlyPartial(partial)).toBe(
    'exit code 2: not every MUST rule of core was verified; --allow-partial accepts that',
  );
  expect(onlyPartial({ ...partial, exit: 0 })).toBe(undefined);
  expect(onlyPartial({ ...partial, profiles: [core, { ...ha, rest: 'INCOMPLETE' }] })).toBe(undefined);
  const problem = { code: 'NO_LEADER', message: 'm', blame: 'environment' } as const;
  expect(onlyPartial({ ...partial, problems: [problem] })).toBe(undefined);
});
