import { expect, it } from 'vitest';
import { hadoop } from '#proto';
import { decode, encode } from './plain.js';
import { StrictReader } from './strict-reader.js';

const { OMRequest, Type } = hadoop.ozone;
const request = { cmdType: Type.EchoRPC, clientId: 'c', EchoRPCRequest: { readOnly: true } };
const whole = encode(OMRequest, request);
/** Tag of field 2000, which nobody knows, with a number in it. */
const TAG = [0x80, 0x7d];
const read = (...parts: readonly (readonly number[])[]) =>
  decode(OMRequest, new StrictReader(Buffer.concat([whole, Buffer.from(parts.flat())])));

it('passes over unknown numbers of up to ten bytes', () => {
  expect(read(TAG, [7])).toEqual(request);
  expect(read(TAG, [...Array<number>(9).fill(0x80), 1], TAG, [7])).toEqual(request);
});

it('refuses a number of eleven bytes, wherever it stands (W-5)', () => {
  const eleven = [...Array<number>(10).fill(0x80), 1];
  expect(() => read(TAG, eleven)).toThrow('a number of 11 bytes');
  const inGroup = [0x83, 0x7d, 0x08, ...eleven, 0x84, 0x7d];
  expect(() => read(inGroup)).toThrow('a number of 11 bytes');
});

it('refuses what the library refuses', () => {
  expect(() => read(TAG, [0x80])).toThrow(RangeError);
  expect(() => read([0x82, 0x7d, 9, 1])).toThrow(RangeError);
});
