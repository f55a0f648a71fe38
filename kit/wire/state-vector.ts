/**
 * A state vector as text and as a value (wire-binding.md §3): how far the state of each Raft group has to have come. What is
 * done with one is decided elsewhere.
 */
import { printable } from './text.js';

/** The group that owns everything while there is one group. */
export const MAIN = 'main';
export const MAX_INDEX = 2n ** 63n - 1n;
/** More do not fit into headers of the default size. */
export const MAX_GROUPS = 128;

/** Applied index of each group that is known, by group: `main`, or a UUID in lower case. Empty: nothing is known. */
export type StateVector = ReadonlyMap<string, bigint>;

export type ReadVector =
  | { readonly kind: 'vector'; readonly vector: StateVector }
  | { readonly kind: 'malformed'; readonly text: string; readonly why: string };

const GROUP = /^(?:main|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const INDEX = /^(?:0|[1-9][0-9]{0,18})$/;
const SHOWN_CHARS = 60;

/** Any text at all: what is no vector is told, never guessed at. */
export function readVector(text: string): ReadVector {
  const malformed = (why: string): ReadVector => ({ kind: 'malformed', text: printable(text, 1024), why });
  if (text === '') return malformed('it is empty');
  const entries = text.split(',');
  if (entries.length > MAX_GROUPS) return malformed(`${entries.length} entries, at most ${MAX_GROUPS}`);
  const vector = new Map<string, bigint>();
  for (const entry of entries) {
    const colon = entry.indexOf(':');
    if (colon < 0) return malformed(`${quoted(entry)} is not group:index`);
    const [group, index] = [entry.slice(0, colon), entry.slice(colon + 1)];
    if (!GROUP.test(group)) return malformed(`${quoted(group)} is neither main nor a UUID in lower case`);
    if (!INDEX.test(index)) return malformed(`${quoted(index)} is not a number without sign and leading zeros`);
    if (BigInt(index) > MAX_INDEX) return malformed(`${index} is more than 2^63-1`);
    if (vector.has(group)) return malformed(`${group} stands in it twice`);
    vector.set(group, BigInt(index));
  }
  return { kind: 'vector', vector };
}

export function vectorText(vector: StateVector): string {
  return [...vector].map(([group, index]) => `${group}:${index}`).join(',');
}

/** Entry by entry the greater one. */
export function merged(...vectors: readonly StateVector[]): StateVector {
  const greatest = new Map<string, bigint>();
  for (const [group, index] of vectors.flatMap((vector) => [...vector])) {
    const known = greatest.get(group);
    if (known === undefined || index > known) greatest.set(group, index);
  }
  return greatest;
}

/** Whether whoever has applied `one` has applied all of `other` too. */
export function covers(one: StateVector, other: StateVector): boolean {
  return [...other].every(([group, index]) => {
    const known = one.get(group);
    return known !== undefined && known >= index;
  });
}

function quoted(text: string): string {
  return JSON.stringify(printable(text, SHOWN_CHARS));
}
