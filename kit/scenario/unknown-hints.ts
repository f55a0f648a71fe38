/**
 * Hints that no release defines, which no encoder would write: the number that stands for none, the next one, one far off, one
 * below zero, and no number at all (RC-8).
 */
import { hadoop } from '#proto';
import { CLIENT_VERSION } from '../wire/client.js';
import { madeOver, numbered } from '../wire/fields.js';
import type { OMRequest } from '../wire/outcome.js';
import { LEASE_WITHOUT_LIMITS } from './asked-commands.js';
import { wholeMessage } from './damaged-message.js';
import { type Operation, requestOf } from './operation.js';

type Hint = NonNullable<OMRequest['readConsistencyHint']>;

const UNKNOWN = [0, 5, 99, -1] as const;
/** Field numbers on the way: the hint in the request, and its value. */
const VALUE = [7, 1] as const;
const SOME = { readConsistency: hadoop.ozone.ReadConsistencyProto.DEFAULT };
const { localLeaseContext } = LEASE_WITHOUT_LIMITS;

/** The operation under each such hint, alone and with what a lease without limits would bring along, as bytes. */
export function underUnknownHints(operation: Operation): readonly Uint8Array[] {
  const message = (hint: Hint): Uint8Array =>
    wholeMessage({ ...requestOf(operation), version: CLIENT_VERSION, readConsistencyHint: hint });
  return [{}, { localLeaseContext }].flatMap((more) => [
    message(more),
    ...UNKNOWN.map((value) => madeOver(message({ ...SOME, ...more }), VALUE, ({ number }) => numbered(number, value))),
  ]);
}
