/** What is known of each kind of operation. */
import type { OMRequest } from '../../wire/outcome.js';

/** A whole request but for the client id. */
export type Request = Omit<OMRequest, 'clientId'>;

export type Operations<O extends { readonly kind: string }> = {
  readonly [Kind in O['kind']]: {
    request(operation: Extract<O, { kind: Kind }>): Request;
    /** The read that shows what it works on. */
    subject(operation: Extract<O, { kind: Kind }>): O;
  };
};

/** Entries of a page that shows all there is: more than a scenario makes of anything, and no more than Apache Ozone gives at once. */
export const WHOLE_PAGE = 1000;

/** A limit in a field of type uint64, which carries −1, no limit, as 2^64−1. */
export function unsignedLimit(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
