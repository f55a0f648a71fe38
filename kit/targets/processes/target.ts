/**
 * A cluster whose nodes the kit runs by the commands of the target file, each in a process group of its own that is ended by
 * its id. Hooks of the same file add what the commands cannot do.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EnvironmentError, HarnessError } from '../../failure.js';
import type { Capability, Profile, Stage } from '../../run/capability.js';
import type { ConfigurationKeys } from '../../run/stages.js';
import { messageOf } from '../../wire/text.js';
import { budgetsOf, budgetsUnder } from '../budgets.js';
import { fillIn, runCommand } from '../command.js';
import { endpointsOf } from '../endpoints.js';
import { Guard } from '../guard.js';
import { Hooks } from '../hooks.js';
import { NodeProcess } from '../node-process.js';
import { Probe } from '../probe.js';
import type { ProcessesFile } from '../schema.js';
import { StageSwitch } from '../stage-switch.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../target.js';

export interface ProcessesOptions {
  /** Folder of the target file, in which its commands run. */
  readonly folder: string;
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
}

type Verb = 'stop' | 'kill' | 'freeze' | 'thaw';
const STOP_GRACE_MS = 10_000;

interface Running {
  readonly guard: Guard;
  readonly probe: Probe;
  readonly stage: StageSwitch;
  /** Folder of the nodes' logs. */
  readonly logs: string;
}

export class ProcessesTarget implements Target {
  readonly kind = 'processes';
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly lacking: ReadonlyMap<Capability, string>;
  readonly isolateNode?: (node: string) => Promise<void>;
  readonly healNode?: (node: string) => Promise<void>;
  private readonly hooks: Hooks;
  /** Those of the file, whatever the nodes were told. */
  private readonly inFile: Budgets;
  private readonly processes = new Map<string, NodeProcess>();
  private endpoints: readonly NodeEndpoint[] = [];
  private state: Running | undefined;

  constructor(
    private readonly file: ProcessesFile,
    private readonly options: ProcessesOptions,
  ) {
    const timeoutFactor = file.timeoutFactor * (options.timeoutFactor ?? 1);
    this.identity = file.identity;
    this.profiles = file.profiles;
    this.stages = file.stages;
    this.inFile = budgetsOf(file.budgets, timeoutFactor);
    const hooks = new Hooks(file.hooks, { folder: options.folder, timeoutFactor, env: file.env });
    this.hooks = hooks;
    this.capabilities = new Set<Capability>([...hooks.capabilities, 'restart-node', 'kill-node', 'freeze-node']);
    this.lacking = new Map(hooks.lacking(['isolate-node', 'configure']));
    if (hooks.has('isolate-node')) {
      this.isolateNode = (node) => hooks.run('isolate-node', node);
      this.healNode = (node) => hooks.undo('isolate-node', node);
    }
  }

  get budgets(): Budgets {
    return budgetsUnder(this.inFile, this.state?.stage.told);
  }

  get nodes(): readonly NodeEndpoint[] {
    return this.endpoints;
  }

  processIds(): ReadonlyMap<string, number> {
    return new Map([...this.processes].filter(([, one]) => one.running).map(([id, one]) => [id, one.pid]));
  }

