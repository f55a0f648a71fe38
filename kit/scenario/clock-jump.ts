/** The ways in which the clock of one node goes wrong, in the words of the steps. Pure. */
import type { ControlClient } from '../control/control.js';

export const CLOCK_JUMPS = ['is set back by an hour', 'is set ahead by an hour', 'stood still for an hour'] as const;
export type ClockJump = (typeof CLOCK_JUMPS)[number];

const HOUR_MS = 3_600_000n;

export function jumpOf(jump: ClockJump): Parameters<ControlClient['jumpClock']>[1] {
  switch (jump) {
    case 'is set back by an hour':
      return { wallMs: -HOUR_MS, monotonicMs: 0n };
    case 'is set ahead by an hour':
      return { wallMs: HOUR_MS, monotonicMs: 0n };
    // Seen from the node, both clocks have gone on by an hour at once.
    case 'stood still for an hour':
      return { wallMs: HOUR_MS, monotonicMs: HOUR_MS };
  }
}
