import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStateVector, MAX_ENTRIES, parseStateVector } from './state-vector.js';

const UUID = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

describe('a state vector (wire-binding §3)', () => {
  it.each([
    ['main:0', [['main', 0n]]],
    ['main:17', [['main', 17n]]],
    ['main:9223372036854775807', [['main', 2n ** 63n - 1n]]],
    [`${UUID}:3`, [[UUID, 3n]]],
    [
      `${UUID}:3,main:2`,
      [
        [UUID, 3n],
        ['main', 2n],
      ],
    ],
  ] as const)('%s is well formed', (text, entries) => {
    expect(parseStateVector([text])).toEqual({ vector: new Map(entries) });
  });

  it('has as many entries as fit, and not one more', () => {
    const vector = new Map(Array.from({ length: MAX_ENTRIES }, (_, n) => [uuid(n), 2n ** 63n - 1n]));
    const text = formatStateVector(vector);
    expect(parseStateVector([text])).toEqual({ vector });
    expect(parseStateVector([`${text},main:1`])).toEqual({ wrong: 'has more than 128 entries' });
  });

  it.each([
    ['nothing', ['']],
    ['a number without a group', ['17']],
    ['a group without an index', ['main']],
    ['no index behind the colon', ['main:']],
    ['no group before the colon', [':17']],
    ['a group in capitals', ['MAIN:1']],
    ['a group that is neither main nor a UUID', ['other:1']],
    ['a UUID in capitals', [`${UUID.toUpperCase()}:1`]],
    ['a UUID without hyphens', [`${UUID.replaceAll('-', '')}:1`]],
    ['a UUID in braces', [`{${UUID}}:1`]],
    ['a UUID that is cut off', [`${UUID.slice(0, -1)}:1`]],
    ['a negative index', ['main:-1']],
    ['an index with a plus', ['main:+1']],
    ['an index with a leading zero', ['main:01']],
    ['two zeros', ['main:00']],
    ['2^63', ['main:9223372036854775808']],
    ['2^64', ['main:18446744073709551616']],
    ['an index of 40 digits', [`main:${'9'.repeat(40)}`]],
    ['a fraction', ['main:1.0']],
    ['an exponent', ['main:1e3']],
    ['a hexadecimal index', ['main:0x10']],
    ['no digits', ['main:abc']],
    ['digits of another script', ['main:١']],
    ['white space before', [' main:1']],
    ['white space behind', ['main:1 ']],
    ['white space inside', ['main: 1']],
    ['white space between entries', [`main:1, ${UUID}:1`]],
    ['a tab', ['main:\t1']],
    ['a line end', ['main:1\n']],
    ['a comma at the end', ['main:1,']],
    ['a comma at the beginning', [',main:1']],
    ['two commas', [`main:1,,${UUID}:1`]],
    ['a semicolon', [`main:1;${UUID}:1`]],
    ['a colon too many', ['main:1:1']],
    ['an equals sign', ['main=1']],
    ['a group twice', ['main:1,main:1']],
    ['a group twice with another between', [`main:1,${UUID}:1,main:2`]],
    ['the key twice', ['main:1', 'main:2']],
    ['more than any vector takes', ['main:1,'.repeat(1 << 17)]],
  ] as const)('%s is malformed (FR-STATE-6)', (_, values) => {
    expect(parseStateVector(values)).toEqual({ wrong: expect.stringMatching(/\S/) });
  });

  it('is read as it was written', () => {
    const group = fc.oneof(fc.constant('main'), fc.nat().map(uuid));
    const vectors = fc.uniqueArray(fc.tuple(group, fc.bigInt(0n, 2n ** 63n - 1n)), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: MAX_ENTRIES,
    });
    fc.assert(
      fc.property(vectors, (entries) => {
        const vector = new Map(entries);
        expect(parseStateVector([formatStateVector(vector)])).toEqual({ vector });
      }),
    );
  });

  it('says what is wrong without repeating all of it', () => {
    const parsed = parseStateVector([`main:${'7'.repeat(500)}`]);
    expect('wrong' in parsed && parsed.wrong.length).toBeLessThan(150);
  });
});
