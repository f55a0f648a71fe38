import { expect, test } from 'vitest';
import { ERRORS } from '../errors.js';
import { errorsPage, parseRegistry } from './errors-page.js';

const links = { file: () => undefined, rule: () => undefined };
const entry = { exit: 2, meaning: 'It `broke`.', remedy: 'Mend it.' };

test('every code of both programs has its place, exit code, meaning and remedy', () => {
  const { body } = errorsPage(ERRORS, parseRegistry({ BROKEN: entry }, 'x'), links);
  for (const code of Object.keys(ERRORS)) expect(body).toContain(` id="kit-${code}"`);
  expect(body).toMatch(/id="reference-BROKEN">.*<code>2<\/code>.*It <code>broke<\/code>\..*Mend it\./);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'ERRORS.'],
  ['an entry without remedy', { A: { exit: 2, meaning: 'm' } }, 'ERRORS.A.remedy'],
  ['an exit code that nobody documents', { A: { ...entry, exit: 9 } }, 'ERRORS.A.exit'],
  ['a code that is none', { a: entry }, 'ERRORS.a'],
])('a registry with %s is refused by name', (_, value, where) => {
  expect(() => parseRegistry(value, 'registry.js')).toThrow(`registry.js: ${where}`);
});
