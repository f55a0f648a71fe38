/** The n-th message of a seed: which of a plot's requests it is, what was done to it, and who gets it. Pure. */
import { Draws } from '../../../kit/scenario/draws.js';
import { mutated } from './mutate.js';

export interface Message {
  readonly bytes: Uint8Array;
  /** Undefined: whoever leads. */
  readonly node: string | undefined;
}

/** @param requests valid ones, encoded */
export function messageOf(
  seed: string,
  number: number,
  requests: readonly Uint8Array[],
  nodes: readonly string[],
): Message {
  const draws = new Draws(seed, `message ${number}`);
  const valid = draws.oneOf(requests);
  // Some whole ones, so that what the broken ones meet goes on changing.
  const bytes = draws.below(8) === 0 ? valid : mutated(valid, requests, draws);
  return { bytes, node: draws.below(10) === 0 ? draws.oneOf(nodes) : undefined };
}
