/** The reports of runs in which everything that an implementation may say is hostile. */
import { expect, test } from 'vitest';
import type { RunEnvelope } from '../verdict/envelope.js';
import { judge } from '../verdict/judge.js';
import { failed, IMPLEMENTATION, type Made, madeRun } from '../verdict/test/messages.js';
import { renderHtml } from './html.js';
import { renderJunit } from './junit.js';
import { drawSequence } from './sequence.js';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>'"&\u001b[2J]]>`;

function reportsOf(made: readonly Made[], changed: Partial<RunEnvelope> = {}) {
  const { envelope, reader } = madeRun(made, changed);
  const verdict = judge(envelope, reader);
  return { html: renderHtml(envelope, verdict), junit: renderJunit(envelope, verdict) };
}

const hostile: Made = {
  rule: 'T-1',
  name: HOSTILE,
  steps: ['FAILED'],
  failure: {
    ...IMPLEMENTATION,
    message: HOSTILE,
    expected: HOSTILE,
    found: HOSTILE,
    step: HOSTILE,
    assertion: HOSTILE,
  },
};
const hostileTarget: Partial<RunEnvelope> = {
  target: {
    kind: HOSTILE,
    identity: { organization: HOSTILE, project: HOSTILE, version: HOSTILE, url: HOSTILE, contact: HOSTILE },
    nodes: [{ id: HOSTILE, address: HOSTILE }],
    claims: ['core'],
    stages: ['plain'],
  },
  problems: [{ code: HOSTILE, message: HOSTILE, blame: 'environment' }],
};

test('nothing hostile reaches the HTML as markup', () => {
  const { html } = reportsOf([hostile], hostileTarget);
  expect(html.match(/<script>/g)).toHaveLength(1);
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u001b');
  expect(html).toContain('&lt;img src=x onerror=alert(2)&gt;');
});

