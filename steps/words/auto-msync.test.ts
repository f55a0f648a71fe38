import { describe, expect, it } from 'vitest';
import { AUTO_MSYNC, readAutoMsync } from './auto-msync.js';

describe('readAutoMsync', () => {
  it.each([
    ['after an msync each', { thresholdMs: 0 }],
    ['after an msync of the last 300 ms', { thresholdMs: 300 }],
    ['with what they know', 'off'],
  ])('%s', (phrase, expected) => {
    expect(AUTO_MSYNC.exec(phrase)?.[0]).toBe(phrase);
    expect(readAutoMsync(phrase)).toEqual(expected);
  });
  it('throws for what is none', () => {
    expect(() => readAutoMsync('after an msync of the last day')).toThrow(SyntaxError);
  });
});
