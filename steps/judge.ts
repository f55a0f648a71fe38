/** How a Then of the steps judges: an election in between makes a contradiction undecided, never a failure. */
import { judgeWhileLed } from '../kit/scenario/judged.js';
import type { Outcome } from '../kit/wire/outcome.js';
import type { OmWorld } from './world.js';

export async function judge(world: OmWorld, outcomes: readonly Outcome[], assertion: () => void): Promise<void> {
  const leader = world.leader ?? (await world.line.leader());
  const giveWay = () => world.faults.resumeAll();
  await judgeWhileLed(world.run, world.line, leader, outcomes, assertion, giveWay);
}
