import { describe, expect, it } from 'vitest';
import { PatchMismatch, patched } from './overlay.js';

describe('patched', () => {
  const patch = { file: 'kit/x.ts', search: 'a < b', replace: 'a <= b' };
  it('replaces the one place', () => {
    expect(patched('if (a < b) go();', patch)).toBe('if (a <= b) go();');
  });
  it.each([
    ['absent', 'if (a > b) go();'],
    ['there twice', 'a < b; a < b;'],
  ])('refuses a text that is %s', (_how, source) => {
    expect(() => patched(source, patch)).toThrow(PatchMismatch);
  });
});
