/**
 * Processes that belong to a folder: each was started with the folder's path in its command line and has a pid file in it,
 * so that whoever finds the folder later can end them, and only them. Each is the leader of a process group of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError } from '../../failure.js';
import { messageOf } from '../../wire/text.js';
import type { Guard } from '../guard.js';
import { argumentsOf, hasEnded, statOf } from './proc.js';

const POLL_MS = 20;
/** How long a process may take to end after SIGKILL, or to stop after SIGSTOP. */
const SIGNAL_MS = 20_000;

export interface Start {
  readonly command: string;
  /** One of them holds the folder's path: that is how the process is known again. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Receives output and errors, after what it already holds. */
  readonly logFile: string;
}

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class OwnedProcesses {
  readonly #ends = new Map<string, Promise<End>>();

  /**
   * @param folder absolute path without symbolic links
   * @param guard ends what is started here when this program dies; without it, that lives on
   */
  constructor(
    readonly folder: string,
    private readonly guard?: Guard,
  ) {}

  /** Starts a process; throws EnvironmentError when it cannot be executed. */
  async start(name: string, start: Start): Promise<void> {
    mkdirSync(join(this.folder, 'pid'), { recursive: true });
    const log = openSync(start.logFile, 'a');
    let child: ChildProcess;
    try {
      child = spawn(start.command, start.args, {
        cwd: start.cwd,
        env: start.env,
        detached: true,
        stdio: ['ignore', log, log],
      });
    } finally {
      closeSync(log);
    }
    const failure = new Promise<Error>((resolve) => child.once('error', resolve));
    const { pid } = child;
    if (pid === undefined) {
      const cause = await failure;
      throw new EnvironmentError('NODE_START_FAILED', `${start.command} cannot be executed: ${messageOf(cause)}`, {
        cause,
      });
    }
    this.guard?.hold(pid);
    writeFileSync(this.#pidFile(name), `${pid}\n`);
    const ended = new Promise<End>((resolve) => {
      child.once('exit', (code, signal) => {
        this.guard?.drop(pid);
        resolve({ code, signal });
      });
    });
    this.#ends.set(name, ended);
    child.unref();
  }

  /** Process id while it runs; undefined once it has ended, and for a number that now belongs to somebody else. */
  pidOf(name: string): number | undefined {
    const pid = this.#recorded(name);
    if (pid === undefined || hasEnded(pid)) return undefined;
    const marker = `${this.folder}/`;
    return argumentsOf(pid)?.some((argument) => argument.includes(marker)) ? pid : undefined;
  }

  isRunning(name: string): boolean {
    return this.pidOf(name) !== undefined;
  }

  /** How it ended; undefined for a process that another program started. */
  endOf(name: string): Promise<End> | undefined {
    return this.#ends.get(name);
  }

  /** Names with a pid file, running or not. */
  names(): readonly string[] {
    try {
      return readdirSync(join(this.folder, 'pid'));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw cause;
    }
  }

  /** SIGKILL, and wait until nothing of it is left. Does nothing for one that has ended. */
  async kill(name: string): Promise<void> {
    const pid = this.pidOf(name);
    if (pid !== undefined) {
      this.#signal(pid, 'SIGKILL');
      await this.#until(() => hasEnded(pid), SIGNAL_MS, `${name} (process ${pid}) is still there after SIGKILL`);
    }
    rmSync(this.#pidFile(name), { force: true });
  }

  /**
   * SIGTERM, and wait until it has ended; after `graceMs` SIGKILL.
   * @returns whether it ended by itself
   */
  async terminate(name: string, graceMs: number): Promise<boolean> {
    const pid = this.pidOf(name);
    if (pid === undefined) return false;
    this.#signal(pid, 'SIGTERM');
    // A stopped process does not see SIGTERM before it goes on.
    this.#signal(pid, 'SIGCONT');
    const endsAtMs = performance.now() + graceMs;
    while (!hasEnded(pid) && performance.now() < endsAtMs) await sleep(POLL_MS);
    const ended = hasEnded(pid);
    await this.kill(name);
    return ended;
  }

  async freeze(name: string): Promise<void> {
    const pid = this.#running(name);
    this.#signal(pid, 'SIGSTOP');
    await this.#until(() => statOf(pid)?.state === 'T', SIGNAL_MS, `${name} (process ${pid}) does not stop`);
  }

  async thaw(name: string): Promise<void> {
    const pid = this.#running(name);
    this.#signal(pid, 'SIGCONT');
    await this.#until(() => statOf(pid)?.state !== 'T', SIGNAL_MS, `${name} (process ${pid}) does not go on`);
  }

  #running(name: string): number {
    const pid = this.pidOf(name);
    if (pid === undefined) throw new EnvironmentError('NODE_ACTION_FAILED', `${name} does not run`);
    return pid;
  }

  /** To the whole group: a launcher script and what it started, where there is one. */
  #signal(pid: number, signal: NodeJS.Signals): void {
    try {
      process.kill(-pid, signal);
    } catch (cause) {
      // Ended between the look and the signal.
      if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
    }
  }

  async #until(condition: () => boolean, limitMs: number, otherwise: string): Promise<void> {
    const endsAtMs = performance.now() + limitMs;
    while (!condition()) {
      if (performance.now() > endsAtMs) throw new EnvironmentError('NODE_ACTION_FAILED', otherwise);
      await sleep(POLL_MS);
    }
  }

  #pidFile(name: string): string {
    return join(this.folder, 'pid', name);
  }

  #recorded(name: string): number | undefined {
    let text: string;
    try {
      text = readFileSync(this.#pidFile(name), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
    const pid = Number(text.trim());
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  }
}
