/**
 * The configuration of each stage (harness-contracts.md §1), as keys of the wire binding. Keys that are absent have their
 * defaults. A stage without keys here comes with the step that specifies it.
 */
import type { Stage } from './capability.js';

export type ConfigurationKeys = Readonly<Record<string, string>>;

export const STAGE_KEYS: Readonly<Partial<Record<Stage, ConfigurationKeys>>> = {
  plain: {},
  // What RC-1 to RC-8 are claimed for: linearizable reads on every node, local lease on, leader skip off by default.
  'read-consistency': {
    'ozone.om.ha.raft.server.read.option': 'LINEARIZABLE',
    'ozone.om.follower.read.local.lease.enabled': 'true',
  },
};

/** Whether two sets of keys configure the same. */
export function sameKeys(one: ConfigurationKeys, other: ConfigurationKeys): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
