import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { embedded, fieldsOf, madeOver, numbered } from './fields.js';
import { decode, encode } from './plain.js';

const { OMRequest, Type } = hadoop.ozone;
const whole = encode(OMRequest, {
  cmdType: Type.CreateVolume,
  clientId: 'c',
  createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName: 'o', volume: 'v' } },
});

describe('fieldsOf', () => {
  it('cuts a message into its fields, and together they are the message', () => {
    const fields = fieldsOf(whole);
    expect(fields.map(({ number }) => number)).toEqual([1, 3, 11]);
    expect(Buffer.concat(fields.map((field) => field.whole))).toEqual(Buffer.from(whole));
  });
  it('throws for what is no message', () => {
    expect(() => fieldsOf(whole.subarray(0, -1))).toThrow(RangeError);
  });
});

describe('madeOver', () => {
  it('changes a field deep inside, and lengths fit again', () => {
    const longer = madeOver(whole, [11, 1, 3], ({ number }) => embedded(number, Buffer.from('much-longer'.repeat(20))));
    expect(decode(OMRequest, longer).createVolumeRequest?.volumeInfo).toEqual({
      adminName: 'a',
      ownerName: 'o',
      volume: 'much-longer'.repeat(20),
    });
  });
  it('changes the first field of its number, and takes one out', () => {
    const twice = Buffer.concat([numbered(5, 1), numbered(5, 2)]);
    expect(madeOver(twice, [5], () => numbered(5, 3))).toEqual(Buffer.concat([numbered(5, 3), numbered(5, 2)]));
    expect(madeOver(twice, [5], () => Buffer.of())).toEqual(Buffer.from(numbered(5, 2)));
  });
  it('writes a number below zero as ten bytes, as everybody does', () => {
    expect(numbered(1, -1)).toHaveLength(11);
  });
  it.each([[[4]], [[11, 9]], [[]]])('throws where there is no field %j', (path) => {
    expect(() => madeOver(whole, path, () => Buffer.of())).toThrow(RangeError);
  });
});
