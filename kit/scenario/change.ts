/**
 * Changes that a client makes to objects of its own, many times over: what must be there first, the write, the read that has
 * to show it, and what that read must show. Pure.
 */
import type { ScenarioNames } from './names.js';
import { type NamespaceOperation, type Operation, pageRequest, type Request, someOwner } from './operation.js';

export const CHANGES = [
  'create a volume',
  'give away a volume',
  'delete a volume',
  'create a bucket',
  'list a new volume',
] as const;
export type Change = (typeof CHANGES)[number];

/** What a read shows once a change was acknowledged. Names are those on the wire. */
export type Expectation =
  | { readonly kind: 'volume'; readonly volume: string; readonly owner: string }
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'listed'; readonly volume: string };

export interface PlannedChange {
  /** Carried out before, in this order. */
  readonly given: readonly NamespaceOperation[];
  readonly write: NamespaceOperation;
  readonly read: Operation | Request;
  readonly expectation: Expectation;
}

/** A change to an object that nobody else touches. */
export function planChange(change: Change, names: ScenarioNames): PlannedChange {
  const volume = names.nextVolume();
  const first = someOwner(volume);
  const owner = `${first}-2`;
  const create: NamespaceOperation = { kind: 'create-volume', volume, owner: first, quota: undefined };
  const read: Operation = { kind: 'read-volume', volume };
  switch (change) {
    case 'create a volume':
      return { given: [], write: create, read, expectation: { kind: 'volume', volume, owner: first } };
    case 'give away a volume':
      return {
        given: [create],
        write: { kind: 'set-owner', volume, owner },
        read,
        expectation: { kind: 'volume', volume, owner },
      };
    case 'delete a volume':
      return {
        given: [create],
        write: { kind: 'delete-volume', volume },
        read,
        expectation: { kind: 'missing', name: `volume ${volume}` },
      };
    case 'create a bucket': {
      const bucket = names.bucket('box');
      return {
        given: [create],
        write: { kind: 'create-bucket', volume, bucket },
        read: { kind: 'read-bucket', volume, bucket },
        expectation: { kind: 'bucket', bucket },
      };
    }
    case 'list a new volume':
      return {
        given: [],
        write: create,
        read: pageRequest(volume, undefined, 10),
        expectation: { kind: 'listed', volume },
      };
  }
}
