/**
 * The bundled cluster as a target: one process per node on loopback, in a fresh folder that is removed at the end. It starts
 * and ends processes and waits for them; what the nodes do is their own business.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, HarnessError, UsageError } from '../../failure.js';
import type { Capability, Profile, Stage } from '../../run/capability.js';
import { type ConfigurationKeys, STAGE_KEYS, sameKeys } from '../../run/stages.js';
import { budgetsOf, budgetsUnder } from '../budgets.js';
import { Guard } from '../guard.js';
import { NodeProcess } from '../node-process.js';
import { type HeldPorts, holdPorts } from '../ports.js';
import { Probe } from '../probe.js';
import type { ReferenceFile } from '../schema.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../target.js';
import { ListeningLine, NODE_ENVIRONMENT, NODE_FLAGS, nodeArguments, referenceProgram } from './program.js';

/** Another program may take a port between our look and the node's. */
const START_TRIES = 3;
const PORT_CLASH = /EADDRINUSE|PORT_(?:TAKEN|IN_USE)|address already in use/i;
/** What a node says that was given keys which it does not take. */
const KEY_REFUSED = /CONFIGURATION_INVALID: (.*?)(?:\. Correct the key|$)/m;
/** What a node says that cannot store anything: an installation without optional packages. */
const NO_STORAGE = /SQLITE_MISSING/;
const STOP_GRACE_MS = 5000;

export interface ReferenceOptions {
  /** Another build of the same program, such as one with a mutant. */
  readonly program?: string;
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
}

interface Member {
  readonly endpoint: NodeEndpoint & { readonly control: string };
  readonly peer: string;
  process: NodeProcess | undefined;
}

export class ReferenceTarget implements Target {
  readonly kind = 'reference';
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  /** Of the target's own; the control service of the nodes offers more. */
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(['restart-node', 'kill-node', 'freeze-node']);
  private readonly cluster = randomUUID();
  /** Those of the file, whatever the nodes were told. */
  private readonly inFile: Budgets;
  private members = new Map<string, Member>();
  private guard: Guard | undefined;
  private probe: Probe | undefined;
  private folder: string | undefined;
  private held: HeldPorts | undefined;
  private keys: ConfigurationKeys;
  private stage: Stage;

  constructor(
    private readonly file: ReferenceFile,
    private readonly options: ReferenceOptions = {},
  ) {
    this.identity = file.identity ?? ownIdentity();
    this.profiles = file.profiles;
    this.stages = file.stages;
    this.inFile = budgetsOf(file.budgets, file.timeoutFactor * (options.timeoutFactor ?? 1));
    this.stage = file.stages[0] ?? 'plain';
    this.keys = this.keysOf(this.stage);
  }

  get budgets(): Budgets {
    return budgetsUnder(this.inFile, this.keys);
  }

  get nodes(): readonly NodeEndpoint[] {
    return [...this.members.values()].map((member) => member.endpoint);
  }

  /** Where data and logs of the nodes are; undefined before `start`. */
  get dataDir(): string | undefined {
    return this.folder;
  }

  processIds(): ReadonlyMap<string, number> {
    const running = [...this.members].filter(([, member]) => member.process?.running);
    return new Map(running.flatMap(([id, member]) => (member.process === undefined ? [] : [[id, member.process.pid]])));
  }

  async start(): Promise<void> {
    if (this.guard !== undefined) throw new HarnessError('TARGET_MISUSED', 'the reference target was started twice');
    referenceProgram(this.options.program);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.startOnce();
        return;
      } catch (error) {
        await this.stop();
        if (attempt === START_TRIES || !(error instanceof EnvironmentError && error.code === 'PORT_TAKEN')) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    this.probe?.close();
    this.probe = undefined;
    await Promise.all([...this.members.values()].map((member) => member.process?.stop(STOP_GRACE_MS)));
    this.guard?.release();
    this.guard = undefined;
    this.held?.release();
    this.held = undefined;
    if (this.folder !== undefined && !this.file.keep) {
      rmSync(this.folder, { recursive: true, force: true });
      this.folder = undefined;
    }
  }

  async enterStage(stage: Stage): Promise<void> {
    await this.runWith(this.keysOf(stage));
    this.stage = stage;
  }

  async configure(keys: ConfigurationKeys): Promise<void> {
    await this.runWith({ ...this.keysOf(this.stage), ...keys });
  }

  private async runWith(wanted: ConfigurationKeys): Promise<void> {
    const { probe } = this.running();
    await this.everyNodeRuns();
    if (!sameKeys(wanted, this.keys)) {
      await probe.control?.configure(wanted);
      this.keys = wanted;
    }
    await probe.leaderAccepts();
  }

  async killNode(node: string): Promise<void> {
    await this.processOf(node).kill();
  }

  async restartNode(node: string): Promise<void> {
    const { probe } = this.running();
    const member = this.memberOf(node);
    if (member.process?.running) await member.process.stop(STOP_GRACE_MS);
    await this.spawn(node);
    await probe.nodeAnswers(node);
  }

  async freezeNode(node: string): Promise<void> {
    await this.processOf(node).freeze();
  }