  async start(): Promise<void> {
    if (this.state !== undefined) throw new HarnessError('TARGET_MISUSED', 'the target was started twice');
    this.endpoints = endpointsOf(this.file, this.options.folder);
    const logs = this.logsFolder();
    const probe = new Probe(this.endpoints, this.budgets);
    const stage = new StageSwitch(this.stages, this.hooks, probe, (act) => this.whileDown(act));
    this.state = { guard: new Guard(), probe, stage, logs };
    if (this.file.logs === undefined) this.state.guard.removeAfter(logs);
    try {
      // Nodes that read their keys when they start get them first; others are asked while they run.
      if (!this.hooks.has('configure')) await this.everyNodeRuns();
      await stage.to(this.stages[0] ?? 'plain');
      await probe.leaderAccepts();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const { state } = this;
    this.state = undefined;
    if (state === undefined) return;
    state.probe.close();
    const ended = await Promise.allSettled([...this.processes.keys()].map((node) => this.end(node)));
    this.processes.clear();
    state.guard.release();
    if (this.file.logs === undefined) rmSync(state.logs, { recursive: true, force: true });
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  async enterStage(stage: Stage): Promise<void> {
    const running = this.running();
    await this.everyNodeRuns();
    await running.stage.to(stage);
    await running.probe.leaderAccepts();
  }

  async configure(keys: ConfigurationKeys): Promise<void> {
    const { stage, probe } = this.running();
    await this.everyNodeRuns();
    await stage.configure(keys);
    await probe.leaderAccepts();
  }

  async killNode(node: string): Promise<void> {
    const found = this.processOf(node);
    await this.command('kill', node);
    await found.kill();
  }

  async restartNode(node: string): Promise<void> {
    const endpoint = this.endpointOf(node);
    if (this.processes.get(node)?.running) await this.end(node);
    await this.spawn(endpoint);
  }

  async freezeNode(node: string): Promise<void> {
    const found = this.processOf(node);
    if (!(await this.command('freeze', node))) await found.freeze();
  }

  async thawNode(node: string): Promise<void> {
    const found = this.processOf(node);
    if (!(await this.command('thaw', node))) found.thaw();
  }

  private logsFolder(): string {
    if (this.file.logs === undefined) return mkdtempSync(join(tmpdir(), 'om-conformance-'));
    const kept = resolve(this.options.folder, this.file.logs);
    try {
      mkdirSync(kept, { recursive: true });
    } catch (cause) {
      throw new EnvironmentError('FILE_SYSTEM', `logs: ${kept} cannot be made: ${messageOf(cause)}`, { cause });
    }
    return kept;
  }

  private async whileDown(act: () => Promise<void>): Promise<void> {
    await Promise.all([...this.processes.keys()].map((node) => this.end(node)));
    await act();
    await this.everyNodeRuns();
  }

  /** Starts the nodes that are down. Waits for all of them, also when one has failed. */
  private async everyNodeRuns(): Promise<void> {
    const down = this.endpoints.filter((node) => !this.processes.get(node.id)?.running);
    const started = await Promise.allSettled(down.map((node) => this.spawn(node)));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
  }

  /** Runs the start command and waits until the node answers. */
  private async spawn(endpoint: NodeEndpoint): Promise<void> {
    const { guard, probe, logs } = this.running();
    const started = await NodeProcess.start(
      endpoint.id,
      {
        command: '/bin/sh',
        args: ['-c', this.filled(this.file.commands.start, endpoint)],
        cwd: this.options.folder,
        env: this.file.env,
        logPath: join(logs, `${endpoint.id}.log`),
      },
      guard,
    );
    this.processes.set(endpoint.id, started);
    const ended = started.exited.then(({ code, signal }) => {
      const how = code === null ? `signal ${signal}` : `exit code ${code}`;
      const tail = started.logTail() || 'no output';
      throw new EnvironmentError('NODE_START_FAILED', `the start command of ${endpoint.id} ended with ${how}: ${tail}`);
    });
    ended.catch(() => {}); // Seen by the race below; later it is the end of a node that had started.
    try {
      await Promise.race([probe.nodeAnswers(endpoint.id), ended]);
    } catch (error) {
      if (!(error instanceof EnvironmentError && error.code === 'NODE_UNREACHABLE')) throw error;
      const log = `${error.message}; the end of its log: ${started.logTail() || 'no output'}`;
      throw new EnvironmentError('NODE_START_FAILED', log, { cause: error });
    }
  }

  private async end(node: string): Promise<void> {
    const found = this.processes.get(node);
    if (found === undefined || !found.running) return;
    await this.command('stop', node);
    await found.stop(STOP_GRACE_MS);
  }

  /** Answers whether the file has such a command. */
  private async command(verb: Verb, node: string): Promise<boolean> {
    const text = this.file.commands[verb];
    if (text === undefined) return false;
    await runCommand(this.filled(text, this.endpointOf(node)), {
      purpose: `command ${verb} for ${node}`,
      cwd: this.options.folder,
      timeoutMs: this.budgets.nodeStartMs,
      env: this.file.env,
    });
    return true;
  }

  private filled(text: string, endpoint: NodeEndpoint): string {
    const { id: node, address, control } = endpoint;
    return fillIn(text, { node, address, ...(control === undefined ? {} : { control }) });
  }

  private running(): Running {
    if (this.state === undefined) throw new HarnessError('TARGET_MISUSED', 'the target is not started');
    return this.state;
  }

  private endpointOf(node: string): NodeEndpoint {
    const found = this.endpoints.find((one) => one.id === node);
    if (found === undefined) throw new HarnessError('UNKNOWN_NODE', `the target has no node "${node}"`);
    return found;
  }

  private processOf(node: string): NodeProcess {
    const found = this.processes.get(this.endpointOf(node).id);
    if (found === undefined || !found.running)
      throw new EnvironmentError('NODE_ACTION_FAILED', `node ${node} does not run`);
    return found;
  }
}
