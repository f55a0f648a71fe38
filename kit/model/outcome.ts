/**
 * What the model says may come of a command: each outcome is an answer and the state after it. Where the rules fix the answer there
 * is one; where they leave it open, several, and what the OM answers decides which of them happened.
 */
import type { hadoop } from '#proto';
import type { State, Token } from './state.js';

export type StatusName = keyof typeof hadoop.ozone.Status;

/** A number that the OM chose: only what it is the same as, or newer than, is known. */
export type Chosen =
  | { readonly chosen: 'object'; readonly token: Token }
  /** Newer generations of one object have higher numbers. */
  | { readonly chosen: 'generation'; readonly token: Token; readonly object: Token }
  | { readonly chosen: 'time'; readonly token: Token }
  | { readonly chosen: 'session'; readonly token: Token };

/** A number that the rules leave open within bounds. */
export interface Between {
  readonly atLeast: bigint;
  readonly atMost: bigint;
}

/** A map of text that has these entries and no other, in any order. */
export interface Exactly {
  readonly exactly: Readonly<Record<string, string>>;
}

/** What an answer has to show, in the shape of `shown.ts`. Undefined: not compared. */
export type Expected =
  | string
  | boolean
  | bigint
  | undefined
  | Chosen
  | Between
  | Exactly
  | readonly Expected[]
  | { readonly [field: string]: Expected };

export interface Outcome {
  readonly status: StatusName;
  /** W-2: true with OK alone; undefined where that rule leaves it open. */
  readonly success: boolean | undefined;
  readonly body: Expected;
  readonly state: State;
}

export function done(state: State, body?: Expected): Outcome {
  return { status: 'OK', success: true, body, state };
}

/** Refused, and nothing changed. */
export function refused(state: State, ...statuses: StatusName[]): Outcome[] {
  return statuses.map((status) => ({
    status,
    success: status === 'DIRECTORY_ALREADY_EXISTS' ? undefined : false,
    body: undefined,
    state,
  }));
}
