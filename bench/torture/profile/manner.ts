/**
 * How the clients of a round read, drawn from its seed, and what that promises them. Pure. Profile `ha` has reads that are linearizable,
 * whoever answers them; `follower-reads` has reads that go by what their client knows, with an msync of its own, of late, or never again
 * (FR-GUAR-5).
 */
import type { Guarantee } from '../../../kit/history/call.js';
import type { Reads } from '../../../kit/history/history-client.js';
import type { Stage } from '../../../kit/run/capability.js';
import type { Draws } from '../../../kit/scenario/draws.js';

/** Profiles that are tortured, with the stage that their rules are about. */
export const PROFILE_STAGES = {
  ha: 'read-consistency',
  'follower-reads': 'follower-reads',
} as const satisfies Readonly<Record<string, Stage>>;
export type TorturedProfile = keyof typeof PROFILE_STAGES;

export interface Manner {
  readonly reads: Reads;
  /** Undefined among them: the history is linearizable. */
  readonly promises: readonly (Guarantee | undefined)[];
}

const LINEARIZABLE = [undefined];
const SEQUENTIAL: Guarantee = { kind: 'sequential per client' };

export function drawManner(draws: Draws, profile: TorturedProfile): Manner {
  switch (profile) {
    case 'ha': {
      const reads = draws.oneOf<Reads>([
        { at: 'the leader' },
        { at: 'every node', hint: 'LINEARIZABLE_ALLOW_FOLLOWER' },
        { at: 'followers', hint: 'LINEARIZABLE_ALLOW_FOLLOWER' },
        { at: 'every node', hint: 'LINEARIZABLE_LEADER_ONLY' },
      ]);
      return { reads, promises: LINEARIZABLE };
    }
    case 'follower-reads': {
      const at = draws.oneOf(['followers', 'every node'] as const);
      const msync = draws.oneOf(['each', 'each', 'of late', 'once'] as const);
      const thresholdMs = msync === 'each' ? 0 : draws.between(20, 1_000);
      switch (msync) {
        case 'once':
          return { reads: { at, autoMsync: 'off' }, promises: [SEQUENTIAL] };
        case 'each':
          return { reads: { at, autoMsync: { thresholdMs } }, promises: LINEARIZABLE };
        case 'of late': {
          const bounded: Guarantee = { kind: 'bounded staleness', maxMs: thresholdMs };
          return { reads: { at, autoMsync: { thresholdMs } }, promises: [bounded, SEQUENTIAL] };
        }
      }
    }
  }
}

/** As a line of the log says it. */
export function mannerText({ reads }: Manner): string {
  return `reads at ${reads.at} ${how(reads)}`;
}

function how(reads: Reads): string {
  if (!('autoMsync' in reads)) return reads.hint === undefined ? 'without a hint' : `with ${reads.hint}`;
  if (reads.autoMsync === 'off') return 'with what clients know';
  const { thresholdMs } = reads.autoMsync;
  return thresholdMs === 0 ? 'after an msync each' : `after an msync of the last ${thresholdMs} ms`;
}
