/**
 * Requests that carry what no OM knows: fields of every wire type in the request, its command or the message inside that,
 * and metadata (W-4). They say the same as without. How an OM answers is judged elsewhere.
 */
import protobuf from 'protobufjs';
import { hadoop } from '#proto';
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
const FIRST_UNKNOWN = 77_001;
const LARGEST_FIELD = 2 ** 29 - 1;
const LENGTH_DELIMITED = 2;

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
  writer.uint32(tag(FIRST_UNKNOWN, 0)).uint32(7);
  writer.uint32(tag(FIRST_UNKNOWN + 1, 1)).fixed64(7);
  writer.uint32(tag(FIRST_UNKNOWN + 2, LENGTH_DELIMITED)).string('unknown');
  writer
    .uint32(tag(FIRST_UNKNOWN + 3, 3))
    .uint32(tag(1, 0))
    .uint32(7)
    .uint32(tag(FIRST_UNKNOWN + 3, 4));
  writer.uint32(tag(LARGEST_FIELD, 5)).fixed32(7);
  return writer.finish();
}

/** Field number of a request's command, and of the messages in it down to the innermost. */
function innermost(request: Request): number[] {
  const { Type } = hadoop.ozone;
  const command = commandField(request);
  // volumeInfo and bucketInfo are field 1 of their requests.
  return request.cmdType === Type.CreateVolume || request.cmdType === Type.CreateBucket ? [command, 1] : [command];
}

function commandField({ cmdType }: Request): number {
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
  const command = path[0];
  const field = fields(bytes).find(({ number }) => number === command);
  if (command === undefined || field === undefined) throw new RangeError(`the request has no field ${command}`);
  return { request: bare, options: { extraBytes: embedded(command, insert(field.content, path.slice(1))) } };
}

function insert(message: Uint8Array, path: readonly number[]): Uint8Array {
  const [next, ...rest] = path;
  if (next === undefined) return Buffer.concat([message, unknownFields()]);
  const parts = fields(message).map(({ number, whole, content }) =>
    number === next ? embedded(number, insert(content, rest)) : whole,
  );
  return Buffer.concat(parts);
}

interface Field {
  readonly number: number;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  /** Of a length-delimited field; empty otherwise. */
  readonly content: Uint8Array;
}

function fields(message: Uint8Array): Field[] {
  const reader = protobuf.Reader.create(message);
  const found: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const key = reader.uint32();
    const wireType = key & 7;
    const content = wireType === LENGTH_DELIMITED ? reader.bytes() : new Uint8Array();
    if (wireType !== LENGTH_DELIMITED) reader.skipType(wireType);
    found.push({ number: key >>> 3, whole: message.subarray(start, reader.pos), content });
  }
  return found;
}

function embedded(number: number, content: Uint8Array): Uint8Array {
  return protobuf.Writer.create().uint32(tag(number, LENGTH_DELIMITED)).bytes(content).finish();
}

function tag(number: number, wireType: number): number {
  return ((number << 3) | wireType) >>> 0;
}
