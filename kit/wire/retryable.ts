/**
 * Which outcomes say "not here" or "not now" and leave a client free to ask again (wire-binding.md §1). Whether a write that
 * ended so may have happened is another question: it may.
 */
import { status as Code } from '@grpc/grpc-js';
import type { Outcome } from './outcome.js';

const RETRYABLE_CLASSES: ReadonlySet<string> = new Set([
  'OMNotLeaderException',
  'NotLeaderException',
  'OMLeaderNotReadyException',
  'ReadIndexException',
  'ReadException',
  'RetriableException',
  'OMInSafeModeException',
]);

export function isRetryable(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'answered':
    case 'unreadable':
      return false;
    case 'unanswered':
      return true;
    case 'refused': {
      if (outcome.code === Code.UNAVAILABLE) return true;
      const { className, details } = outcome;
      if (className === undefined) return false;
      // The peer of the node that answered was gone: upstream's wrapped form of UNAVAILABLE.
      if (className === 'StatusRuntimeException') return /StatusRuntimeException:\s*UNAVAILABLE\b/.test(details);
      return RETRYABLE_CLASSES.has(className);
    }
  }
}
