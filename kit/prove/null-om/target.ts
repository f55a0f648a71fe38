/**
 * Three nodes of a null OM as a target of a run. They can be killed, started again and configured, and claim to give blocks, to freeze and to
 * be cut off, so that few rules are left out for want of a capability; all but being killed is all one to them.
 */
import { EnvironmentError } from '../../failure.js';
import { type Capability, PROFILES, type Profile, STAGES, type Stage } from '../../run/capability.js';
import { KIT_VERSION } from '../../run/package.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../../targets/target.js';
import type { NullOm } from './null-om.js';
import { type NullServer, serveNull } from './server.js';

const NODES = 3;

const IDENTITY: Identity = {
  organization: 'om-conformance',
  project: 'null OM',
  version: KIT_VERSION,
  url: 'README.md',
  contact: 'CONTRIBUTING.md',
};

/** What does not come at once never comes, so it is not waited for. */
const BUDGETS: Readonly<Record<NullOm['pace'], Budgets>> = {
  prompt: {
    callMs: 2_000,
    failoverMs: 100,
    nodeStartMs: 2_000,
    clusterStartMs: 200,
    writeTimeoutMs: 100,
    readTimeoutMs: 100,
    waitTimeoutMs: 100,
    heartbeatMs: 100,
    factor: 1,
    eventuallyMs: 10,
  },
  mute: {
    callMs: 20,
    failoverMs: 10,
    nodeStartMs: 20,
    clusterStartMs: 10,
    writeTimeoutMs: 20,
    readTimeoutMs: 20,
    waitTimeoutMs: 20,
    heartbeatMs: 100,
    factor: 1,
    eventuallyMs: 10,
  },
};

export class NullTarget implements Target {
  readonly kind = 'null';
  readonly identity = IDENTITY;
  readonly profiles: readonly Profile[] = PROFILES;
  readonly stages: readonly Stage[] = STAGES;
  readonly budgets: Budgets;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    'kill-node',
    'restart-node',
    'freeze-node',
    'isolate-node',
    'isolate-one-way',
    'configure',
    'blocks',
  ]);
  #endpoints: readonly NodeEndpoint[] = [];
  readonly #servers = new Map<string, NullServer>();

  constructor(private readonly om: NullOm) {
    this.budgets = BUDGETS[om.pace];
  }

  get nodes(): readonly NodeEndpoint[] {
    return this.#endpoints;
  }

  async start(): Promise<void> {
    const ids = Array.from({ length: NODES }, (_, at) => `om${at + 1}`);
    for (const [at, id] of ids.entries()) this.#servers.set(id, await serveNull(this.om, at));
    this.#endpoints = [...this.#servers].map(([id, { address }]) => ({ id, address }));
  }

  async stop(): Promise<void> {
    for (const id of [...this.#servers.keys()]) await this.killNode(id);
  }

  async enterStage(): Promise<void> {}

  /** Whatever it is told to be, it stays what it is. */
  async configure(): Promise<void> {}

  /** It answers nothing in a way that depends on others, so it has nothing to be kept from. */
  async freezeNode(): Promise<void> {}
  async thawNode(): Promise<void> {}
  async isolateNode(): Promise<void> {}
  async healNode(): Promise<void> {}

  async killNode(node: string): Promise<void> {
    await this.#servers.get(node)?.close();
    this.#servers.delete(node);
  }

  async restartNode(node: string): Promise<void> {
    await this.killNode(node);
    const at = this.#endpoints.findIndex(({ id }) => id === node);
    const address = this.#endpoints[at]?.address;
    if (address === undefined) throw new EnvironmentError('NODE_ACTION_FAILED', `there is no node ${node}`);
    this.#servers.set(node, await serveNull(this.om, at, Number(address.slice(address.lastIndexOf(':') + 1))));
  }
}
