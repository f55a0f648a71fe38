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

type Settings = Readonly<Record<string, string>>;

/** host:port each. */
interface Addresses {
  readonly om: string;
  readonly control: string;
}

export class Served {
  readonly #folder = mkdtempSync(join(tmpdir(), 'om-mutant-'));
  readonly #nodes = new Map<string, Node>();
  #start: ((id: string, addresses: Addresses, settings: Settings) => Promise<Node>) | undefined;
  #addresses = new Map<string, Addresses>();

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
    this.#start = (id, { om, control }, settings) =>
      startNode({
        id,
        cluster,
        dataDirectory: join(this.#folder, id),
        peers,
        listen: om,
        control,
        settings,
        processUser: userInfo().username,
        parts: parts(NODE_PARTS),
        log: lineLog(
          (line) => process.stderr.write(line),
          () => new Date(),
          id,
        ),
        onFatal,
      });
    const started = await Promise.all(IDS.map((id) => this.#begin(id, { om: ANY_PORT, control: ANY_PORT }, QUICK)));
    return started.map(({ node, addresses: { om, control } }) => ({ id: node, om, control: control ?? '' }));
  }

  /** Stops a node, if it runs, and starts it where it was, by default as quick as before. @throws what `startNode` throws */
  async restart(id: string, keys: Settings = QUICK): Promise<void> {
    const addresses = this.#addresses.get(id);
    if (addresses === undefined) throw new Error(`there is no node ${id}`);
    await this.#nodes.get(id)?.stop();
    this.#nodes.delete(id);
    await this.#begin(id, addresses, keys);
  }

  /** Ends the nodes, in good order where they can. */
  async stop(): Promise<void> {
    const ended = Promise.allSettled([...this.#nodes.values()].map((node) => node.stop()));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS))]);
  }

  /** Removes what was stored; the last thing that a process does. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #begin(id: string, addresses: Addresses, settings: Settings): Promise<Node> {
    if (this.#start === undefined) throw new Error('nothing is served yet');
    const node = await this.#start(id, addresses, settings);
    this.#nodes.set(id, node);
    const { om, control } = node.addresses;
    this.#addresses.set(id, { om, control: control ?? ANY_PORT });
    return node;
  }
}
