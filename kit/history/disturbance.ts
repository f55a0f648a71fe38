/**
 * What is done to a cluster while clients work: leaders that are killed or frozen and come back, leadership that is handed over, and a
 * follower that is behind.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { handOver } from '../scenario/handover.js';
import type { LeaderLine } from '../scenario/leader-line.js';
import type { NodeFaults } from '../scenario/node-faults.js';
import { nodesInRole } from '../scenario/node-role.js';
import { echoWrite } from '../wire/requests.js';

export const DISTURBANCES = [
  'nothing else happens',
  'the leader is killed',
  'leadership is handed over',
  'leadership is handed over and the leader is killed',
  'a follower stops to apply now and then',
  'the leader is frozen until another leads',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** Ends when the cluster has a leader again, and every node that was killed was started again. */
export async function disturb(
  run: RunContext,
  line: LeaderLine,
  faults: NodeFaults,
  disturbance: Disturbance,
): Promise<void> {
  switch (disturbance) {
    case 'nothing else happens':
      return;
    case 'the leader is killed':
      return await loseLeader(line, faults);
    case 'leadership is handed over':
      return await handOverTwice(run, line);
    case 'leadership is handed over and the leader is killed':
      await handOverTwice(run, line);
      return await loseLeader(line, faults);
    case 'a follower stops to apply now and then':
      return await holdBack(line, faults);
    case 'the leader is frozen until another leads':
      return await freezeLeader(line, faults);
  }
}

/** How often, and how many writes the leader carries out meanwhile: each client sends about as many calls in that time. */
const PAUSES = 4;
const WRITES_BEHIND = 10;

/**
 * The other nodes go on without the follower, so that it is behind what they acknowledge for certain, whatever it is asked. Reads that
 * wait for it are answered when it applies again.
 */
async function holdBack(line: LeaderLine, faults: NodeFaults): Promise<void> {
  const [follower = ''] = nodesInRole('a follower', line.nodes, await line.lookAgain());
  for (let pause = 0; pause < PAUSES; pause += 1) {
    await faults.pauseApply(follower);
    for (let write = 0; write < WRITES_BEHIND; write += 1) await line.send(echoWrite);
    await faults.resumeApply(follower);
  }
}

/** It wakes with calls in its queue, and with the belief that it leads. */
async function freezeLeader(line: LeaderLine, faults: NodeFaults): Promise<void> {
  const leader = await line.lookAgain();
  await faults.freeze(leader);
  line.remember(undefined);
  await line.lookAgain();
  for (let write = 0; write < WRITES_BEHIND; write += 1) await line.send(echoWrite);
  await faults.wake(leader);
}

async function loseLeader(line: LeaderLine, faults: NodeFaults): Promise<void> {
  const leader = await line.lookAgain();
  await faults.kill([leader]);
  line.remember(undefined);
  await line.lookAgain();
  await faults.start([leader]);
}

/** To another node, and from there to the next: the second leader has answered calls of its own. */
async function handOverTwice(run: RunContext, line: LeaderLine): Promise<void> {
  for (const _ of ['away', 'on']) {
    const former = await line.lookAgain();
    const nodes = line.nodes;
    const to = nodes[(nodes.indexOf(former) + 1) % nodes.length];
    if (to === undefined || to === former) {
      throw new EnvironmentError('GIVEN_NOT_MET', 'a cluster of one node has nobody to hand leadership to');
    }
    // Whether the answer says so is another rule's business (HA-9); here it has to be so.
    const { leads } = await handOver(run, { asked: former, to, former });
    if (leads !== to) {
      throw new EnvironmentError('GIVEN_NOT_MET', `leadership was not handed over from ${former} to ${to} in time`);
    }
    line.remember(to);
  }
}
