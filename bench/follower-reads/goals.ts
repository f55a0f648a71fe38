/** What follower reads may cost the reference, and whether what was measured stays within it. Pure; judges no other system. */
import { pairedRatio } from '../measure.js';
import type { Row } from '../rounds.js';
import type { BurstRow } from './bursts.js';
import type { IdleResult } from './idle.js';

/** Names of what is driven, by which it is found again. */
export const ALIGNED = 'aligned read, three nodes';
export const INDEPENDENT = 'independent read, three nodes';
export const ALIGNED_AT_LEADER = 'aligned read, leader';
export const PLAIN_AT_LEADER = 'plain read, leader';
export const MSYNC = 'Msync under writes';
export const ECHO = 'EchoRPC read under writes';
export const MANY_CLIENTS = 64;
/** Clients that call msync, and as many that call EchoRPC, beside those that write. */
export const PROBES = 4;
export const READERS = 1_000;

export interface Goal {
  readonly text: string;
  readonly found: number;
  readonly most?: number;
  readonly least?: number;
}

export interface Found {
  readonly rows: readonly Pick<Row, 'operation' | 'clients' | 'perSecondOfRounds' | 'p99Ms'>[];
  readonly bursts: readonly BurstRow[];
  readonly idle: IdleResult;
}

/** A goal whose figures are missing has NaN, and is not met. */
export function goalsOf({ rows, bursts, idle }: Found): Goal[] {
  const row = (operation: string, clients: number) =>
    rows.find((one) => one.operation === operation && one.clients === clients);
  const rates = (operation: string, clients: number) => row(operation, clients)?.perSecondOfRounds ?? [];
  const p99 = (operation: string) => row(operation, PROBES)?.p99Ms ?? Number.NaN;
  const waking = bursts.find(({ what, calls }) => what === 'waiting reads' && calls === READERS);
  return [
    { text: `first of ${READERS} waiting reads, ms`, found: waking?.firstMs ?? Number.NaN, most: 50 },
    { text: `last of ${READERS} waiting reads, ms`, found: waking?.lastMs ?? Number.NaN, most: 400 },
    { text: `cores that ${idle.readers} idle waiters take`, found: idle.moreCores, most: 0.01 },
    {
      text: `aligned to independent reads at ${MANY_CLIENTS} clients`,
      found: pairedRatio(rates(ALIGNED, MANY_CLIENTS), rates(INDEPENDENT, MANY_CLIENTS)),
      least: 0.9,
    },
    // In time per read: so many clients are always at it.
    ...[1, MANY_CLIENTS].map((clients) => ({
      text: `time of an aligned read to a plain one's at the leader, ${clients} clients`,
      found: pairedRatio(rates(PLAIN_AT_LEADER, clients), rates(ALIGNED_AT_LEADER, clients)),
      most: 1.1,
    })),
    { text: "p99 of Msync to an EchoRPC read's under writes", found: p99(MSYNC) / p99(ECHO), most: 2 },
  ];
}

export function isMet({ found, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }: Goal): boolean {
  return found <= most && found >= least;
}

export function goalText(goal: Goal): string {
  const limit = goal.most === undefined ? `at least ${goal.least}` : `at most ${goal.most}`;
  return `${goal.text}: ${goal.found.toFixed(3)} (${limit}: ${isMet(goal) ? 'met' : 'missed'})`;
}
