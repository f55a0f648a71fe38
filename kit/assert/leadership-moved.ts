/** Observables: leadership comes back after a loss (HA-8), and goes where it was asked to go (HA-9). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure } from './found.js';

export interface Recovery {
  /** Node that led and was lost. */
  readonly former: string;
  /** Node that accepted a write first; undefined when none did. */
  readonly leads: string | undefined;
  readonly tookMs: number;
  readonly budgetMs: number;
}

export interface Handover {
  readonly answer: Outcome;
  /** Node that accepted a write first, among those that may lead now; undefined when none did within the budget. */
  readonly leads: string | undefined;
  readonly tookMs: number;
  readonly budgetMs: number;
}

/** Assertion `failover-time`: a node accepts writes again within the failover budget. */
export function assertFailover({ former, leads, tookMs, budgetMs }: Recovery): void {
  if (leads !== undefined && tookMs <= budgetMs) return;
  const found = leads === undefined ? `none after ${Math.round(tookMs)} ms` : `${leads} after ${Math.round(tookMs)} ms`;
  throw failure(
    'failover-time',
    `a node that accepts writes within ${budgetMs} ms of the loss of ${former}`,
    found,
    [],
  );
}

/** Assertion `handed-over`: a node that may lead now accepted a write within the failover budget. */
export function assertHandedOver({ answer, leads, tookMs, budgetMs }: Handover): void {
  if (leads !== undefined && tookMs <= budgetMs) return;
  const found = `${leads ?? 'nobody'} after ${Math.round(tookMs)} ms, and ${describe(answer)}`;
  throw failure('handed-over', `leadership where it was asked to be, within ${budgetMs} ms`, found, [answer]);
}

/** Assertion `transfer-answered`: the request got an answer, OK. */
export function assertTransferAnswered({ answer }: Pick<Handover, 'answer'>): void {
  if (answer.kind === 'answered' && answer.response.success) return;
  throw failure('transfer-answered', 'OK, whenever it comes', describe(answer), [answer]);
}
