import { describe, expect, it } from 'vitest';
import { fieldCount, joinedField, lengthDelimitedFields } from './raw-fields.js';

// Field 1 varint 150; field 2 "ab"; field 3 fixed32; field 2 "c"; field 2000 "x"; field 4 fixed64.
const MESSAGE = Buffer.from('089601120261621d0100000012016382 7d0178210000000000000001'.replaceAll(' ', ''), 'hex');

describe('the fields of a message as they stand there', () => {
  it('are the strings, bytes and messages among them, in their order', () => {
    const found = [...lengthDelimitedFields(MESSAGE)].map(({ number, bytes }) => [
      number,
      Buffer.from(bytes).toString(),
    ]);
    expect(found).toEqual([
      [2, 'ab'],
      [2, 'c'],
      [2000, 'x'],
    ]);
  });

  it('are joined where one stands several times', () => {
    expect(Buffer.from(joinedField(MESSAGE, 2) ?? []).toString()).toBe('abc');
    expect(Buffer.from(joinedField(MESSAGE, 2000) ?? []).toString()).toBe('x');
    expect(joinedField(MESSAGE, 5)).toBeUndefined();
    expect(joinedField(new Uint8Array(0), 1)).toBeUndefined();
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 1],
    [5, 0],
    [2000, 1],
  ])('number %i: stands there %i times', (number, count) => expect(fieldCount(MESSAGE, number)).toBe(count));

  it('end with an error where the bytes are no message', () => {
    expect(() => [...lengthDelimitedFields(Buffer.from('1205ab', 'hex'))]).toThrow(RangeError);
    expect(() => fieldCount(Buffer.from('1205ab', 'hex'), 2)).toThrow(RangeError);
  });
});
