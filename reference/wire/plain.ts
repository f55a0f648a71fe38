/**
 * The reference's edge between protobuf and the rest: messages as plain objects whose 64-bit fields are `bigint`
 * (design §4.18). Absent optional fields are absent properties.
 */
import type { Reader } from 'protobufjs';

interface Long {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/** A generated message's properties with every 64-bit field as `bigint`. */
export type Plain<T> = T extends null
  ? never
  : T extends Long
    ? bigint
    : T extends Uint8Array
      ? Uint8Array
      : T extends (infer U)[]
        ? Plain<U>[]
        : T extends object
          ? { [K in keyof T as K extends '$unknowns' ? never : K]: Plain<T[K]> }
          : T;

/** The part of a generated message class that the edge uses. */
export interface MessageType<P> {
  encode(message: P): { finish(): Uint8Array };
  decode(bytes: Uint8Array | Reader): P;
  // biome-ignore lint/suspicious/noExplicitAny: generated signature
  fromObject(object: { [k: string]: any }): P;
  // biome-ignore lint/suspicious/noExplicitAny: generated signature
  toObject(message: P, options?: object): { [k: string]: any };
}

/** Thrown by the generated code when a required field is missing or bytes are malformed; callers map it to a status. */
export function decode<P>(type: MessageType<P>, bytes: Uint8Array | Reader): Plain<P> {
  return type.toObject(type.decode(bytes), { longs: BigInt }) as Plain<P>;
}

export function encode<P>(type: MessageType<P>, message: Plain<P>): Uint8Array {
  return type.encode(type.fromObject(message as object)).finish();
}
