/**
 * What becomes of a read that this node may answer from its own state, by what its client has seen: answered now, held until
 * this node has come so far, confirmed with the cluster, or refused (FR-QUEUE-1, FR-ADMIT-4, FR-ADMIT-5). Pure.
 */

export interface FloorView {
  /** The answer must not be older than this entry; undefined = it may be any age. Clients may send what no log ever held. */
  readonly seen: bigint | undefined;
  readonly leader: boolean;
  readonly appliedIndex: number;
  /** As far as this node knows. */
  readonly commitIndex: number;
  /** Entries that a node which does not lead may be behind a read and have it wait still. */
  readonly maxLag: number;
}

export type FloorRoute =
  /** Answer from this node's applied state, now. */
  | { readonly kind: 'local' }
  /** Get a confirmed read index, wait until it is applied, then answer (ReadIndex). */
  | { readonly kind: 'confirm' }
  /** Hold the read until `index` is applied here; then it is routed again. */
  | { readonly kind: 'wait'; readonly index: number }
  | { readonly kind: 'refuse'; readonly why: 'too-far-behind' };

/**
 * A leader never waits for what it does not know to be committed: nobody may ever send it. If it leads still, then what the
 * cluster confirms at the moment covers whatever any client has seen, and an entry above that never was (FR-ADMIT-5).
 */
export function aboveFloor({ seen, leader, appliedIndex, commitIndex, maxLag }: FloorView): FloorRoute {
  if (seen === undefined || seen <= BigInt(appliedIndex)) return { kind: 'local' };
  if (leader) return seen <= BigInt(commitIndex) ? waitFor(seen) : { kind: 'confirm' };
  return seen - BigInt(appliedIndex) > BigInt(maxLag) ? { kind: 'refuse', why: 'too-far-behind' } : waitFor(seen);
}

function waitFor(index: bigint): FloorRoute {
  return { kind: 'wait', index: Number(index) };
}
