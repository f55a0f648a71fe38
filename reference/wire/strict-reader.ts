/**
 * Reads a message that somebody else sent. The protobuf library passes over an unknown number of any length; one of more than
 * ten bytes is no number in any other implementation (W-5), so two nodes of different make would disagree about the message.
 */
import protobuf from 'protobufjs/minimal.js';

const MAX_NUMBER_BYTES = 10;

export class StrictReader extends protobuf.BufferReader {
  constructor(message: Uint8Array) {
    super(Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  }

  /** Without a length: over a number. Throws RangeError for one that is none. */
  override skip(length?: number): this {
    const from = this.pos;
    super.skip(length);
    if (length === undefined && this.pos - from > MAX_NUMBER_BYTES) {
      throw new RangeError(`a number of ${this.pos - from} bytes at ${from}`);
    }
    return this;
  }
}
