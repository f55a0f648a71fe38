/** The closed list of harness-contracts.md §1. A scenario names what it needs with `@needs:<capability>`. */
export const CAPABILITIES = [
  'restart-node',
  'kill-node',
  'freeze-node',
  'isolate-node',
  'isolate-one-way',
  'configure',
  'status',
  'counters',
  'pause-apply',
  'transfer-group',
  'snapshot',
  'digest',
  'propose-raw',
  'failpoint',
  'apply-vectors',
  'decision-vectors',
  'client-clock',
  'membership',
  'drop-replica',
  'reformat',
  'power-loss',
  'node-clock',
  'blocks',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const STAGES = ['plain', 'read-consistency', 'follower-reads', 'multi-raft', 'leader-execution', 'all'] as const;
export type Stage = (typeof STAGES)[number];

export const PROFILES = ['core', 'ha', 'read-consistency', 'follower-reads', 'multi-raft', 'leader-execution'] as const;
export type Profile = (typeof PROFILES)[number];
