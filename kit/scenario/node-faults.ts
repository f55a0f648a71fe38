/**
 * Ends, stops, wakes and configures nodes through the target, and keeps a list of what it did, so that the cluster can be put back
 * whatever becomes of the scenario.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import type { ConfigurationKeys } from '../run/stages.js';
import { type ClockJump, jumpOf } from './clock-jump.js';
import { settle } from './settled.js';

/** What came of starting a node that may refuse. */
export type StartAnswer =
  | { readonly kind: 'started' }
  /** Its last words. */
  | { readonly kind: 'refused'; readonly words: string };

/** Throws EnvironmentError where the target cannot start nodes. */
export async function startAnswer({ target }: RunContext, node: string): Promise<StartAnswer> {
  if (target.restartNode === undefined) throw unable('start', node);
  try {
    await target.restartNode(node);
    return { kind: 'started' };
  } catch (error) {
    if (!(error instanceof EnvironmentError) || error.code !== 'NODE_START_FAILED') throw error;
    return { kind: 'refused', words: error.message };
  }
}

export class NodeFaults {
  readonly #down = new Set<string>();
  readonly #frozen = new Set<string>();
  readonly #paused = new Set<string>();
  /** With what reconnects each. */
  readonly #isolated = new Map<string, ((node: string) => Promise<void>) | undefined>();
  /** How far the wall clock of each is ahead of what it would show. */
  readonly #clocks = new Map<string, bigint>();
  #configured = false;
  /** Something was undone, and the cluster has not been seen settled since. */
  #unsettled = false;

  constructor(private readonly run: RunContext) {}

  /** Nodes that this scenario has ended and not started again. */
  get down(): ReadonlySet<string> {
    return this.#down;
  }

  /** Nodes that this scenario has frozen and not woken. */
  get frozen(): ReadonlySet<string> {
    return this.#frozen;
  }

  /** kill -9, all at once. */
  async kill(nodes: readonly string[]): Promise<void> {
    const { target } = this.run;
    await Promise.all(
      nodes.map(async (node) => {
        if (target.killNode === undefined) throw unable('kill', node);
        this.#down.add(node);
        await target.killNode(node);
      }),
    );
  }

  /** Starts nodes that were ended; resolves when each answers. */
  async start(nodes: readonly string[]): Promise<void> {
    const { target } = this.run;
    await Promise.all(
      nodes.map(async (node) => {
        if (target.restartNode === undefined) throw unable('start', node);
        await target.restartNode(node);
        this.#started(node);
      }),
    );
  }

  /** Ends a node in good order and starts it; resolves when it answers. */
  async restart(node: string): Promise<void> {
    const { target } = this.run;
    if (target.restartNode === undefined) throw unable('restart', node);
    // Where it does not come up again it is down, and started in the end.
    this.#down.add(node);
    await target.restartNode(node);
    // Its apply runs again, and its clock is the system's.
    this.#paused.delete(node);
    this.#started(node);
  }

  /** As `start`, but that a node refuses is told, not thrown. */
  async tryToStart(nodes: readonly string[]): Promise<{ readonly node: string; readonly answer: StartAnswer }[]> {
    return await Promise.all(
      nodes.map(async (node) => {
        const answer = await startAnswer(this.run, node);
        if (answer.kind === 'started') this.#started(node);
        return { node, answer };
      }),
    );
  }

  /** All at once: they lose what their disks had not synced, and are down. */
  async losePower(nodes: readonly string[], seed: bigint): Promise<void> {
    if (this.run.control === undefined) throw unable('take the power from', nodes.join(', '));
    for (const node of nodes) this.#down.add(node);
    await this.run.control.powerLoss(nodes, seed);
  }

  /** Erases all nodes: they are another cluster now, which has the same names and no data. Resolves with its leader. */
  async reformat(): Promise<string> {
    if (this.run.control === undefined) throw unable('reformat', 'the nodes');
    // Where it fails half-way nothing brings the nodes together again: the scenarios after this one are held back.
    this.#unsettled = true;
    await this.run.control.reformat();
    const leader = await settle(this.run);
    this.#unsettled = false;
    return leader;
  }

