import { describe, expect, test } from 'vitest';
import { messageOf, printable } from './text.js';

describe('printable text', () => {
  test.each([
    ['plain', 'plain'],
    ['colour \u001b[31mred\u001b[0m', 'colour [31mred[0m'],
    ['two\r\nlines', 'two lines'],
    ['bell\u0007 and delete\u007f', 'bell and delete'],
    ['C1 \u009b31m', 'C1 31m'],
    ['turned \u202egnp.exe', 'turned gnp.exe'],
    ['isolated \u2066x\u2069', 'isolated x'],
    ['Zürich 日本', 'Zürich 日本'],
  ])('%j becomes %j', (raw, safe) => {
    expect(printable(raw, 100)).toBe(safe);
  });

  test('at the bound nothing is cut, above it the cut says how much is missing', () => {
    expect(printable('x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(printable('x'.repeat(15), 10)).toBe(`${'x'.repeat(10)}… (5 more characters)`);
  });

  test('anything thrown has a message', () => {
    expect(messageOf(new Error('a\u001b'))).toBe('a');
    expect(messageOf('b')).toBe('b');
  });
});
