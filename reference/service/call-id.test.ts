import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../namespace/command.js';
import { encode } from '../wire/plain.js';
import { parseCallId, requestDigest } from './call-id.js';

const { Type, ReadConsistencyProto } = hadoop.ozone;

describe('a call id', () => {
  it.each([
    ['0', 0n],
    ['7', 7n],
    ['9223372036854775808', 2n ** 63n],
    ['18446744073709551615', 2n ** 64n - 1n],
  ])('%s is one', (text, callId) => {
    expect(parseCallId([text])).toEqual({ callId });
  });

  it.each([
    '',
    ' ',
    ' 7',
    '7 ',
    '+7',
    '-1',
    '007',
    '00',
    '1.0',
    '1e3',
    '0x10',
    'seven',
    '7,8',
    '٧',
    '18446744073709551616',
    '99999999999999999999',
    '100000000000000000000',
    '9'.repeat(5000),
  ])('%j is none', (text) => {
    const parsed = parseCallId([text]);
    expect(parsed).toHaveProperty('wrong');
    expect('wrong' in parsed && parsed.wrong.length).toBeLessThan(100);
  });

  it('stands there once', () => {
    expect(parseCallId(['7', '7'])).toHaveProperty('wrong');
  });
});

describe('the digest of a request', () => {
  const volume = { adminName: 'ann', ownerName: 'ann', volume: 'vol1' };
  const request: OMRequest = { cmdType: Type.CreateVolume, clientId: 'c', createVolumeRequest: { volumeInfo: volume } };
  const digest = (fields: Partial<OMRequest> = {}, behind = '') => {
    const bytes = Buffer.concat([
      encode(hadoop.ozone.OMRequest, { ...request, ...fields }),
      Buffer.from(behind.replaceAll(' ', ''), 'hex'),
    ]);
    return Buffer.from(requestDigest(fields.cmdType ?? request.cmdType, bytes)).toString('hex');
  };
  const plain = digest();

  it('is SHA-256 over command type, field number, length and bytes', () => {
    const sub = encode(hadoop.ozone.CreateVolumeRequest, { volumeInfo: volume });
    const numbers = Buffer.alloc(12);
    numbers.writeUInt32BE(Type.CreateVolume, 0);
    numbers.writeUInt32BE(11, 4);
    numbers.writeUInt32BE(sub.length, 8);
    expect(plain).toBe(createHash('sha256').update(numbers).update(sub).digest('hex'));
  });

  it.each<[string, Partial<OMRequest>]>([
    ['another client id', { clientId: 'other' }],
    ['a trace id', { traceID: 't' }],
    ['a user', { userInfo: { userName: 'bob' } }],
    ['a version', { version: 3 }],
    ['a layout version', { layoutVersion: { version: 9n } }],
    ['a hint', { readConsistencyHint: { readConsistency: ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY } }],
    ['a signature', { s3Authentication: { accessId: 'a' } }],
    ['a group', { raftGroupId: { mostSigBits: 0n, leastSigBits: 0n } }],
  ])('is the same with %s', (_title, fields) => {
    expect(digest(fields)).toBe(plain);
  });

  it('is the same with an unknown field beside the sub-request', () => {
    expect(digest({}, '82 7d 03 616263')).toBe(plain);
  });

  it.each<[string, Partial<OMRequest>]>([
    ['another command', { cmdType: Type.DeleteVolume }],
    ['another value', { createVolumeRequest: { volumeInfo: { ...volume, volume: 'vol2' } } }],
    ['a value more', { createVolumeRequest: { volumeInfo: { ...volume, quotaInNamespace: 5n } } }],
    ['no sub-request', { createVolumeRequest: undefined }],
    ['another sub-request', { deleteVolumeRequest: { volumeName: 'vol1' } }],
  ])('is another with %s', (_title, fields) => {
    expect(digest(fields)).not.toBe(plain);
  });

  it('is another with an unknown field inside the sub-request', () => {
    const { createVolumeRequest: _none, ...rest } = request;
    const sub = (behind: string) => {
      const bytes = Buffer.concat([
        encode(hadoop.ozone.CreateVolumeRequest, { volumeInfo: volume }),
        Buffer.from(behind, 'hex'),
      ]);
      const head = encode(hadoop.ozone.OMRequest, rest);
      return requestDigest(Type.CreateVolume, Buffer.concat([head, Buffer.from([0x5a, bytes.length]), bytes]));
    };
    expect(Buffer.from(sub('')).toString('hex')).toBe(plain);
    expect(Buffer.from(sub('827d0178')).toString('hex')).not.toBe(plain);
  });
});
