/** What keeps a node from doing its part, in the words of the steps, and how it is brought about and ended. */
import type { NodeFaults } from './node-faults.js';

export const HINDRANCES = [
  'is down',
  'is frozen',
  'has stopped applying',
  'is cut off',
  'hears nobody',
  'is heard by nobody',
] as const;
/** Cut off means from the other nodes, both ways; clients still reach it, as they do where it hears or is heard by no other node. */
export type Hindrance = (typeof HINDRANCES)[number];

export interface Hindered {
  readonly nodes: readonly string[];
  readonly hindrance: Hindrance;
}

/** All nodes at once. Throws EnvironmentError. */
export async function hinder(faults: NodeFaults, { nodes, hindrance }: Hindered): Promise<void> {
  switch (hindrance) {
    case 'is down':
      return await faults.kill(nodes);
    case 'is frozen':
      return await each(nodes, (node) => faults.freeze(node));
    case 'has stopped applying':
      return await each(nodes, (node) => faults.pauseApply(node));
    case 'is cut off':
      return await each(nodes, (node) => faults.isolate(node, 'both'));
    case 'hears nobody':
      return await each(nodes, (node) => faults.isolate(node, 'inbound'));
    case 'is heard by nobody':
      return await each(nodes, (node) => faults.isolate(node, 'outbound'));
  }
}

/** Resolves when the nodes run, hear and apply again; whether they have caught up is for the scenario to see. Throws EnvironmentError. */
export async function bringBack(faults: NodeFaults, { nodes, hindrance }: Hindered): Promise<void> {
  switch (hindrance) {
    case 'is down':
      return await faults.start(nodes);
    case 'is frozen':
      return await each(nodes, (node) => faults.wake(node));
    case 'has stopped applying':
      return await each(nodes, (node) => faults.resumeApply(node));
    case 'is cut off':
    case 'hears nobody':
    case 'is heard by nobody':
      return await each(nodes, (node) => faults.heal(node));
  }
}

async function each(nodes: readonly string[], act: (node: string) => Promise<void>): Promise<void> {
  await Promise.all(nodes.map(act));
}
