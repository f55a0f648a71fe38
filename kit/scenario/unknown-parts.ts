/**
 * Requests that carry what no OM knows: fields of every wire type in the request, its command or the message inside that,
 * and metadata (W-4). They say the same as without. How an OM answers is judged elsewhere.
 */
import protobuf from 'protobufjs';
import { hadoop } from '#proto';
import { embedded, fieldsOf, madeOver, tag, WIRE_TYPE } from '../wire/fields.js';
import type { CallOptions } from '../wire/outcome.js';
import { encode } from '../wire/plain.js';
import type { Request } from './operation.js';

export const UNKNOWN_PLACES = ['the request', 'the command', 'the innermost message', 'the metadata'] as const;
export type UnknownPlace = (typeof UNKNOWN_PLACES)[number];

/** How to send it: `request` and `options` together are the whole message. */
export interface UnknownParts {
  readonly request: Request;
  readonly options: Pick<CallOptions, 'extraBytes' | 'metadata'>;
}

/** Far from upstream's numbers and from the binding's own, which start at 1001 (wire-binding.md §4). */
export const FIRST_UNKNOWN = 77_001;
const LARGEST_FIELD = 2 ** 29 - 1;

const METADATA = { 'om-future-extension': 'of a later version', 'x-request-id': '0123456789' };

export function withUnknown(request: Request, place: UnknownPlace): UnknownParts {
  switch (place) {
    case 'the request':
      return { request, options: { extraBytes: unknownFields() } };
    case 'the command':
      return splice(request, [commandField(request)]);
    case 'the innermost message':
      return splice(request, innermost(request));
    case 'the metadata':
      return { request, options: { metadata: METADATA } };
  }
}

/** One field of every wire type: number, 64 bits, bytes, group, 32 bits; the last has the largest number there is. */
export function unknownFields(): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(tag(FIRST_UNKNOWN, WIRE_TYPE.varint)).uint32(7);
  writer.uint32(tag(FIRST_UNKNOWN + 1, WIRE_TYPE.fixed64)).fixed64(7);
  writer.uint32(tag(FIRST_UNKNOWN + 2, WIRE_TYPE.bytes)).string('unknown');
  writer
    .uint32(tag(FIRST_UNKNOWN + 3, WIRE_TYPE.openGroup))
    .uint32(tag(1, WIRE_TYPE.varint))
    .uint32(7)
    .uint32(tag(FIRST_UNKNOWN + 3, WIRE_TYPE.closeGroup));
  writer.uint32(tag(LARGEST_FIELD, WIRE_TYPE.fixed32)).fixed32(7);
  return writer.finish();
}

/** Field number of a request's command, and of the messages in it down to the innermost. */
function innermost(request: Request): number[] {
  const { Type } = hadoop.ozone;
  const command = commandField(request);
  // volumeInfo and bucketInfo are field 1 of their requests.
  return request.cmdType === Type.CreateVolume || request.cmdType === Type.CreateBucket ? [command, 1] : [command];
}

/** Number of the field that holds a request's command. */
export function commandField({ cmdType }: Request): number {
  const { Type } = hadoop.ozone;
  switch (cmdType) {
    case Type.CreateVolume:
    case Type.SetVolumeProperty:
    case Type.InfoVolume:
    case Type.DeleteVolume:
    case Type.ListVolume:
    case Type.CreateBucket:
    case Type.InfoBucket:
    case Type.DeleteBucket:
      // Upstream gave these commands' requests the same numbers as their types.
      return cmdType;
    default:
      throw new RangeError(`no field number known for command ${cmdType}`);
  }
}

/** Takes the command out of the request and sends it as extra bytes, with unknown fields at the end of `path`. */
function splice(request: Request, path: readonly number[]): UnknownParts {
  const bytes = encode(hadoop.ozone.OMRequest, { ...request, clientId: '' });
  const bare: Request = {
    cmdType: request.cmdType,
    ...(request.version === undefined ? {} : { version: request.version }),
  };
  const [command, ...rest] = path;
  const field = fieldsOf(bytes).find(({ number }) => number === command);
  if (command === undefined || field === undefined) throw new RangeError(`the request has no field ${command}`);
  const grown =
    rest.length === 0
      ? withUnknownFields(field.content)
      : madeOver(field.content, rest, ({ number, content }) => embedded(number, withUnknownFields(content)));
  return { request: bare, options: { extraBytes: embedded(command, grown) } };
}

function withUnknownFields(message: Uint8Array): Uint8Array {
  return Buffer.concat([message, unknownFields()]);
}
