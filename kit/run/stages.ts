/**
 * The configuration of each stage (harness-contracts.md §1), as keys of the wire binding. Keys that are absent have their
 * defaults. A stage without keys here comes with the step that specifies it.
 */
import type { Stage } from './capability.js';

export type ConfigurationKeys = Readonly<Record<string, string>>;

export const READ_TIMEOUT = 'ozone.om.ha.raft.server.read.timeout';
const WAIT_TIMEOUT = 'ozone.om.follower.read.wait.timeout';

export const STAGE_KEYS: Readonly<Partial<Record<Stage, ConfigurationKeys>>> = {
  plain: {},
  // What RC-1 to RC-8 are claimed for: linearizable reads on every node, local lease on, leader skip off by default. The read
  // time-out is short so that it can be waited out, and longer than an election: a read is not refused where one just goes on.
  'read-consistency': {
    'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE',
    'ozone.om.follower.read.local.lease.enabled': 'true',
    [READ_TIMEOUT]: '3s',
  },
  // Hints work together with state ids (wire-binding.md §5). Reads that wait for nothing are to give up soon (FR-QUEUE-5).
  'follower-reads': {
    'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE',
    'ozone.om.follower.read.local.lease.enabled': 'true',
    'ozone.om.follower.read.enabled': 'true',
    [WAIT_TIMEOUT]: '5s',
    [READ_TIMEOUT]: '3s',
  },
};

/** What these keys say the read time-out is, in milliseconds; undefined where they do not say it. */
export function readTimeoutOf(keys: ConfigurationKeys): number | undefined {
  return durationOf(keys, READ_TIMEOUT);
}

/** What they say of how long a read waits for the state that its client has seen. */
export function waitTimeoutOf(keys: ConfigurationKeys): number | undefined {
  return durationOf(keys, WAIT_TIMEOUT);
}

function durationOf(keys: ConfigurationKeys, key: string): number | undefined {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(keys[key] ?? '') ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1_000 : 60_000);
}

/** Whether two sets of keys configure the same. */
export function sameKeys(one: ConfigurationKeys, other: ConfigurationKeys): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
