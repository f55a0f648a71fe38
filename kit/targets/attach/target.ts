/**
 * A cluster that already runs: the kit only connects to it. It acts on nodes through the hooks of the target file alone, and
 * never ends what it did not start.
 */
import { EnvironmentError, HarnessError } from '../../failure.js';
import type { Capability, Profile, Stage } from '../../run/capability.js';
import type { ConfigurationKeys } from '../../run/stages.js';
import { budgetsOf, budgetsUnder } from '../budgets.js';
import { CommandSaidNo } from '../command.js';
import { endpointsOf } from '../endpoints.js';
import { Hooks } from '../hooks.js';
import { Probe } from '../probe.js';
import type { AttachFile } from '../schema.js';
import { StageSwitch } from '../stage-switch.js';
import type { Budgets, Identity, NodeEndpoint, Target } from '../target.js';

export interface AttachOptions {
  /** Folder of the target file: TLS files are relative to it, hooks run in it. */
  readonly folder: string;
  /** Multiplies every budget, on top of the file's own factor. */
  readonly timeoutFactor?: number;
}

type OnNode = (node: string) => Promise<void>;

export class AttachTarget implements Target {
  readonly kind = 'attach';
  readonly identity: Identity;
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly lacking: ReadonlyMap<Capability, string>;
  readonly killNode?: OnNode;
  readonly restartNode?: OnNode;
  readonly freezeNode?: OnNode;
  readonly thawNode?: OnNode;
  readonly isolateNode?: OnNode;
  readonly healNode?: OnNode;
  private readonly hooks: Hooks;
  /** Hooks that were seen to work, with the node. */
  private readonly tried = new Set<string>();
  /** Those of the file, whatever the nodes were told. */
  private readonly inFile: Budgets;
  private endpoints: readonly NodeEndpoint[] = [];
  private link: { readonly probe: Probe; readonly stage: StageSwitch } | undefined;

  constructor(
    private readonly file: AttachFile,
    private readonly options: AttachOptions,
  ) {
    const timeoutFactor = file.timeoutFactor * (options.timeoutFactor ?? 1);
    this.identity = file.identity;
    this.profiles = file.profiles;
    this.stages = file.stages;
    this.inFile = budgetsOf(file.budgets, timeoutFactor);
    const hooks = new Hooks(file.hooks, { folder: options.folder, timeoutFactor });
    this.hooks = hooks;
    this.capabilities = hooks.capabilities;
    this.lacking = new Map(hooks.lacking(['kill-node', 'restart-node', 'freeze-node', 'isolate-node', 'configure']));
    if (hooks.has('kill-node')) this.killNode = (node) => this.silence('kill-node', node);
    if (hooks.has('restart-node')) {
      this.restartNode = async (node) => {
        try {
          await hooks.run('restart-node', node);
        } catch (cause) {
          // A node may be right not to start (HA-18): the hook has printed why.
          if (!(cause instanceof CommandSaidNo)) throw cause;
          throw new EnvironmentError('NODE_START_FAILED', cause.message, { cause });
        }
        await this.connected().probe.nodeAnswers(node);
      };
    }
    if (hooks.has('freeze-node')) {
      this.freezeNode = (node) => this.silence('freeze-node', node);
      this.thawNode = (node) => hooks.undo('freeze-node', node);
    }
    if (hooks.has('isolate-node')) {
      this.isolateNode = (node) => hooks.run('isolate-node', node);
      this.healNode = (node) => hooks.undo('isolate-node', node);
    }
  }

  get budgets(): Budgets {
    return budgetsUnder(this.inFile, this.link?.stage.told);
  }

  get nodes(): readonly NodeEndpoint[] {
    return this.endpoints;
  }

  /** Whether the cluster answers is for the doctor to find out, who says it better. */
  async start(): Promise<void> {
    this.endpoints = endpointsOf(this.file, this.options.folder);
    const probe = new Probe(this.endpoints, this.budgets);
    const stage = new StageSwitch(this.stages, this.hooks, probe);
    this.link = { probe, stage };
    await stage.to(this.stages[0] ?? 'plain');
  }

  async stop(): Promise<void> {
    this.link?.probe.close();
    this.link = undefined;
  }

  async enterStage(stage: Stage): Promise<void> {
    const link = this.connected();
    await link.stage.to(stage);
    await link.probe.leaderAccepts();
  }

  async configure(keys: ConfigurationKeys): Promise<void> {
    const link = this.connected();
    await link.stage.configure(keys);
    await link.probe.leaderAccepts();
  }

  /** A hook that does nothing would make findings about the implementation: it is tried once for each node. */
  private async silence(hook: 'kill-node' | 'freeze-node', node: string): Promise<void> {
    await this.hooks.run(hook, node);
    if (this.tried.has(`${hook} ${node}`)) return;
    await this.connected().probe.nodeIsSilent(node, `hook ${hook}`);
    this.tried.add(`${hook} ${node}`);
  }

  private connected() {
    if (this.link === undefined) throw new HarnessError('TARGET_MISUSED', 'the target is not started');
    return this.link;
  }
}
