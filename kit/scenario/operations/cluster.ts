/** What is asked of an OM and is about no name: how far the leader is (wire-binding.md §4), and echoes, which say nothing. */
import { echoRead, echoWrite, msync } from '../../wire/requests.js';
import type { Operations } from './kinds.js';

export type ClusterOperation =
  | { readonly kind: 'msync' }
  /** Any node answers it at once, however far behind it is (FR-ADMIT-2). */
  | { readonly kind: 'read-echo' }
  /** Goes through the log and changes nothing. */
  | { readonly kind: 'write-echo' };

const itself = <O>(operation: O): O => operation;

export const clusterOperations: Operations<ClusterOperation> = {
  msync: { request: () => msync, subject: itself },
  'read-echo': { request: () => echoRead, subject: itself },
  'write-echo': { request: () => echoWrite, subject: itself },
};
