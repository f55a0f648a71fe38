/** What the end of a message's call says: whether anything may have changed, and whether a call may end so at all. Pure. */
import { status as Code } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import { briefly } from '../../../kit/run/leader.js';
import type { Outcome } from '../../../kit/wire/outcome.js';
import { isRetryable } from '../../../kit/wire/retryable.js';

const { Status } = hadoop.ozone;

export interface End {
  /** What ends are counted by. */
  readonly name: string;
  /** It says that nothing was changed. */
  readonly refusal: boolean;
  /** What is wrong with it; undefined where a call may end so. */
  readonly fault: string | undefined;
}

export function endOf(outcome: Outcome): End {
  switch (outcome.kind) {
    case 'answered': {
      const name = Status[outcome.response.status] ?? 'a status without a name';
      // A part may be done, and is then.
      return { name, refusal: name !== 'OK' && !name.startsWith('PARTIAL_'), fault: undefined };
    }
    case 'refused': {
      const named = outcome.className !== undefined;
      if (named && isRetryable(outcome)) return { name: 'routed away', refusal: true, fault: undefined };
      const name = Code[outcome.code] ?? String(outcome.code);
      const silent = outcome.code === Code.DEADLINE_EXCEEDED || outcome.code === Code.UNAVAILABLE;
      return { name, refusal: !silent, fault: silent ? `the call ended with ${name}: ${outcome.details}` : undefined };
    }
    case 'unanswered':
    case 'unreadable':
      return { name: outcome.kind, refusal: false, fault: `the call ended with ${briefly(outcome)}` };
  }
}

/** Whether a read says that its node does not lead, or is gone: another one may show what was asked for. */
export function isElsewhere(outcome: Outcome): boolean {
  // A read that never ends is no matter of who leads.
  return isRetryable(outcome) && !(outcome.kind === 'unanswered' && outcome.why === 'deadline');
}

/** Client id of the session that a message has opened. */
export function sessionIn(outcome: Outcome): bigint | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { createKeyResponse, createFileResponse } = outcome.response;
  return createKeyResponse?.ID ?? createFileResponse?.ID ?? undefined;
}
