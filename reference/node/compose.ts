/**
 * The composition root: which decisions and which consensus core a node is made of (design §4.13). The one place that names
 * them; everything else takes what it is given.
 */
import { randomBytes } from 'node:crypto';
import { RaftCore } from '../consensus/core/raft-core.js';
import { applyEntry } from '../execution/apply.js';
import { plannerOf } from '../execution/plan.js';
import { commandFor } from '../namespace/registry.js';
import { admitMsync, msyncIndex } from '../reads/msync.js';
import { routeRead } from '../reads/route-read.js';
import { admitWrite, isReady, snapshotDue, suggestLeader, writeOutcome } from './leadership.js';
import { judgeChange } from './membership-change.js';
import { Node } from './node.js';
import type { NodeOptions } from './node-options.js';
import type { NodeParts } from './parts.js';
import { peerNetworkOn } from './peer-network.js';
import { judgeStanding, standingOf } from './standing.js';
import { systemClock } from './system-clock.js';

/** The decisions of a right node. */
export const NODE_PARTS: NodeParts = {
  commandFor,
  routeRead,
  admitMsync,
  msyncIndex,
  isReady,
  admitWrite,
  suggestLeader,
  plan: plannerOf(0),
  applyEntry,
  writeOutcome,
  stateIndex: ({ position }) => position.index,
  satisfiesRead: (index, appliedIndex) => appliedIndex >= index,
  standingOf,
  judgeStanding,
  judgeChange,
  snapshotDue,
};

/** What a real node has besides its settings. A caller may replace any of it. */
export const COMPOSITION: Pick<NodeOptions, 'parts' | 'newCore' | 'newNetwork' | 'clock' | 'random'> = {
  parts: NODE_PARTS,
  newCore: () => new RaftCore(),
  newNetwork: peerNetworkOn(systemClock),
  clock: systemClock,
  random: randomBytes,
};

export type StartOptions = Omit<NodeOptions, keyof typeof COMPOSITION> & Partial<typeof COMPOSITION>;

/** Starts a node; rejects as `Node.start` does. */
export function startNode(options: StartOptions): Promise<Node> {
  return Node.start({ ...COMPOSITION, ...options });
}
