/** Messages of an exact size: a request with a field that nobody knows behind it (W-6). */
import protobuf from 'protobufjs';
import { tag, WIRE_TYPE } from '../wire/fields.js';
import { wholeMessage } from './damaged-message.js';
import type { Request } from './operation.js';
import { FIRST_UNKNOWN } from './unknown-parts.js';

/** The request in a message of this many bytes. Throws RangeError where that is too few to hold it. */
export function ofSize(request: Request, bytes: number): Uint8Array {
  const whole = wholeMessage(request);
  const head = (length: number): Uint8Array =>
    protobuf.Writer.create().uint32(tag(FIRST_UNKNOWN, WIRE_TYPE.bytes)).uint32(length).finish();
  // A length takes more bytes the larger it is: that of the whole is enough, and fits all but a few sizes.
  const length = bytes - whole.length - head(bytes).length;
  const field = head(Math.max(0, length));
  if (length < 0 || whole.length + field.length + length !== bytes) {
    throw new RangeError(`no message of ${bytes} bytes can hold this request`);
  }
  const message = Buffer.alloc(bytes);
  message.set(whole);
  message.set(field, whole.length);
  return message;
}
