/**
 * The clients' own record of a workload on volumes: what each may be, given which writes were acknowledged and which ended
 * without a word. Pure. A write whose outcome is unknown counts neither as done nor as failed (wire-binding.md §1).
 */
import { hadoop } from '#proto';
import type { KeptVolume } from '../assert/kept.js';
import type { Outcome } from '../wire/outcome.js';

/** A write to one volume. */
export type VolumeWrite =
  | { readonly kind: 'create'; readonly owner: string }
  | { readonly kind: 'give'; readonly owner: string }
  | { readonly kind: 'delete' };

interface State {
  owners: ReadonlySet<string>;
  mayBeMissing: boolean;
  acknowledged: boolean;
  readonly history: Outcome[];
}

export class AcknowledgedWrites {
  readonly #volumes = new Map<string, State>();
  #count = 0;

  /** Writes that were acknowledged. */
  get count(): number {
    return this.#count;
  }

  /** Takes the outcome of a write. Writes to one volume are recorded in the order in which they were sent, one at a time. */
  record(volume: string, write: VolumeWrite, outcome: Outcome): void {
    const state = this.#volumes.get(volume) ?? {
      owners: new Set(),
      mayBeMissing: true,
      acknowledged: false,
      history: [],
    };
    this.#volumes.set(volume, state);
    state.history.push(outcome);
    // A business status is definite: the write was refused and changed nothing.
    if (outcome.kind === 'answered' && outcome.response.status !== hadoop.ozone.Status.OK) return;
    const certain = outcome.kind === 'answered';
    const before = certain ? { owners: new Set<string>(), mayBeMissing: false } : state;
    switch (write.kind) {
      case 'create':
      case 'give':
        state.owners = new Set([...before.owners, write.owner]);
        state.mayBeMissing = before.mayBeMissing;
        break;
      case 'delete':
        state.owners = before.owners;
        state.mayBeMissing = true;
        break;
    }
    if (!certain) return;
    state.acknowledged = true;
    this.#count += 1;
  }

  /** Every volume with an acknowledged write, with all that it may be. */
  kept(): KeptVolume[] {
    return [...this.#volumes].flatMap(([volume, { owners, mayBeMissing, acknowledged, history }]) =>
      acknowledged ? [{ volume, owners, mayBeMissing, history: [...history] }] : [],
    );
  }
}
