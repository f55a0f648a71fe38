/**
 * Messages that no reader can take for a request (W-5): broken in form, or without a field that has to be there. All but
 * their damage is a whole request, so that a reader who guesses would carry it out. How an OM answers is judged elsewhere.
 */
import protobuf from 'protobufjs';
import { hadoop } from '#proto';
import { embedded, madeOver, numbered, tag, WIRE_TYPE } from '../wire/fields.js';
import { encode } from '../wire/plain.js';
import type { Request } from './operation.js';
import { commandField, FIRST_UNKNOWN } from './unknown-parts.js';

const CLIENT_ID = 'omc-wire';
/** Field numbers of OMRequest. */
export const CMD_TYPE = 1;
const CLIENT = 3;
const NOTHING = new Uint8Array();

type Damage = (whole: Uint8Array, request: Request) => Uint8Array;

/** What is the matter with a message, in the words that follow "in a message that". */
const DAMAGES = {
  // In form.
  'has no byte': () => NOTHING,
  'is text and no protobuf': () => Buffer.from('GET /volumes HTTP/1.1\r\n\r\n'),
  'is nothing but ones': () => Buffer.alloc(64, 0xff),
  'lacks its last byte': (whole) => whole.subarray(0, -1),
  'lacks its second half': (whole) => whole.subarray(0, whole.length >> 1),
  'breaks off inside its command': (whole, request) =>
    madeOver(whole, [commandField(request)], ({ number, content }) => embedded(number, content.subarray(0, -1))),
  'ends with a field that is longer than the rest': ending(WIRE_TYPE.bytes, [100]),
  'ends with a field of negative length': ending(WIRE_TYPE.bytes, [...Array<number>(9).fill(0xff), 1]),
  'ends with half a number': ending(WIRE_TYPE.varint, [0x80]),
  'ends with a number of eleven bytes': ending(WIRE_TYPE.varint, [...Array<number>(10).fill(0x80), 1]),
  'ends with a group that is never closed': ending(WIRE_TYPE.openGroup, []),
  'ends with a group that another number closes': ending(
    WIRE_TYPE.openGroup,
    key(FIRST_UNKNOWN + 1, WIRE_TYPE.closeGroup),
  ),
  'ends with the close of a group that was never opened': ending(WIRE_TYPE.closeGroup, []),
  'ends with a field of wire type 6': ending(6, [0]),
  'ends with a field of wire type 7': ending(7, [0]),
  'ends with a field of number 0': (whole) => Buffer.concat([whole, Buffer.of(0, 0)]),
  // Without a required field.
  'does not say which command it is': without(CMD_TYPE),
  'says as text which command it is': over(CMD_TYPE, embedded(CMD_TYPE, Buffer.from('CreateVolume'))),
  'does not say which client it is from': without(CLIENT),
  'says as a number which client it is from': over(CLIENT, numbered(CLIENT, 7)),
  'says neither its command nor its client': (whole, request) =>
    without(CLIENT)(without(CMD_TYPE)(whole, request), request),
  'does not say what to create': withoutPart({ CreateVolume: [1], CreateBucket: [1] }),
  'does not name the volume': withoutPart({
    CreateVolume: [1, 3],
    SetVolumeProperty: [1],
    InfoVolume: [1],
    DeleteVolume: [1],
    CreateBucket: [1, 1],
    InfoBucket: [1],
    DeleteBucket: [1],
  }),
  'does not name the owner': withoutPart({ CreateVolume: [1, 2] }),
  'does not name the admin': withoutPart({ CreateVolume: [1, 1] }),
  'does not name the bucket': withoutPart({ CreateBucket: [1, 2], InfoBucket: [2], DeleteBucket: [2] }),
  'does not say whether versions are kept': withoutPart({ CreateBucket: [1, 4] }),
  'does not say what it is stored on': withoutPart({ CreateBucket: [1, 5] }),
} satisfies Record<string, Damage>;

export type Fault = keyof typeof DAMAGES;
export const FAULTS = Object.keys(DAMAGES) as readonly Fault[];

/** The request with this fault, as bytes. Throws RangeError where the request has nothing that it could befall. */
export function damaged(request: Request, fault: Fault): Uint8Array {
  return DAMAGES[fault](wholeMessage(request), request);
}

/** The request with a volume name that ends in a byte that no UTF-8 has. */
export function withNameThatIsNoText(request: Request): Uint8Array {
  return madeOver(wholeMessage(request), [commandField(request), ...volumeName(request)], ({ number, content }) =>
    embedded(number, Buffer.concat([content, Buffer.of(0xff)])),
  );
}

/** The request with nothing wrong, as bytes. */
export function wholeMessage(request: Request): Uint8Array {
  return encode(hadoop.ozone.OMRequest, { ...request, clientId: CLIENT_ID });
}

function volumeName({ cmdType }: Request): readonly number[] {
  const { Type } = hadoop.ozone;
  if (cmdType === Type.CreateVolume) return [1, 3];
  if (cmdType === Type.CreateBucket) return [1, 1];
  return [1];
}

/** A field that nobody knows, at the end. */
function ending(wireType: number, content: readonly number[]): Damage {
  return (whole) => Buffer.concat([whole, Buffer.from([...key(FIRST_UNKNOWN, wireType), ...content])]);
}

function key(number: number, wireType: number): number[] {
  return [...protobuf.Writer.create().uint32(tag(number, wireType)).finish()];
}

function without(field: number): Damage {
  return over(field, NOTHING);
}

function over(field: number, bytes: Uint8Array): Damage {
  return (whole) => madeOver(whole, [field], () => bytes);
}

/** Takes a field out of the command; where it is depends on the command. */
function withoutPart(paths: Partial<Record<keyof typeof hadoop.ozone.Type, readonly number[]>>): Damage {
  return (whole, request) => {
    const name = hadoop.ozone.Type[request.cmdType] as keyof typeof hadoop.ozone.Type;
    const path = paths[name];
    if (path === undefined) throw new RangeError(`a ${name} has no such part`);
    return madeOver(whole, [commandField(request), ...path], () => NOTHING);
  };
}
