import { expect, test } from 'vitest';
import { rowChecksum } from './checksum.js';

test('a row’s checksum depends on key and value, also where one of them is empty', () => {
  const bytes = (text: string) => Buffer.from(text);
  const sums = [
    rowChecksum(bytes('a'), bytes('b')),
    rowChecksum(bytes('b'), bytes('a')),
    rowChecksum(bytes('a'), bytes('')),
    rowChecksum(bytes('b'), bytes('')),
    rowChecksum(bytes(''), bytes('x')),
    rowChecksum(bytes(''), bytes('')),
  ];
  expect(new Set(sums).size).toBe(sums.length);
  expect(rowChecksum(new Uint8Array(0), new Uint8Array(0))).toBe(rowChecksum(Buffer.alloc(0), Buffer.from('')));
});
