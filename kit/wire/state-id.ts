/**
 * What the end of a call says of the state behind it (wire-binding.md §2 and §4): the trailer `om-state-id`, and in the answer to
 * an Msync its indexes. And what a client keeps of that. Whether an id is right is judged elsewhere.
 */
import { hadoop } from '#proto';
import type { Outcome } from './outcome.js';
import { MAIN, MAX_INDEX, merged, type ReadVector, readVector, type StateVector } from './state-vector.js';

/** `none`: a call that nobody answered, or an OM without follower reads. */
export type StateId = ReadVector | { readonly kind: 'none' };

const NONE: StateId = { kind: 'none' };

/** The trailer alone. */
export function stateIdOf({ trailers }: Pick<Outcome, 'trailers'>): StateId {
  const text = trailers.get('om-state-id');
  return text === undefined ? NONE : readVector(text);
}

/** What the answer to an Msync says in its message; `none` of every other call. */
export function msyncedIn(outcome: Outcome): StateId {
  if (outcome.kind !== 'answered' || outcome.response.status !== hadoop.ozone.Status.OK) return NONE;
  const { msyncResponse } = outcome.response;
  if (!msyncResponse) return NONE;
  const entries = [
    { group: MAIN, index: msyncResponse.lastAppliedIndex },
    ...(msyncResponse.groups ?? []).map(({ group, lastAppliedIndex }) => ({
      group: uuidText(group.mostSigBits, group.leastSigBits),
      index: lastAppliedIndex,
    })),
  ];
  const text = entries.map(({ group, index }) => `${group}:${index}`).join(',');
  const wrong = entries.find(({ index }) => index > MAX_INDEX);
  if (wrong !== undefined) return { kind: 'malformed', text, why: `${wrong.index} is more than 2^63-1` };
  return readVector(text);
}

/** All that a client learns from the end of a call. */
export function learntFrom(outcome: Outcome): StateId {
  const [trailer, message] = [stateIdOf(outcome), msyncedIn(outcome)];
  if (trailer.kind === 'malformed' || message.kind === 'none') return trailer;
  if (message.kind === 'malformed' || trailer.kind === 'none') return message;
  return { kind: 'vector', vector: merged(trailer.vector, message.vector) };
}

/**
 * What one client knows: it merges what it learns and sends nothing while it knows nothing. Another `om-cluster` than before means
 * other data under the same indexes, so that all of it is forgotten (FR-STATE-9).
 */
export class ClientKnowledge {
  #vector: StateVector = new Map();
  #cluster: string | undefined;

  get vector(): StateVector {
    return this.#vector;
  }

  /** Undefined until an answer has said it. */
  get cluster(): string | undefined {
    return this.#cluster;
  }

  /** Answers what the call said. A malformed id teaches nothing; it is for the caller to judge. */
  learn(outcome: Outcome): StateId {
    const cluster = outcome.trailers.get('om-cluster');
    if (cluster !== undefined) {
      if (this.#cluster !== undefined && this.#cluster !== cluster) this.#vector = new Map();
      this.#cluster = cluster;
    }
    const learnt = learntFrom(outcome);
    if (learnt.kind === 'vector') this.#vector = merged(this.#vector, learnt.vector);
    return learnt;
  }
}

/** Both halves as proto2 has them, signed. */
function uuidText(most: bigint, least: bigint): string {
  const hex = [most, least].map((half) => BigInt.asUintN(64, half).toString(16).padStart(16, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
