/**
 * Three nodes in this process, over the real transport and on real stores, each with a data directory of its own in one
 * folder that goes with them. What they decide is given; they serve until `stop`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { choosePorts } from '../cli/free-ports.js';
import { NODE_PARTS, startNode } from '../node/compose.js';
import type { Node } from '../node/node.js';
import { lineLog } from '../node/node-log.js';
import type { NodeParts } from '../node/parts.js';

const IDS = ['om1', 'om2', 'om3'];
/** Elections are soon over: nodes on one event loop are late together, so none takes another for dead. */
const QUICK: Readonly<Record<string, string>> = {
  'om.reference.raft.tick': '20ms',
  'om.reference.raft.heartbeat': '60ms',
  'om.reference.raft.election': '400ms',
};
const ANY_PORT = '127.0.0.1:0';
/** A mutant may hang where a right node ends. */
const STOP_GRACE_MS = 3000;

export interface ServedNode {
  readonly id: string;
  /** host:port */
  readonly om: string;
  /** host:port */
  readonly control: string;
}

export class Served {
  readonly #folder = mkdtempSync(join(tmpdir(), 'om-mutant-'));
  #nodes: readonly Node[] = [];

  /**
   * Once for each object.
   *
   * @param onFatal a node cannot go on
   * @throws what `startNode` throws
   */
  async start(parts: (right: NodeParts) => NodeParts, onFatal: (error: unknown) => void): Promise<ServedNode[]> {
    const cluster = randomUUID();
    const ports = await choosePorts(IDS.length, undefined);
    const peers = new Map(IDS.map((id, at) => [id, `127.0.0.1:${ports[at]}`]));
    const start = (id: string) =>
      startNode({
        id,
        cluster,
        dataDirectory: join(this.#folder, id),
        peers,
        listen: ANY_PORT,
        control: ANY_PORT,
        settings: QUICK,
        processUser: userInfo().username,
        parts: parts(NODE_PARTS),
        log: lineLog(
          (line) => process.stderr.write(line),
          () => new Date(),
          id,
        ),
        onFatal,
      });
    this.#nodes = await Promise.all(IDS.map(start));
    return this.#nodes.map(({ node, addresses: { om, control } }) => ({ id: node, om, control: control ?? '' }));
  }

  /** Ends the nodes, in good order where they can. */
  async stop(): Promise<void> {
    const ended = Promise.allSettled(this.#nodes.map((node) => node.stop()));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS))]);
  }

  /** Removes what was stored; the last thing that a process does. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
