import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntryType } from '../consensus/raft-group.js';
import { packEntry, packWrites, unpackWrites } from './log-codec.js';

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const membership = fc.record({
  voters: fc.array(number),
  learners: fc.array(number),
  votersOutgoing: fc.array(number),
  learnersNext: fc.array(number),
  autoLeave: fc.boolean(),
});
const write = fc.record({
  group: fc.string({ unit: 'grapheme', maxLength: 40 }),
  hardState: fc.option(fc.record({ term: number, vote: number, commit: number }), { nil: undefined }),
  snapshot: fc.option(fc.record({ index: number, term: number, membership }), { nil: undefined }),
  entries: fc.array(
    fc.record({
      index: number,
      term: number,
      type: fc.constantFrom<EntryType>(0, 1, 2),
      data: fc.uint8Array({ maxLength: 50 }),
    }),
  ),
});

test('what is packed comes back equal', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 5 }), (writes) => {
      const back = unpackWrites(packWrites(writes));
      const plain = back.map(({ entries, ...rest }) => ({
        ...rest,
        entries: entries.map(({ index, term, type, data }) => ({ index, term, type, data: new Uint8Array(data) })),
      }));
      expect(plain).toEqual(writes);
    }),
  );
});

test('the bytes under an entry’s checksum are those that a row read back is packed into', () => {
  const entry = { index: 2 ** 53 - 1, term: 7, type: 1 as const, data: Uint8Array.of(1, 2, 3) };
  const [back] = unpackWrites(packWrites([{ group: 'main', entries: [entry] }]));
  expect(new Uint8Array(back?.entries[0]?.packed ?? [])).toEqual(packEntry(entry));
});

test('a cut buffer is refused instead of being read short', () => {
  const packed = packWrites([
    { group: 'main', entries: [{ index: 1, term: 1, type: 0, data: Uint8Array.of(1, 2, 3, 4) }] },
  ]);
  for (let length = 0; length < packed.length - 4; length++) {
    expect(() => unpackWrites(packed.slice(0, length))).toThrow();
  }
});
