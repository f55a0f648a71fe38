/**
 * OMs that do nothing: what a null OM answers to a request, whatever that asks (design §6). A rule that demands something is
 * passed by none of them. Pure; `server.ts` serves them.
 */
import { hadoop } from '#proto';
import type { OMRequest } from '../../wire/outcome.js';
import { encode } from '../../wire/plain.js';

const { OMResponse, Status, Type } = hadoop.ozone;

export type NullAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'refusal'; readonly details: string }
  | { readonly kind: 'silence' };

export interface NullOm {
  readonly id: string;
  readonly wrong: string;
  /** Whether it answers at once, or makes the kit wait for the end of a budget. */
  readonly pace: 'prompt' | 'mute';
  /**
   * `close`: every connection is closed before anything is read.
   *
   * @param node position of the node that is asked, from 0
   */
  readonly answer: ((request: OMRequest, bytes: Uint8Array, node: number) => NullAnswer) | 'close';
}

const NOT_LEADER = 'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: this node is not the leader';

export const NULL_OMS: readonly NullOm[] = [
  {
    id: 'accept-all',
    wrong: 'Every node answers every command with OK and nothing else.',
    pace: 'prompt',
    answer: (request) => answered(request, Status.OK),
  },
  {
    id: 'refuse-all',
    wrong: 'Every node answers every command with a failure.',
    pace: 'mute',
    answer: (request) => answered(request, Status.INTERNAL_ERROR),
  },
  {
    id: 'refuse-names',
    wrong: 'One node leads and answers every command but EchoRPC with a failure; the others refuse everything.',
    pace: 'prompt',
    answer: (request, _bytes, node) => {
      if (node > 0) return { kind: 'refusal', details: NOT_LEADER };
      return answered(request, request.cmdType === Type.EchoRPC ? Status.OK : Status.INVALID_VOLUME_NAME);
    },
  },
  {
    id: 'echo',
    wrong: 'Every node answers with the bytes that it was sent.',
    pace: 'mute',
    answer: (_request, bytes) => ({ kind: 'bytes', bytes }),
  },
  { id: 'hang', wrong: 'No node ever answers.', pace: 'mute', answer: () => ({ kind: 'silence' }) },
  { id: 'close', wrong: 'Every node closes every connection.', pace: 'mute', answer: 'close' },
];

function answered({ cmdType }: OMRequest, status: hadoop.ozone.Status): NullAnswer {
  const ok = status === Status.OK;
  const message = ok ? {} : { message: 'no' };
  return { kind: 'bytes', bytes: encode(OMResponse, { cmdType, success: ok, status, ...message }) };
}
