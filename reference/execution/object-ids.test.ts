import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_GROUPS, MAX_MANAGED_INDEX, objectIdOf } from './object-ids.js';

describe('an object id', () => {
  it.each([
    [0, 1n, 0x8000_0000_0000_0100n],
    [0, 10n, 0x8000_0000_0000_0a00n],
    [1, 1n, 0x8001_0000_0000_0100n],
    [MAX_GROUPS - 1, MAX_MANAGED_INDEX, 0xbfff_ffff_ffff_ff00n],
  ])('of group %i, step %s', (group, index, expected) => {
    expect(objectIdOf(group, index)).toBe(expected);
  });

  it('is unique over groups and steps, fits 64 bits and leaves the low 8 free', () => {
    const parts = fc.tuple(fc.nat(MAX_GROUPS - 1), fc.bigInt(1n, MAX_MANAGED_INDEX));
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const id = objectIdOf(...one);
        expect(id & 0xffn).toBe(0n);
        expect(BigInt.asUintN(64, id)).toBe(id);
        expect(id === objectIdOf(...other)).toBe(one[0] === other[0] && one[1] === other[1]);
      }),
    );
  });

  it.each([
    [0, 0n],
    [0, MAX_MANAGED_INDEX + 1n],
    [-1, 1n],
    [MAX_GROUPS, 1n],
    [0.5, 1n],
  ])('of group %s, step %s there is none', (group, index) => {
    expect(() => objectIdOf(group, index)).toThrow(/IDS_EXHAUSTED/);
  });
});
