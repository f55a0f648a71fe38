/**
 * Writers that create volumes without pause and keep their own record of what was acknowledged. What the record says was
 * acknowledged must be there afterwards, whatever was killed meanwhile (HA-5, HA-6).
 */
import { hadoop } from '#proto';
import { OmCaller } from '../om-call.js';

const { Status, Type } = hadoop.ozone;

export interface Cluster {
  readonly nodes: readonly { readonly id: string; readonly address: string }[];
}

export interface Acknowledged {
  readonly volume: string;
  /** Monotonic clock, ms. */
  readonly atMs: number;
  /** Node that accepted it. */
  readonly node: string;
}

export class Workload {
  readonly #cluster: Cluster;
  readonly #prefix: string;
  readonly #caller = new OmCaller();
  readonly #acknowledged: Acknowledged[] = [];
  readonly #attempted = new Set<string>();
  readonly #watchers = new Set<(write: Acknowledged | Error) => void>();
  #running: Promise<unknown> = Promise.resolve();
  /** Why a writer gave up; everybody who waits is told. */
  #failure: Error | undefined;
  #stopping = false;
  #made = 0;
  /** Where the last write was accepted: tried first. */
  #leader = 0;
  /** Attempts that ended without a definite word. */
  unknown = 0;

  constructor(cluster: Cluster, prefix: string) {
    this.#cluster = cluster;
    this.#prefix = prefix;
  }

  get acknowledged(): readonly Acknowledged[] {
    return this.#acknowledged;
  }

  start(writers: number): void {
    this.#stopping = false;
    this.#running = Promise.all(
      Array.from({ length: writers }, () => this.#writer().catch((error) => this.#fail(error))),
    );
  }

  /** Resolves when every writer has ended; a write that never ends would hang here, so attempts have deadlines. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves with the next acknowledged write; rejects when there is none within the time, or a writer gave up. */
  next(withinMs: number): Promise<Acknowledged> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => watcher(new Error(`no write was acknowledged within ${withinMs} ms`)), withinMs);
      const watcher = (outcome: Acknowledged | Error) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.#watchers.add(watcher);
    });
  }

  close(): void {
    this.#caller.close();
  }

  /**
   * Compares the record with the cluster. Answers what is wrong: an acknowledged volume that is missing, or one that
   * nobody tried to create. Reads at whichever node answers as leader.
   */
  async verify(deadlineMs: number): Promise<readonly string[]> {
    // The writers go on: only what was acknowledged before the first page was read must be on the pages.
    const promised = [...this.#acknowledged];
    const found = new Set<string>();
    const until = performance.now() + deadlineMs;
    let after = '';
    for (;;) {
      const page = await this.#page(after, until);
      for (const name of page) found.add(name);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
    }
    return [
      ...promised
        .filter(({ volume }) => !found.has(volume))
        .map(({ volume, node }) => `lost: ${volume}, acknowledged by ${node}`),
      ...[...found].filter((name) => !this.#attempted.has(name)).map((name) => `never asked for: ${name}`),
    ];
  }

  async #page(after: string, until: number): Promise<string[]> {
    for (;;) {
      for (const { address } of this.#cluster.nodes) {
        const said = await this.#caller.call(address, {
          cmdType: Type.ListVolume,
          listVolumeRequest: {
            scope: hadoop.ozone.ListVolumeRequest.Scope.VOLUMES_BY_CLUSTER,
            prefix: this.#prefix,
            prevKey: after,
            maxKeys: 1000,
          },
          readConsistencyHint: { readConsistency: hadoop.ozone.ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY },
        });
        if (said.kind === 'answer' && said.response.status === Status.OK) {
          return (said.response.listVolumeResponse?.volumeInfo ?? []).map(({ volume }) => volume);
        }
      }
      if (performance.now() > until) throw new Error('no node answers a linearizable listing');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #writer(): Promise<void> {
    while (!this.#stopping) {
      this.#made += 1;
      await this.#create(`${this.#prefix}${this.#made}`);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const watcher of this.#watchers) watcher(this.#failure);
  }

  /** One volume: tries node after node until one acknowledges it or the workload stops. */
  async #create(volume: string): Promise<void> {
    this.#attempted.add(volume);
    let mayExist = false;
    let turn = this.#leader;
    while (!this.#stopping) {
      const at = turn % this.#cluster.nodes.length;
      const node = this.#cluster.nodes[at];
      if (node === undefined) throw new Error('a cluster without nodes');
      const said = await this.#caller.call(node.address, {
        cmdType: Type.CreateVolume,
        createVolumeRequest: { volumeInfo: { adminName: 'torture', ownerName: 'torture', volume } },
      });
      if (said.kind === 'answer') {
        const { status } = said.response;
        if (status === Status.OK || (status === Status.VOLUME_ALREADY_EXISTS && mayExist)) {
          this.#leader = at;
          const write = { volume, atMs: performance.now(), node: node.id };
          this.#acknowledged.push(write);
          for (const watcher of this.#watchers) watcher(write);
          return;
        }
        throw new Error(`${node.id} answered ${Status[status]} to CreateVolume ${volume}: ${said.response.message}`);
      }
      if (said.kind === 'unknown') {
        mayExist = true;
        this.unknown += 1;
      }
      turn += 1;
      if (turn % this.#cluster.nodes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
