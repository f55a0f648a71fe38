/** Phrases about LOCAL_LEASE and how old its answer may be, such as `LOCAL_LEASE at most 3 entries behind and of any age`. */
import type { AskedLease } from '../../kit/scenario/lease.js';

const DISTANCE =
  'as far behind as it is|one entry less behind than it is|at most \\d+ entries behind|any distance behind';
const AGE = 'at most \\d+ ms old|of any age';

export const LEASE = new RegExp(
  `LOCAL_LEASE (?:without limits|within the node's limits|(?:${DISTANCE})(?: and (?:${AGE}))?)`,
);

export function readLease(phrase: string): AskedLease {
  if (phrase.endsWith("within the node's limits")) return {};
  if (phrase.endsWith('without limits')) return { entries: -1n, ms: -1n };
  const [, ms] = /at most (\d+) ms old/.exec(phrase) ?? [];
  const age = phrase.endsWith('of any age') ? { ms: -1n } : ms === undefined ? {} : { ms: BigInt(ms) };
  return { entries: entriesIn(phrase), ...age };
}

function entriesIn(phrase: string): NonNullable<AskedLease['entries']> {
  if (phrase.includes('as far behind as it is')) return 'lag';
  if (phrase.includes('one entry less')) return 'lag-1';
  const [, entries] = /at most (\d+) entries/.exec(phrase) ?? [];
  return entries === undefined ? -1n : BigInt(entries);
}
