import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames } from './levels.js';

describe('the order of names', () => {
  it('is that of their bytes', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'é', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{10FFFF}'),
    });
    fc.assert(
      fc.property(name, name, (left, right) => {
        expect(Math.sign(compareNames(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
      { numRuns: 2_000 },
    );
  });
});