  async freeze(node: string): Promise<void> {
    const { target } = this.run;
    if (target.freezeNode === undefined) throw unable('freeze', node);
    this.#frozen.add(node);
    await target.freezeNode(node);
  }

  async wake(node: string): Promise<void> {
    const { target } = this.run;
    if (target.thawNode === undefined) throw unable('wake', node);
    await target.thawNode(node);
    this.#frozen.delete(node);
  }

  /** Stops the node's apply: it goes on voting and acknowledging (harness-contracts.md §2). */
  async pauseApply(node: string): Promise<void> {
    if (this.run.control === undefined) throw unable('pause the apply of', node);
    this.#paused.add(node);
    await this.run.control.pauseApply(node);
  }

  async resumeApply(node: string): Promise<void> {
    if (this.run.control === undefined) throw unable('resume the apply of', node);
    await this.run.control.resumeApply(node);
    this.#paused.delete(node);
  }

  /** Every node that was held back applies again. */
  async resumeAll(): Promise<void> {
    for (const node of [...this.#paused]) await this.resumeApply(node);
  }

  /**
   * Cuts the node off from all others: `inbound`, it hears none of them; `outbound`, none hears it. Clients still reach it. What
   * the target cannot do itself, the control service has to.
   */
  async isolate(node: string, direction: 'both' | 'inbound' | 'outbound'): Promise<void> {
    const { control, target } = this.run;
    if (target.isolateNode !== undefined && direction === 'both') {
      this.#isolated.set(node, target.healNode);
      return await target.isolateNode(node);
    }
    if (control === undefined) throw unable('isolate', node);
    this.#isolated.set(node, (healed) => control.heal(healed));
    await control.isolate(node, [], direction);
  }

  async heal(node: string): Promise<void> {
    const heal = this.#isolated.get(node);
    if (heal === undefined) throw unable('reconnect', node);
    await heal.call(this.run.target, node);
    this.#isolated.delete(node);
  }

  /** From now on the node's clocks show another time. */
  async jumpClock(node: string, jump: ClockJump): Promise<void> {
    const { control } = this.run;
    if (control === undefined) throw unable('set the clock of', node);
    const { wallMs, monotonicMs } = jumpOf(jump);
    this.#clocks.set(node, (this.#clocks.get(node) ?? 0n) + wallMs);
    await control.jumpClock(node, { wallMs, monotonicMs });
  }

  /** Has all nodes run with these keys on top of the stage's; resolves when a leader accepted a write. */
  async configure(keys: ConfigurationKeys): Promise<void> {
    const { target } = this.run;
    if (target.configure === undefined) throw unable('configure', 'the nodes');
    this.#configured = true;
    await target.configure(keys);
  }

  /** It has the clock of the system again. */
  #started(node: string): void {
    this.#down.delete(node);
    this.#clocks.delete(node);
  }

  /** Undoes what is still done, and waits until the cluster is settled. Throws EnvironmentError. Nothing to undo: returns at once. */
  async putBack(): Promise<void> {
    if (this.#down.size + this.#frozen.size + this.#paused.size + this.#isolated.size > 0) this.#unsettled = true;
    await this.resumeAll();
    for (const node of [...this.#frozen]) await this.wake(node);
    for (const node of [...this.#isolated.keys()]) await this.heal(node);
    await this.start([...this.#down]);
    for (const [node, aheadMs] of this.#clocks) {
      if (aheadMs !== 0n) await this.run.control?.jumpClock(node, { wallMs: -aheadMs, monotonicMs: 0n });
    }
    this.#clocks.clear();
    if (this.#configured) {
      await this.run.target.configure?.({});
      this.#configured = false;
    }
    if (this.#unsettled) await settle(this.run);
    this.#unsettled = false;
  }
}

function unable(action: string, node: string): EnvironmentError {
  return new EnvironmentError(
    'CAPABILITY_BROKEN',
    `the target claims that it can ${action} ${node}, and offers no way to do it`,
  );
}
