/** Steps: nodes whose clock goes wrong. At the end of the scenario their wall clocks are set right again. */
import { Given } from '@cucumber/cucumber';
import { CLOCK_JUMPS, type ClockJump } from '../kit/scenario/clock-jump.js';
import { hindered } from './faults.js';
import { oneOf } from './parameters.js';
import type { OmWorld } from './world.js';

oneOf<ClockJump>('clock jump', CLOCK_JUMPS);

// One outline about leases; its rows are the ways in which a clock goes wrong.
Given('its clock {clock jump}', async function (this: OmWorld, jump: ClockJump) {
  for (const node of hindered(this).nodes) await this.faults.jumpClock(node, jump);
});
