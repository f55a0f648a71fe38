/**
 * One node of a cluster, in a container: started, ended, frozen, and taken off the network of the nodes. It does what it is told
 * and waits until the engine says that it is so; whether the node then answers is the target's to find out.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../../failure.js';
import { printable } from '../../wire/text.js';
import type { Engine } from './engine.js';

const LOG_LINES = 20;
const MAX_LOG_CHARS = 2048;
const POLL_MS = 50;
/** How long the engine may take to end a container that it has killed. */
const END_MS = 20_000;

export interface Place {
  /** Network of the nodes. */
  readonly network: string;
  /** The node's address on it. */
  readonly address: string;
}

export class ContainerNode {
  #isolated = false;

  constructor(
    private readonly engine: Engine,
    readonly id: string,
    readonly container: string,
    private readonly place: Place,
  ) {}

  async isRunning(): Promise<boolean> {
    return (await this.engine.state(this.container)).is !== 'ended';
  }

  async start(): Promise<void> {
    await this.engine.start(this.container);
  }

  async stop(graceMs: number): Promise<void> {
    await this.thaw();
    await this.engine.stop(this.container, graceMs);
  }

  /** As `kill -9` does, also when it is frozen. */
  async kill(): Promise<void> {
    if (!(await this.isRunning())) throw this.#cannot('does not run');
    await this.engine.kill(this.container);
    const endsAtMs = performance.now() + END_MS;
    while (await this.isRunning()) {
      if (performance.now() > endsAtMs) throw this.#cannot('did not end on SIGKILL');
      await sleep(POLL_MS);
    }
  }

  async freeze(): Promise<void> {
    await this.engine.pause(this.container);
    const { is } = await this.engine.state(this.container);
    if (is !== 'frozen') throw this.#cannot(`was paused, and is ${is} all the same`);
  }

  /** Does nothing for one that is not frozen. */
  async thaw(): Promise<void> {
    if ((await this.engine.state(this.container)).is === 'frozen') await this.engine.unpause(this.container);
  }

  /** Off the network of the nodes; its clients' network stays. */
  async isolate(): Promise<void> {
    if (this.#isolated) return;
    await this.engine.disconnect(this.place.network, this.container);
    this.#isolated = true;
  }

  /** Back on it, with the address it had: others may have looked it up once and for all. */
  async heal(): Promise<void> {
    if (!this.#isolated) return;
    await this.join();
    this.#isolated = false;
  }

  async join(): Promise<void> {
    await this.engine.connect(this.place.network, this.container, this.place.address);
  }

  /** Rejects with NODE_START_FAILED once the container has ended; resolves when the signal says that nobody asks any more. */
  async untilEnded(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const state = await this.engine.state(this.container);
      if (state.is === 'ended' && !signal.aborted) {
        const how = `the container of ${this.id} ended with exit code ${state.exitCode} while it started`;
        throw new EnvironmentError('NODE_START_FAILED', `${how}: ${await this.logTail()}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** The end of what it wrote, for an error message. */
  async logTail(): Promise<string> {
    const text = (await this.engine.log(this.container, LOG_LINES)).trim();
    return printable(text.slice(-MAX_LOG_CHARS), MAX_LOG_CHARS) || 'no output';
  }

  #cannot(what: string): EnvironmentError {
    return new EnvironmentError('NODE_ACTION_FAILED', `the container of ${this.id} ${what}`);
  }
}