test('the HTML is one file that may load nothing and run only its own script', () => {
  const { html } = reportsOf([hostile, { rule: 'T-2' }]);
  expect(html).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
  expect(html).not.toMatch(/\s(?:src|href)="(?!#)/);
});

test('the HTML has a card for each profile, a row for each rule, and every failure with how to repeat it', () => {
  const { html } = reportsOf([failed('implementation', 'T-1'), { rule: 'T-2' }], { judged: ['core', 'ha'] });
  expect(html.match(/class="card /g)).toHaveLength(2);
  expect(html).toContain('1 of 2 MUST rules verified');
  expect(html.match(/<tr id="T-\d"/g)).toHaveLength(5);
  expect(html).toContain('npx om-conformance run features/t.feature:1</pre>');
  expect(html).toContain('<svg class="sequence"');
});

test('a history that was judged is drawn, and its command is there, whatever was answered', () => {
  const calls = [{ client: 1, node: HOSTILE, asked: HOSTILE, ended: HOSTILE, beganUs: 0, endedUs: 5 }];
  const judged = { ...IMPLEMENTATION, history: { path: 'out/histories/T-1-1.jsonl', calls } };
  const { html } = reportsOf([{ rule: 'T-1', steps: ['FAILED'], failure: judged }]);
  expect(html).toContain('<svg class="timeline"');
  expect(html).toContain('npx om-conformance judge out/histories/T-1-1.jsonl</pre>');
  expect(html.match(/<script>/g)).toHaveLength(1);
  expect(html).not.toContain('<img');
});

test('nothing hostile reaches the JUnit file as markup', () => {
  const { junit } = reportsOf([hostile], hostileTarget);
  expect(junit).not.toMatch(/<(?:script|img)/);
  expect(junit).not.toContain('\u001b');
  expect(tagsOf(junit)).toEqual([]);
});

test('JUnit counts failures, errors and what was skipped, and keeps SHOULD out of them', () => {
  const { junit } = reportsOf([
    failed('implementation', 'T-1'),
    failed('environment', 'T-1'),
    { rule: 'T-2' },
    { rule: 'T-2', missing: ['capability kill-node'] },
    failed('implementation', 'T-3'),
  ]);
  expect(junit).toMatch(/<testsuites [^>]*tests="5" failures="1" errors="1" skipped="1"/);
  expect(junit).toContain('<skipped message="needs capability kill-node"/>');
  expect(junit).toContain('<system-out>warning: ');
  expect(junit).toContain('<property name="verdict" value="NOT CONFORMANT"/>');
  expect(junit).toContain('<property name="verified" value="1/2"/>');
  expect(tagsOf(junit)).toEqual([]);
});

/** Tags that were opened and not closed, in order; throws when one closes what is not open. */
function tagsOf(xml: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of xml.matchAll(/<(\/?)([a-z-]+)((?:\s+[a-z ]+="[^"<]*")*\s*\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else if (!rest.endsWith('/')) open.push(name);
  }
  return open;
}

const call = (number: number, node: string, sentAtMs: number, endedAtMs?: number) => ({
  number,
  node,
  command: HOSTILE,
  request: HOSTILE,
  metadata: {},
  answer: HOSTILE,
  trailers: {},
  sentAtMs,
  ...(endedAtMs === undefined ? {} : { endedAtMs }),
});

test('a sequence is drawn in the order of time, the decisive calls heavier', () => {
  const svg = drawSequence([call(1, 'om1', 0, 30), call(2, 'om2', 10, 20), call(3, 'om1', 25)], [2]);
  expect(svg).not.toMatch(/<(?:script|img)/);
  const arrows = [...svg.matchAll(/<g class="(request|answer|open)( decisive)?">/g)].map(
    ([, kind, heavy]) => `${kind}${heavy ?? ''}`,
  );
  expect(arrows).toEqual(['request', 'request decisive', 'answer decisive', 'request', 'answer', 'open']);
});

test.each([
  ['{cmdType: InfoVolume, traceID: "", success: true, status: OK, infoVolumeResponse: {}}', 'OK'],
  ['{cmdType: InfoVolume, success: false, status: VOLUME_NOT_FOUND}', 'VOLUME_NOT_FOUND'],
  ['{cmdType: SetVolumeProperty, success: false, status: OK}', 'OK, success: false'],
  ['{cmdType: DeleteVolume, status: VOLUME_NOT_EMPTY}', 'VOLUME_NOT_EMPTY, success: …'],
  ['gRPC INTERNAL org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException', 'gRPC INTERNAL org.apache.ha…'],
])('an answer %s is drawn as %s, which fits between two lifelines', (answer, label) => {
  const svg = drawSequence([{ ...call(1, 'om1', 0, 30), answer }], []);
  expect(svg).toMatch(new RegExp(`<g class="answer">.*<text [^>]*>${label}</text>`));
});

test('of many failures the first few are open, and every one has its line', () => {
  const { html } = reportsOf(Array.from({ length: 5 }, () => failed('implementation', 'T-1')));
  expect(html.match(/<details class="failure" open>/g)).toHaveLength(3);
  expect(html.match(/<details class="failure"/g)).toHaveLength(5);
});

test('a long transcript keeps the decisive calls and says what it left out', () => {
  const calls = Array.from({ length: 300 }, (_, index) => call(index + 1, 'om1', index, index + 0.5));
  const svg = drawSequence(calls, [3]);
  expect(svg.match(/<g class="request/g)).toHaveLength(40);
  expect(svg).toContain('<g class="request decisive">');
  expect(svg).toContain('260 earlier calls are not drawn.');
});

test('nodes beyond what can be drawn are left out rather than drawn over others', () => {
  const svg = drawSequence(
    Array.from({ length: 40 }, (_, i) => call(i + 1, `om${i}`, i, i + 0.5)),
    [],
  );
  expect(svg.match(/class="lane"/g)).toHaveLength(17);
});
