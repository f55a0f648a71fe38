/** What is read of steps and assertions, from sources that a test writes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commentText, readSources, type Sources } from '../sources.js';

const FILES = {
  'package.json': '{ "type": "module" }',
  'steps/things.ts': `/**
 * Steps: things,
 * and more.
 */
import { settle, Line } from '../kit/scenario.js';
import { assertThere } from '../kit/assert/there.js';
declare function Given(text: string, body: (this: { line: Line }) => void): void;
declare function Then(text: string, body: (this: { line: Line }) => void): void;

// Why this one
// is alone.
Given('a thing', function () {
  settle();
  helper(this.line);
});

Then('it is there', function () {
  assertThere();
});

function helper(line: Line) {
  line.send();
}
`,
  'kit/scenario.ts': `/** Waits until
 * it is settled. */
export function settle(): void {}
export class Line {
  /** One call. */
  send(): void { other(); }
}
/** Is not reached from a step. */
function other(): void {}
`,
  'kit/assert/there.ts': `/** Observable: there. */
import { fail } from '../failure.js';
/** Assertion \`there\`: it is there. */
export function assertThere(): void {
  deeper();
}
/** Assertion \`deep\`: deeper still. */
export function deeper(): void {
  failure('deep');
  fail('no assertion');
}
function failure(assertion: string): void {
  fail(assertion);
}
`,
  'kit/failure.ts': '/** Fails. */\nexport function fail(text: string): void {}\n',
};

let root = '';
let sources: Sources;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'omc-sources-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  sources = readSources(root);
}, 60_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('a step has its kind, its place, the comment above it and what it reaches, also through a helper', () => {
  expect(sources.steps[0]).toEqual({
    kind: 'Given',
    pattern: 'a thing',
    file: 'steps/things.ts',
    line: 12,
    note: 'Why this one is alone.',
    calls: [
      { name: 'settle', file: 'kit/scenario.ts', text: 'Waits until it is settled.' },
      { name: 'send', file: 'kit/scenario.ts', text: 'One call.' },
    ],
  });
});

test('a Then reaches the assertions behind its assertion, and nothing else of them', () => {
  expect(sources.steps[1]?.calls.map(({ name }) => name)).toEqual(['assertThere', 'deeper']);
  expect(sources.steps[1]?.note).toBeUndefined();
});

test('assertions are read with their TSDoc, and the ids that they blame by', () => {
  expect(sources.assertions.map(({ name, text }) => [name, text])).toEqual([
    ['assertThere', 'Assertion `there`: it is there.'],
    ['deeper', 'Assertion `deep`: deeper still.'],
  ]);
  expect([...sources.raised]).toEqual(['deep']);
});

test('each file has the comment at its top', () => {
  expect(sources.heads.get('steps/things.ts')).toBe('Steps: things, and more.');
  expect(sources.heads.get('kit/assert/there.ts')).toBe('Observable: there.');
});

test.each([
  ['/** one */', 'one'],
  ['// two', 'two'],
  ['/**\n * three\n * four\n */', 'three four'],
])('the comment %j says %s', (comment, text) => {
  expect(commentText(comment)).toBe(text);
});
