/**
 * The networks of a cluster: one that all nodes are on and that leads nowhere else, by which they reach each other under their
 * ids, and one for each node by which clients reach it. Off the first, a node has no way to the others and keeps its clients.
 */
import { randomInt } from 'node:crypto';
import { EnvironmentError } from '../../failure.js';
import type { Engine, Labels } from './engine.js';

/** Ranges that are set aside for testing (RFC 2544, 198.18.0.0/15): no company's network is there. */
const FIRST_OCTETS = ['198.18', '198.19'];
const MAX_TRIES = 20;
/** The first addresses of a subnet are the engine's. */
const FIRST_HOST = 11;

export interface NodeNetwork {
  readonly id: string;
  /** Node id → its address on it; the same for as long as the cluster lives. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** @throws EnvironmentError when no subnet is free */
export async function createNodeNetwork(
  engine: Engine,
  name: string,
  labels: Labels,
  nodes: readonly string[],
): Promise<NodeNetwork> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const prefix = `${FIRST_OCTETS[randomInt(FIRST_OCTETS.length)]}.${randomInt(256)}`;
    const id = await engine.createNetwork({ name, labels, subnet: `${prefix}.0/24`, internal: true });
    if (id === undefined) continue;
    return { id, addresses: new Map(nodes.map((node, index) => [node, `${prefix}.${FIRST_HOST + index}`])) };
  }
  throw new EnvironmentError(
    'ENGINE_REFUSED',
    `creating network ${name}: ${MAX_TRIES} subnets of 198.18.0.0/15 that were tried all belong to other networks`,
  );
}

/** Its name is what containers are told; @returns nothing that is needed later. */
export async function createClientNetwork(engine: Engine, name: string, labels: Labels): Promise<void> {
  await engine.createNetwork({ name, labels, internal: false });
}
