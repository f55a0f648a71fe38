/** The two forms of an answer: done, or refused with a status and a sentence. Decides nothing about when they are given. */
import { hadoop } from '#proto';
import type { Answer, OMResponse, Plan } from './command.js';

export const Status = hadoop.ozone.Status;

export function ok(body: Partial<OMResponse>): Answer {
  return { status: Status.OK, body };
}

/** Done, with fields of OMResponse that are at hand as bytes; `read` decodes them. */
export function okEncoded(encoded: Uint8Array, read: () => Partial<OMResponse>): Answer {
  return {
    status: Status.OK,
    encoded,
    get body() {
      return read();
    },
  };
}

/** `message` is a sentence for people; clients compare the status only. */
export function refusal(status: hadoop.ozone.Status, message: string): Answer {
  return { status, message, body: {} };
}

/** A plan that changes nothing and says why. It still takes its place in the log (LE-PLAN-3). */
export function refusedPlan(status: hadoop.ozone.Status, message: string): Plan {
  return { operations: [], answer: refusal(status, message) };
}
