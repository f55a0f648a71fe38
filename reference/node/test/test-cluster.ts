/** Nodes in this process on loopback, with real stores in a temporary folder, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartOptions, startNode } from '../compose.js';
import type { Node } from '../node.js';
import { lineLog } from '../node-log.js';
import { MemoryNetwork } from './memory-network.js';
import { OmClient } from './om-client.js';

/** Short times, so that tests do not wait long for elections. */
export const FAST: Readonly<Record<string, string>> = {
  'om.reference.raft.tick': '10ms',
  'om.reference.raft.heartbeat': '20ms',
  'om.reference.raft.election': '200ms',
};

export class TestCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'om-node-test-'));
  readonly ids: readonly string[];
  readonly nodes = new Map<string, Node>();
  readonly clients = new Map<string, OmClient>();
  readonly fatal: unknown[] = [];
  readonly log: string[] = [];
  readonly #network = new MemoryNetwork();
  readonly #options: Partial<StartOptions>;

  constructor(count: number, options: Partial<StartOptions> = {}) {
    this.ids = Array.from({ length: count }, (_, at) => `om${at + 1}`);
    this.#options = options;
  }

  static async start(count: number, options: Partial<StartOptions> = {}): Promise<TestCluster> {
    const cluster = new TestCluster(count, options);
    await Promise.all(cluster.ids.map((id) => cluster.startNode(id)));
    await cluster.leader();
    return cluster;
  }

  async startNode(id: string, options: Partial<StartOptions> = {}): Promise<Node> {
    const node = await startNode({
      id,
      cluster: 'test',
      dataDirectory: join(this.folder, id),
      // The memory network does not listen; the addresses only have to differ.
      peers: new Map(this.ids.map((peer, at) => [peer, `127.0.0.1:${at + 1}`])),
      listen: '127.0.0.1:0',
      settings: FAST,
      processUser: 'om',
      log: lineLog(
        (line) => this.log.push(line),
        () => new Date(),
        id,
      ),
      newNetwork: this.#network.join,
      onFatal: (error) => this.fatal.push(error),
      ...this.#options,
      ...options,
    });
    this.nodes.set(id, node);
    this.clients.get(id)?.close();
    this.clients.set(id, new OmClient(node.addresses.om));
    return node;
  }

  async stopNode(id: string): Promise<void> {
    await this.nodes.get(id)?.stop();
    this.nodes.delete(id);
  }

  node(id: string): Node {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(`${id} does not run`);
    return node;
  }

  client(id: string): OmClient {
    const client = this.clients.get(id);
    if (client === undefined) throw new Error(`${id} was never started`);
    return client;
  }

  /** The node that accepts a write, once there is one. */
  async leader(among: readonly string[] = [...this.nodes.keys()]): Promise<string> {
    for (const endsAtMs = performance.now() + 10_000; performance.now() < endsAtMs; ) {
      for (const id of among) {
        const outcome = await this.client(id).echo({ deadlineMs: 1000 });
        if (outcome.kind === 'answer') return id;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no leader among ${among.join(', ')}:\n${this.log.join('')}`);
  }

  async followers(): Promise<string[]> {
    const leader = await this.leader();
    return [...this.nodes.keys()].filter((id) => id !== leader);
  }

  status(id: string) {
    const [status] = this.node(id).status();
    if (status === undefined) throw new Error(`${id} has no group`);
    return status;
  }

  async stop(): Promise<void> {
    for (const client of this.clients.values()) client.close();
    await Promise.all([...this.nodes.values()].map((node) => node.stop()));
    rmSync(this.folder, { recursive: true, force: true });
    if (this.fatal.length > 0) throw this.fatal[0];
  }
}
