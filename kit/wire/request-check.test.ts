import { describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import { HarnessError } from '../failure.js';
import type { OMRequest } from './outcome.js';
import { decode } from './plain.js';
import { encodeChecked } from './request-check.js';

const { OMRequest: type, Type, ListVolumeRequest } = hadoop.ozone;
const check = (request: unknown) => encodeChecked(type, 'OMRequest', request as OMRequest);
const volume = { adminName: 'a', ownerName: 'o', volume: 'v' };

describe('requests of our own', () => {
  test('a good one comes back as it was asked, 64-bit fields and bytes included', () => {
    const request: OMRequest = {
      cmdType: Type.CreateVolume,
      clientId: 'c',
      version: 3,
      createVolumeRequest: { volumeInfo: { ...volume, quotaInBytes: 2n ** 64n - 1n, quotaInNamespace: -1n } },
      EchoRPCRequest: { payloadReq: new Uint8Array([1, 2, 3]), readOnly: false },
    };
    expect(decode(type, check(request))).toMatchObject({
      createVolumeRequest: { volumeInfo: { quotaInBytes: 2n ** 64n - 1n, quotaInNamespace: -1n } },
      EchoRPCRequest: { readOnly: false },
    });
  });

  test.each<[string, object, string]>([
    [
      'a missing required field',
      { createVolumeRequest: { volumeInfo: { adminName: 'a', ownerName: 'o' } } },
      'OMRequest.createVolumeRequest.volumeInfo.volume: the required field is missing',
    ],
    [
      'a missing required enum',
      { listVolumeRequest: {} },
      'OMRequest.listVolumeRequest.scope: the required field is missing',
    ],
    [
      'a misspelt field',
      { createVolumeRequest: { volumeInfo: { ...volume, quota: 1n } } },
      'OMRequest.createVolumeRequest.volumeInfo.quota: no such field',
    ],
    [
      'a negative number in an unsigned field',
      { createVolumeRequest: { volumeInfo: { ...volume, quotaInBytes: -1n } } },
      'bigint -1 would be sent as 18446744073709551615',
    ],
    [
      'a number where a bigint belongs',
      { createVolumeRequest: { volumeInfo: { ...volume, quotaInBytes: 5 } } },
      'number 5 would be sent as 5',
    ],
    ['an enum value that does not exist', { listVolumeRequest: { scope: 99 } }, 'OMRequest'],
    ['half a surrogate pair', { traceID: '\ud800' }, 'OMRequest.traceID'],
    ['a string where a message belongs', { listVolumeRequest: 'x' }, 'object expected'],
  ])('%s is a fault of the kit', (_, fields, text) => {
    const request = { cmdType: Type.EchoRPC, clientId: 'c', ...fields };
    expect(() => check(request)).toThrow(HarnessError);
    expect(() => check(request)).toThrow(text);
  });

  test('absent, null and an empty list are the same', () => {
    const listVolumeRequest = { scope: ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER, prefix: undefined, userName: null };
    expect(() => check({ cmdType: Type.ListVolume, clientId: 'c', listVolumeRequest })).not.toThrow();
    const createVolumeRequest = { volumeInfo: { ...volume, metadata: [], volumeAcls: [] } };
    expect(() => check({ cmdType: Type.CreateVolume, clientId: 'c', createVolumeRequest })).not.toThrow();
  });
});
