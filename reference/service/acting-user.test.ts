import { expect, it } from 'vitest';
import { hadoop } from '#proto';
import { actingUser } from './acting-user.js';
import { envelope } from './envelope.js';

const { Status, Type } = hadoop.ozone;

it.each([
  ['ann', 'host', '10.0.0.1', 'ann'],
  ['ann', 'host', undefined, 'om'],
  ['ann', undefined, '10.0.0.1', 'om'],
  ['ann', '', '10.0.0.1', 'om'],
  ['', 'host', '10.0.0.1', 'om'],
  [undefined, 'host', '10.0.0.1', 'om'],
])('user %s from %s (%s) acts as %s (W-10)', (userName, hostname, ip, acts) => {
  const request = {
    cmdType: Type.CreateVolume,
    clientId: 'c',
    ...(userName === undefined ? {} : { userInfo: { userName } }),
  };
  expect(actingUser(request, { hostname, ip }, 'om')).toBe(acts);
});

it('repeats command and trace, and tells success from the status (W-1, W-2)', () => {
  const request = { cmdType: Type.DeleteVolume, clientId: 'c', traceID: 't' };
  expect(envelope(request, { status: Status.OK, body: { deleteVolumeResponse: {} } }, 'om2')).toEqual({
    cmdType: Type.DeleteVolume,
    traceID: 't',
    success: true,
    status: Status.OK,
    leaderOMNodeId: 'om2',
    deleteVolumeResponse: {},
  });
  const encoded = { status: Status.OK, encoded: new Uint8Array(1), body: { deleteVolumeResponse: {} } };
  expect(envelope(request, encoded, undefined)).not.toHaveProperty('deleteVolumeResponse');
  expect(
    envelope({ ...request, traceID: '' }, { status: Status.VOLUME_NOT_FOUND, message: 'm', body: {} }, undefined),
  ).toEqual({
    cmdType: Type.DeleteVolume,
    traceID: '',
    success: false,
    status: Status.VOLUME_NOT_FOUND,
    message: 'm',
  });
});