  async thawNode(node: string): Promise<void> {
    this.processOf(node).thaw();
  }

  private async startOnce(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'om-reference-'));
    this.guard = new Guard();
    if (!this.file.keep) this.guard.removeAfter(this.folder);
    this.held = await holdPorts(this.file.nodes * 3);
    const ports = [...this.held.ports];
    const next = () => `127.0.0.1:${ports.shift()}`;
    this.members = new Map(
      Array.from({ length: this.file.nodes }, (_, index) => {
        const id = `om${index + 1}`;
        return [id, { endpoint: { id, address: next(), control: next() }, peer: next(), process: undefined }];
      }),
    );
    this.probe = new Probe(this.nodes, this.budgets);
    await this.everyNodeRuns();
    await this.probe.leaderAccepts();
  }

  /** Starts the nodes that are down and wakes those that are frozen. Waits for all of them, also when one has failed. */
  private async everyNodeRuns(): Promise<void> {
    const started = await Promise.allSettled(
      [...this.members].map(async ([id, { process: node }]) => {
        if (node?.running) node.thaw();
        else await this.spawn(id);
      }),
    );
    for (const one of started) if (one.status === 'rejected') throw one.reason;
  }

  /** Runs a node's process and waits until it says that it listens. */
  private async spawn(id: string): Promise<void> {
    const { guard, folder } = this.running();
    const member = this.memberOf(id);
    const line = new ListeningLine(id);
    const args = nodeArguments({
      id,
      dataDir: join(folder, id),
      cluster: this.cluster,
      peers: new Map([...this.members].map(([peer, { peer: address }]) => [peer, address])),
      listen: member.endpoint.address,
      control: member.endpoint.control,
      keys: this.keys,
    });
    const process_ = await NodeProcess.start(
      id,
      {
        command: process.execPath,
        args: [...NODE_FLAGS, referenceProgram(this.options.program), ...args],
        env: NODE_ENVIRONMENT,
        logPath: join(folder, `${id}.log`),
        onStdout: (text) => line.take(text),
      },
      guard,
    );
    member.process = process_;
    const heard = await firstOf(line.seen, process_.exited, this.budgets.nodeStartMs);
    if (heard === 'listens') return;
    const tail = process_.logTail();
    if (heard === 'ended' && PORT_CLASH.test(tail)) throw new EnvironmentError('PORT_TAKEN', `${id}: ${tail}`);
    const refusedKey = heard === 'ended' ? KEY_REFUSED.exec(tail)?.[1] : undefined;
    if (refusedKey !== undefined) {
      throw new UsageError(
        'TARGET_FILE_INVALID',
        `the reference cluster does not take a key under \`keys:\`: ${refusedKey}`,
      );
    }
    if (heard === 'ended' && NO_STORAGE.test(tail)) {
      throw new EnvironmentError(
        'REFERENCE_NOT_BUILT',
        'the bundled cluster needs the optional package better-sqlite3, which is not installed, or was built for another Node.js',
      );
    }
    const what = heard === 'ended' ? 'ended while starting' : `did not listen within ${this.budgets.nodeStartMs} ms`;
    throw new EnvironmentError(
      'NODE_START_FAILED',
      `node ${id} of the reference cluster ${what}: ${tail || 'no output'}`,
    );
  }

  private keysOf(stage: Stage): ConfigurationKeys {
    const keys = STAGE_KEYS[stage];
    if (keys === undefined || !this.stages.includes(stage)) {
      throw new UsageError('STAGE_UNAVAILABLE', `the reference target has no stage "${stage}" in this version`);
    }
    return { ...keys, ...this.file.keys };
  }

  private running(): { guard: Guard; probe: Probe; folder: string } {
    const { guard, probe, folder } = this;
    if (guard === undefined || probe === undefined || folder === undefined) {
      throw new HarnessError('TARGET_MISUSED', 'the reference target is not started');
    }
    return { guard, probe, folder };
  }

  private memberOf(node: string): Member {
    const member = this.members.get(node);
    if (member === undefined) throw new HarnessError('UNKNOWN_NODE', `the reference cluster has no node "${node}"`);
    return member;
  }

  private processOf(node: string): NodeProcess {
    const { process: found } = this.memberOf(node);
    if (found === undefined || !found.running) {
      throw new EnvironmentError('NODE_ACTION_FAILED', `node ${node} of the reference cluster does not run`);
    }
    return found;
  }
}

function firstOf(seen: Promise<void>, exited: Promise<unknown>, ms: number): Promise<'listens' | 'ended' | 'late'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle('late'), ms);
    const settle = (what: 'listens' | 'ended' | 'late') => {
      clearTimeout(timer);
      resolve(what);
    };
    void seen.then(() => settle('listens'));
    void exited.then(() => settle('ended'));
  });
}

function ownIdentity(): Identity {
  const path = new URL('../../../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return {
    organization: 'om-conformance',
    project: 'om-reference',
    version,
    // The bundled cluster is answered for by the package that it comes with.
    url: 'README.md',
    contact: 'CONTRIBUTING.md',
  };
}
