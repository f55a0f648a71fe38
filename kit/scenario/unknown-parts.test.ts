import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { decode, encode } from '../wire/plain.js';
import { requestOf } from './operation.js';
import { type UnknownPlace, unknownFields, withUnknown } from './unknown-parts.js';

const { OMRequest, ListVolumeRequest, Type } = hadoop.ozone;
const create = requestOf({
  kind: 'create-volume',
  volume: 'alpha',
  owner: 'ann',
  quota: { bytes: 5n, buckets: 7n },
});

/** The bytes as the wire client sends them. */
function sent(request: ReturnType<typeof requestOf>, place: UnknownPlace): Uint8Array {
  const { request: bare, options } = withUnknown(request, place);
  return Buffer.concat([encode(OMRequest, { ...bare, clientId: 'test' }), options.extraBytes ?? new Uint8Array()]);
}

describe('withUnknown', () => {
  it.each<UnknownPlace>(['the request', 'the command', 'the innermost message'])(
    'says the same as without, to one who skips what he does not know: %s',
    (place) => {
      const bytes = sent(create, place);
      expect(decode(OMRequest, bytes)).toEqual({ ...create, clientId: 'test' });
      expect(Buffer.from(bytes).includes(Buffer.from(unknownFields()))).toBe(true);
    },
  );
  it.each([
    ['the request', [5, 0, 0]],
    ['the command', [0, 5, 0]],
    ['the innermost message', [0, 0, 5]],
  ] as const)('puts one field of each kind into %s, and none elsewhere', (place, counts) => {
    const reader = protobuf.Reader.create(sent(create, place));
    reader.discardUnknown = false;
    const request = OMRequest.decode(reader);
    const command = request.createVolumeRequest;
    expect([request, command, command?.volumeInfo].map((message) => message?.$unknowns?.length ?? 0)).toEqual(counts);
  });
  it('knows the command of every operation', () => {
    for (const kind of ['read-volume', 'delete-volume'] as const) {
      expect(decode(OMRequest, sent(requestOf({ kind, volume: 'a' }), 'the command'))).toMatchObject({
        clientId: 'test',
      });
    }
    for (const kind of ['create-bucket', 'read-bucket', 'delete-bucket'] as const) {
      const request = requestOf({ kind, volume: 'a', bucket: 'b' });
      expect(decode(OMRequest, sent(request, 'the innermost message'))).toEqual({ ...request, clientId: 'test' });
    }
  });
  it('leaves the request alone for metadata', () => {
    const { request, options } = withUnknown(create, 'the metadata');
    expect(request).toBe(create);
    expect(Object.keys(options.metadata ?? {})).not.toEqual([]);
  });
  it('refuses a command that it does not know', () => {
    expect(() => withUnknown({ cmdType: Type.EchoRPC }, 'the command')).toThrow(RangeError);
    const list = { cmdType: Type.ListVolume, listVolumeRequest: { scope: ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER } };
    expect(decode(OMRequest, sent(list, 'the command'))).toMatchObject(list);
  });
});
