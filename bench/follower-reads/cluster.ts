/**
 * A cluster with follower reads on, as this section needs it: who leads, a follower that stops applying, a write and the state
 * id that it was answered with. Where it waits, it waits for what a node says of itself, not for a time.
 */
import { createControlClient } from '../../kit/control/client.js';
import type { ControlClient } from '../../kit/control/control.js';
import { EnvironmentError } from '../../kit/failure.js';
import type { ConfigurationKeys } from '../../kit/run/stages.js';
import { requestOf } from '../../kit/scenario/operation.js';
import type { Target } from '../../kit/targets/target.js';
import { type ClosableOmClient, createOmClient } from '../../kit/wire/client.js';
import { MAIN, readVector } from '../../kit/wire/state-vector.js';
import { TranscriptLog } from '../../kit/wire/transcript-log.js';
import type { OmSystem } from '../systems/om.js';

const STAGE = 'follower-reads';
/**
 * A read that says nothing is answered by the leader from its own state, as one with a state id is: only so do the two differ in
 * nothing but the id. And reads that wait for longer than anything here takes.
 */
const KEYS: ConfigurationKeys = {
  'ozone.om.ha.raft.server.read.option': 'DEFAULT',
  'ozone.om.follower.read.wait.timeout': '10m',
  'ozone.om.follower.read.wait.queue.limit': '10000',
};
const NEEDED = ['pause-apply', 'counters', 'status', 'configure'] as const;
const LOOK_EVERY_MS = 5;
const COMES_WITHIN_MS = 30_000;

export interface Node {
  readonly id: string;
  /** host:port of the OM service. */
  readonly address: string;
}

/** A volume that was just made. */
export interface Written {
  readonly volume: string;
  /** As the leader's answer had it in `om-state-id`. */
  readonly stateId: string;
}

export class FollowerReadsCluster {
  readonly #run = Date.now().toString(36);
  #volumes = 0;

  private constructor(
    readonly system: OmSystem,
    readonly control: ControlClient,
    private readonly client: ClosableOmClient,
  ) {}

  /** Puts the cluster in the stage; or answers why there is nothing to measure. */
  static async open(system: OmSystem): Promise<FollowerReadsCluster | { readonly cannot: string }> {
    const { target } = system;
    if (!target.stages.includes(STAGE) || target.configure === undefined) {
      return { cannot: `${system.name} has no stage ${STAGE} and nothing to compare` };
    }
    const { nodes, budgets } = target;
    const control = createControlClient({
      nodes,
      callMs: budgets.callMs,
      slowCallMs: budgets.clusterStartMs,
      transcript: new TranscriptLog(),
    });
    const offered = (await control?.capabilities()) ?? new Set();
    const missing = NEEDED.filter((capability) => !offered.has(capability));
    if (control === undefined || missing.length > 0) {
      control?.close();
      return { cannot: `${system.name} lacks ${missing.join(', ')}` };
    }
    await target.enterStage(STAGE);
    await target.configure(KEYS);
    const client = createOmClient({ nodes, callMs: budgets.callMs, clientId: 'bench', transcript: undefined });
    return new FollowerReadsCluster(system, control, client);
  }

  get nodes(): Target['nodes'] {
    return this.system.target.nodes;
  }

  async leader(): Promise<Node> {
    const address = await this.system.leader();
    return this.#node((node) => node.address === address, `at ${address}`);
  }

  async follower(): Promise<Node> {
    const leader = await this.leader();
    return this.#node(({ id }) => id !== leader.id, `besides ${leader.id}`);
  }

  /** @throws EnvironmentError GIVEN_NOT_MET where the target does not run it */
  processId(node: Node): number {
    const pid = this.system.target.processIds?.().get(node.id);
    if (pid === undefined) throw new EnvironmentError('GIVEN_NOT_MET', `no process of ${node.id} is known`);
    return pid;
  }

  /** Makes a volume, and waits until `node`, which need not apply it, knows that it is committed. */
  async write(node: Node): Promise<Written> {
    const leader = await this.leader();
    const volume = `bench-${this.#run}-${++this.#volumes}`;
    const outcome = await this.client.call(
      leader.id,
      requestOf({ kind: 'create-volume', volume, owner: 'bench', quota: undefined }),
    );
    const stateId = outcome.trailers.get('om-state-id') ?? '';
    const read = readVector(stateId);
    if (outcome.kind !== 'answered' || !outcome.response.success || read.kind === 'malformed') {
      throw new EnvironmentError('GIVEN_NOT_MET', `volume ${volume} was not made, or answered without a state id`);
    }
    const index = read.vector.get(MAIN) ?? 0n;
    await this.#until(`${node.id} knows that entry ${index} is committed`, async () => {
      const groups = await this.control.status(node.id);
      return groups.some(({ group, commitIndex }) => group === MAIN && commitIndex >= index);
    });
    return { volume, stateId };
  }

  async waitingReads(node: Node): Promise<bigint> {
    return (await this.control.counters(node.id)).get('waiting_reads') ?? 0n;
  }

  async untilWaiting(node: Node, reads: number): Promise<void> {
    await this.#until(
      `${reads} reads wait at ${node.id}`,
      async () => (await this.waitingReads(node)) === BigInt(reads),
    );
  }

  close(): void {
    this.client.close();
    this.control.close();
  }

  #node(is: (node: Node) => boolean, which: string): Node {
    const node = this.nodes.find(is);
    if (node === undefined) throw new EnvironmentError('GIVEN_NOT_MET', `${this.system.name} has no node ${which}`);
    return node;
  }

  /** @throws EnvironmentError GIVEN_NOT_MET */
  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const endsAtMs = performance.now() + COMES_WITHIN_MS;
    while (!(await holds())) {
      if (performance.now() > endsAtMs) throw new EnvironmentError('GIVEN_NOT_MET', `not within 30 s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
