/**
 * Reads under LOCAL_LEASE with limits of the client's own (RC-4): what they are on the wire, and how far behind a node is that a
 * limit is measured by. What the answers should be is judged elsewhere.
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { OMRequest, Outcome } from '../wire/outcome.js';
import { whenMainGroup } from './main-group.js';
import { type Operation, type Request, requestOf } from './operation.js';
import { unsignedLimit } from './operations/kinds.js';

const { ReadConsistencyProto } = hadoop.ozone;

type Hint = NonNullable<OMRequest['readConsistencyHint']>;

/** Limits as a feature says them; one that is not said is the node's own, −1 is none. */
export interface AskedLease {
  /** `lag`: as many as the node is behind, `lag-1`: one less. */
  readonly entries?: bigint | 'lag' | 'lag-1';
  readonly ms?: bigint;
}

const PAUSE_MS = 20;

/** The read with its lease. Looks at the node where a limit is measured by how far behind that is. Throws EnvironmentError. */
export async function underLease(
  run: RunContext,
  operation: Operation,
  { entries, ms }: AskedLease,
  { node, leader }: { readonly node: string; readonly leader: string },
): Promise<Request> {
  const limit = typeof entries === 'string' ? await limitOf(run, entries, node, leader) : entries;
  const context = {
    ...(limit === undefined ? {} : { logLimit: unsignedLimit(limit) }),
    ...(ms === undefined ? {} : { leaseTimeMs: unsignedLimit(ms) }),
  };
  const hint: Hint = {
    readConsistency: ReadConsistencyProto.LOCAL_LEASE,
    ...(Object.keys(context).length === 0 ? {} : { localLeaseContext: context }),
  };
  return { ...requestOf(operation), readConsistencyHint: hint };
}

async function limitOf(run: RunContext, entries: 'lag' | 'lag-1', node: string, leader: string): Promise<bigint> {
  const lag = await lagOf(run, node, leader);
  if (lag === 0n) throw new EnvironmentError('GIVEN_NOT_MET', `${node} has applied all that is committed`);
  return entries === 'lag' ? lag : lag - 1n;
}

/** Entries of group main that the node knows to be committed and has not applied, once it knows all of the leader's. */
function lagOf(run: RunContext, node: string, leader: string): Promise<bigint> {
  return whenMainGroup(
    run,
    [leader, node],
    ([ahead, behind]) => {
      if (ahead === undefined || behind === undefined || behind.commitIndex < ahead.commitIndex) return undefined;
      return behind.commitIndex - behind.appliedIndex;
    },
    `${node} does not come to know what ${leader} has committed`,
  );
}

/** Asks again until the outcome is of this kind, within the `eventually` budget. Answers the last one. */
export async function readUntil(
  run: RunContext,
  node: string,
  request: Request,
  ending: 'answered' | 'refused',
): Promise<Outcome> {
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const outcome = await run.client.call(node, request);
    if (outcome.kind === ending || performance.now() >= endsAtMs) return outcome;
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
