/** Observable: a node, or a connection to it, outlives a bad request (W-5 to W-8, W-12). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';
import { needCalls } from './to-judge.js';

/** Assertion `node-serves`: the node answered the call that followed, whatever it said. */
export function assertNodeServes(bad: readonly Outcome[], next: Outcome): void {
  if (next.kind === 'answered') return;
  throw failure('node-serves', `${next.node} answers the next call`, describe(next), [...bad, next]);
}

/** Assertion `same-connection`: all calls came on one connection, and the last one was answered on it. */
export function assertSameConnection(bad: readonly Outcome[], next: Outcome): void {
  needCalls(bad);
  const expected = `${next.node} answers the next call on the same connection`;
  if (next.kind !== 'answered') throw failure('same-connection', expected, describe(next), [...bad, next]);
  const lost = bad.find(({ session }) => session !== next.session);
  if (lost === undefined && next.session !== undefined) return;
  const found = `${describe(next)}, on a connection made anew`;
  throw failure('same-connection', expected, found, [...bad, next]);
}
