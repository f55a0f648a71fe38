/**
 * Many calls at once on one connection, each with an answer that is its own (W-9): names, sizes and statuses differ from those
 * of its neighbours, so that an answer that goes astray shows. It sends them; what came back is judged elsewhere.
 */

import { hadoop } from '#proto';
import type { RunContext } from '../run/context.js';
import type { Outcome } from '../wire/outcome.js';
import { bringAbout } from './given.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { type Operation, pageRequest, type Request, requestOf } from './operation.js';

const { Type } = hadoop.ozone;

export const MIXES = ['reads', 'writes', 'reads and writes'] as const;
export type Mix = (typeof MIXES)[number];

/** What the answer to one call has to be. Names are those on the wire. */
export type OwnAnswer =
  | { readonly kind: 'volume'; readonly volume: string; readonly owner: string }
  | { readonly kind: 'page'; readonly volume: string }
  | { readonly kind: 'payload'; readonly bytes: number }
  | { readonly kind: 'status'; readonly status: keyof typeof hadoop.ozone.Status };

export interface PlannedCall {
  readonly request: Request;
  readonly answer: OwnAnswer;
}

export interface Burst {
  /** Volumes that have to be there first. */
  readonly given: readonly NewVolume[];
  readonly calls: readonly PlannedCall[];
  /** Volumes that the calls make. */
  readonly made: readonly string[];
}

export interface AnsweredCall {
  readonly answer: OwnAnswer;
  readonly outcome: Outcome;
}

const GIVEN_VOLUMES = 8;

/** Pure but for the names, of which no two bursts share one. */
export function planBurst(names: ScenarioNames, size: number, mix: Mix): Burst {
  const given = Array.from({ length: GIVEN_VOLUMES }, (_, at) => create(names.nextVolume(), `owner-${at}`));
  const made: string[] = [];
  const kinds = KINDS[mix];
  const calls: PlannedCall[] = [];
  for (let at = 0; at < size; at += 1) {
    const kind = kinds[at % kinds.length];
    const there = given[at % given.length];
    if (kind === undefined || there === undefined) throw new RangeError('a burst needs kinds of calls and volumes');
    const fresh = names.nextVolume();
    if (kind === 'create') made.push(fresh);
    calls.push(plannedCall(kind, at, there, fresh));
  }
  return { given, calls, made };
}

/** @param fresh name of a volume that is not there */
function plannedCall(kind: Kind, at: number, there: NewVolume, fresh: string): PlannedCall {
  const { volume, owner } = there;
  switch (kind) {
    case 'read':
      return { request: requestOf({ kind: 'read-volume', volume }), answer: { kind: 'volume', volume, owner } };
    case 'list':
      return { request: pageRequest(volume, undefined, 1), answer: { kind: 'page', volume } };
    case 'read what is missing':
      return withStatus({ kind: 'read-volume', volume: fresh }, 'VOLUME_NOT_FOUND');
    case 'echo read':
    case 'echo write': {
      const echo = { readOnly: kind === 'echo read', payloadSizeResp: at };
      return { request: { cmdType: Type.EchoRPC, EchoRPCRequest: echo }, answer: { kind: 'payload', bytes: at } };
    }
    case 'create':
      return withStatus(create(fresh, `owner-${at}`), 'OK');
    case 'create what is there':
      return withStatus(create(volume, 'somebody-else'), 'VOLUME_ALREADY_EXISTS');
    case 'delete what is missing':
      return withStatus({ kind: 'delete-volume', volume: fresh }, 'VOLUME_NOT_FOUND');
  }
}

function withStatus(operation: Operation, status: keyof typeof hadoop.ozone.Status): PlannedCall {
  return { request: requestOf(operation), answer: { kind: 'status', status } };
}

type NewVolume = Extract<Operation, { kind: 'create-volume' }>;
type Kind =
  | 'read'
  | 'list'
  | 'read what is missing'
  | 'echo read'
  | 'create'
  | 'create what is there'
  | 'delete what is missing'
  | 'echo write';

const READS: readonly Kind[] = ['read', 'echo read', 'read what is missing', 'list', 'read'];
const WRITES: readonly Kind[] = [
  'create',
  'echo write',
  'create what is there',
  'delete what is missing',
  'echo write',
];
// Lengths that share no divisor with the number of given volumes: one kind of call meets them all.
const KINDS: Readonly<Record<Mix, readonly Kind[]>> = {
  reads: READS,
  writes: WRITES,
  'reads and writes': READS.flatMap((read, at) => [read, WRITES[at] ?? read]).concat('read'),
};

/** Makes what has to be there, then sends all calls to the leader before any is answered. */
export async function sendAtOnce(
  run: RunContext,
  line: LeaderLine,
  burst: Burst,
  connection: string,
): Promise<readonly AnsweredCall[]> {
  await Promise.all(burst.given.map((operation) => bringAbout(line, operation)));
  const leader = await line.leader();
  return await Promise.all(
    burst.calls.map(async ({ request, answer }) => ({
      answer,
      outcome: await run.client.call(leader, request, { connection }),
    })),
  );
}

function create(volume: string, owner: string): NewVolume {
  return { kind: 'create-volume', volume, owner, quota: undefined };
}
