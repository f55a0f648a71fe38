/**
 * The state vector as it travels in `om-state-id` (docs/spec/wire-binding.md §3): what is well formed, and how one is written.
 * Pure; what an index means for a read is admission's to decide.
 */

/** Group → applied index. `main` alone is the state id of an OM with one Raft group. */
export type StateVector = ReadonlyMap<string, bigint>;

/** As many fit into the headers that HTTP/2 libraries take by default. */
export const MAX_ENTRIES = 128;
const MAX_INDEX = 2n ** 63n - 1n;
const GROUP = /^(?:main|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const INDEX = /^(?:0|[1-9]\d{0,18})$/;

export type ParsedVector = { readonly vector: StateVector } | { readonly wrong: string };

/**
 * The vector that a request brings, or why it is malformed (FR-STATE-6). There is one spelling of each entry: no white space, no
 * sign, no leading zero, UUIDs in lower case.
 *
 * @param values of one metadata key; HTTP/2 may have joined several of them by a comma and a space
 */
export function parseStateVector(values: readonly string[]): ParsedVector {
  const [text = '', ...others] = values;
  if (others.length > 0) return { wrong: `stands there ${values.length} times, expected once` };
  if (text === '') return { wrong: 'is empty' };
  const entries = text.split(',', MAX_ENTRIES + 1);
  if (entries.length > MAX_ENTRIES) return { wrong: `has more than ${MAX_ENTRIES} entries` };
  const vector = new Map<string, bigint>();
  for (const entry of entries) {
    const colon = entry.indexOf(':');
    if (colon < 0) return { wrong: `${shown(entry)} has no colon between group and index` };
    const group = entry.slice(0, colon);
    const digits = entry.slice(colon + 1);
    if (!GROUP.test(group)) return { wrong: `${shown(group)} is neither "main" nor a UUID in lower case` };
    if (!INDEX.test(digits)) return { wrong: `${shown(digits)} is not a decimal number without sign or leading zero` };
    const index = BigInt(digits);
    if (index > MAX_INDEX) return { wrong: `${digits} is more than ${MAX_INDEX}` };
    if (vector.has(group)) return { wrong: `group ${group} stands there twice` };
    vector.set(group, index);
  }
  return { vector };
}

export function formatStateVector(vector: StateVector): string {
  return Array.from(vector, ([group, index]) => `${group}:${index}`).join(',');
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
