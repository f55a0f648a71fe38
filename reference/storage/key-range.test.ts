import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyInterval, successorOfPrefix } from './key-range.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each([
  ['nothing', bytes(), undefined],
  ['a plain prefix', bytes(1, 2), bytes(1, 3)],
  ['a last byte of 255', bytes(1, 0xff), bytes(2)],
  ['nothing but 255', bytes(0xff, 0xff), undefined],
])('the successor of %s', (_, prefix, expected) => {
  expect(successorOfPrefix(prefix)).toEqual(expected);
});

test('the successor of a prefix is a copy, also of a Buffer', () => {
  const prefix = Buffer.from([1, 2]);
  expect(Buffer.from(successorOfPrefix(prefix) ?? [])).toEqual(Buffer.from([1, 3]));
  expect(prefix).toEqual(Buffer.from([1, 2]));
});

test('the interval holds exactly the keys that satisfy each part of the range', () => {
  // Few byte values, so that keys meet their bounds.
  const key = fc.array(fc.constantFrom(0, 1, 0xfe, 0xff), { maxLength: 4 }).map((values) => Uint8Array.from(values));
  const range = fc.record({ prefix: key, from: key, after: key }, { requiredKeys: [] });
  fc.assert(
    fc.property(range, key, ({ prefix, from, after }, candidate) => {
      const wanted =
        (prefix === undefined || Buffer.compare(candidate.subarray(0, prefix.length), prefix) === 0) &&
        (from === undefined || Buffer.compare(candidate, from) >= 0) &&
        (after === undefined || Buffer.compare(candidate, after) > 0);
      const { lower, lowerInclusive, upper } = keyInterval({
        ...(prefix && { prefix }),
        ...(from && { from }),
        ...(after && { after }),
      });
      const order = Buffer.compare(candidate, lower);
      const inside =
        (lowerInclusive ? order >= 0 : order > 0) && (upper === undefined || Buffer.compare(candidate, upper) < 0);
      expect(inside).toBe(wanted);
    }),
    { numRuns: 2000 },
  );
});
