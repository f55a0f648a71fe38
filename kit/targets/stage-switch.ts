/**
 * Puts a cluster that the kit does not configure itself into a stage: by the hook, by the control service, or, where there
 * is neither, by believing the target file that its configuration fits.
 */
import { UsageError } from '../failure.js';
import type { Stage } from '../run/capability.js';
import { type ConfigurationKeys, STAGE_KEYS, sameKeys } from '../run/stages.js';
import type { Hooks } from './hooks.js';
import type { Probe } from './probe.js';

export class StageSwitch {
  private keys: ConfigurationKeys | undefined;
  private byControl: boolean | undefined;
  private stage: Stage;

  constructor(
    private readonly stages: readonly Stage[],
    private readonly hooks: Hooks,
    private readonly probe: Probe,
    /** Where the kit runs the nodes, the hook only writes configuration: it is called while they are down. */
    private readonly whileDown: (act: () => Promise<void>) => Promise<void> = (act) => act(),
  ) {
    this.stage = stages[0] ?? 'plain';
  }

  /** What the cluster was told to run with; undefined until it was told for the first time. */
  get told(): ConfigurationKeys | undefined {
    return this.keys;
  }

  /**
   * Configures the cluster where that is possible and needed; does not wait for a leader.
   *
   * @param more keys on top of the stage's
   * @throws UsageError STAGE_UNAVAILABLE
   * @throws EnvironmentError when hook or control service fail
   */
  async to(stage: Stage, more: ConfigurationKeys = {}): Promise<void> {
    const stageKeys = STAGE_KEYS[stage];
    if (stageKeys === undefined || !this.stages.includes(stage)) {
      const offered = this.stages.join(', ');
      throw new UsageError('STAGE_UNAVAILABLE', `the target cannot be put in stage "${stage}"; it has ${offered}`);
    }
    this.stage = stage;
    const keys = { ...stageKeys, ...more };
    if (this.keys !== undefined && sameKeys(keys, this.keys)) return;
    if (this.hooks.has('configure')) await this.whileDown(() => this.hooks.configure(stage, keys));
    else if (await this.controlConfigures()) await this.probe.control?.configure(keys);
    else return;
    this.keys = keys;
  }

  /** Keeps the present stage. Throws as `to` does. */
  async configure(more: ConfigurationKeys): Promise<void> {
    await this.to(this.stage, more);
  }

  private async controlConfigures(): Promise<boolean> {
    this.byControl ??= (await this.probe.control?.capabilities())?.has('configure') ?? false;
    return this.byControl;
  }
}
