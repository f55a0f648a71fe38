import { describe, expect, test } from 'vitest';
import { covers, MAX_INDEX, merged, readVector, type StateVector, vectorText } from './state-vector.js';

const UUID = '0f0e0d0c-0b0a-0908-0706-050403020100';
const uuid = (n: number): string => `00000000-0000-0000-0000-${n.toString(16).padStart(12, '0')}`;
const of = (entries: Record<string, bigint>): StateVector => new Map(Object.entries(entries));

describe('readVector', () => {
  test.each<[string, Record<string, bigint>]>([
    ['main:0', { main: 0n }],
    ['main:9223372036854775807', { main: MAX_INDEX }],
    [`${UUID}:7`, { [UUID]: 7n }],
    [`${UUID}:7,main:3`, { [UUID]: 7n, main: 3n }],
  ])('takes %s', (text, entries) => {
    expect(readVector(text)).toEqual({ kind: 'vector', vector: of(entries) });
  });

  test.each([
    ['', 'it is empty'],
    ['main', '"main" is not group:index'],
    ['12', '"12" is not group:index'],
    ['main=12', '"main=12" is not group:index'],
    [':12', '"" is neither main nor a UUID in lower case'],
    ['Main:12', '"Main" is neither main nor a UUID in lower case'],
    ['other:12', '"other" is neither main nor a UUID in lower case'],
    [`${UUID.toUpperCase()}:12`, `"${UUID.toUpperCase()}" is neither main nor a UUID in lower case`],
    [`{${UUID}}:12`, `"{${UUID}}" is neither main nor a UUID in lower case`],
    [`${UUID.replaceAll('-', '')}:12`, `"${UUID.replaceAll('-', '')}" is neither main nor a UUID in lower case`],
    ['main:', '"" is not a number without sign and leading zeros'],
    ['main:-1', '"-1" is not a number without sign and leading zeros'],
    ['main:+1', '"+1" is not a number without sign and leading zeros'],
    ['main:01', '"01" is not a number without sign and leading zeros'],
    ['main:00', '"00" is not a number without sign and leading zeros'],
    ['main:0x1f', '"0x1f" is not a number without sign and leading zeros'],
    ['main:1e3', '"1e3" is not a number without sign and leading zeros'],
    ['main:1.0', '"1.0" is not a number without sign and leading zeros'],
    ['main:1:2', '"1:2" is not a number without sign and leading zeros'],
    ['main:1;x', '"1;x" is not a number without sign and leading zeros'],
    ['main:9223372036854775808', '9223372036854775808 is more than 2^63-1'],
    ['main:99999999999999999999', '"99999999999999999999" is not a number without sign and leading zeros'],
    [' main:1', '" main" is neither main nor a UUID in lower case'],
    ['main :1', '"main " is neither main nor a UUID in lower case'],
    ['main:1 ', '"1 " is not a number without sign and leading zeros'],
    [`main:1, ${UUID}:2`, `" ${UUID}" is neither main nor a UUID in lower case`],
    ['main:1,', '"" is not group:index'],
    [',main:1', '"" is not group:index'],
    [`main:1,,${UUID}:2`, '"" is not group:index'],
    ['main:1,main:1', 'main stands in it twice'],
    [`${UUID}:1,main:1,${UUID}:2`, `${UUID} stands in it twice`],
    ['main:１', '"１" is not a number without sign and leading zeros'],
  ])('does not take %j', (text, why) => {
    expect(readVector(text)).toEqual({ kind: 'malformed', text, why });
  });

  test('takes 128 entries and not one more', () => {
    const entries = (count: number) => Array.from({ length: count }, (_, n) => `${uuid(n)}:${n}`).join(',');
    expect(readVector(entries(128))).toMatchObject({ kind: 'vector' });
    expect(readVector(entries(129))).toMatchObject({ kind: 'malformed', why: '129 entries, at most 128' });
  });

  test('what it says of hostile text is bounded and printable', () => {
    const read = readVector(`main:\u001b[31m${'9'.repeat(100_000)}`);
    expect(read.kind === 'malformed' && read.text.length + read.why.length).toBeLessThan(1_300);
    expect(JSON.stringify(read)).not.toContain('\u001b');
  });
});

test('a vector reads back as it was written', () => {
  const vector = of({ main: 12n, [UUID]: MAX_INDEX });
  expect(readVector(vectorText(vector))).toEqual({ kind: 'vector', vector });
});

test('merging takes the greater entry of each group and loses none', () => {
  expect(merged(of({ main: 5n, [UUID]: 1n }), of({ main: 4n }), of({ [UUID]: 9n, [uuid(1)]: 0n }))).toEqual(
    of({ main: 5n, [UUID]: 9n, [uuid(1)]: 0n }),
  );
  expect(merged()).toEqual(new Map());
});

test.each<[string, Record<string, bigint>, Record<string, bigint>, boolean]>([
  ['the same', { main: 5n }, { main: 5n }, true],
  ['a later one', { main: 6n }, { main: 5n }, true],
  ['an earlier one', { main: 4n }, { main: 5n }, false],
  ['nothing', {}, { main: 0n }, false],
  ['anything, when asked for nothing', {}, {}, true],
  ['one of two groups', { main: 9n }, { main: 5n, [UUID]: 1n }, false],
  ['one group more', { main: 5n, [UUID]: 1n }, { main: 5n }, true],
  ['later in one group and earlier in another', { main: 9n, [UUID]: 1n }, { main: 5n, [UUID]: 2n }, false],
])('%s', (_, one, other, expected) => {
  expect(covers(of(one), of(other))).toBe(expected);
});
