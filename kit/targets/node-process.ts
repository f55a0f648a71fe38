/**
 * One process that the kit started, in a process group of its own, so that it ends with everything it started. Its output
 * goes to a log file, because a node must never wait for the kit to read.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { EnvironmentError } from '../failure.js';
import { messageOf, printable } from '../wire/text.js';
import type { Guard } from './guard.js';

/** Short enough that an error message shows it to its end, where it says what went wrong. */
const TAIL_BYTES = 800;
/** How long the system may take to stop a process that was sent SIGSTOP, or to end one that was sent SIGKILL. */
const SIGNAL_MS = 10_000;
const POLL_MS = 5;

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Appended to. */
  readonly logPath: string;
  /** Called with each chunk of standard output; without it, standard output goes to the log too. */
  readonly onStdout?: (text: string) => void;
}

interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class NodeProcess {
  readonly pid: number;
  /** Resolves when the process itself has ended. */
  readonly exited: Promise<ExitInfo>;
  private ended = false;

  private constructor(
    child: ChildProcess,
    pid: number,
    readonly name: string,
    private readonly logPath: string,
    /** Where its own output begins. */
    private readonly logFrom: number,
  ) {
    this.pid = pid;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.ended = true;
        resolve({ code, signal });
      });
    });
  }

  /** @throws EnvironmentError NODE_START_FAILED when the program cannot be run at all */
  static async start(name: string, options: ProcessOptions, guard: Guard): Promise<NodeProcess> {
    const log = openSync(options.logPath, 'a');
    const logFrom = fstatSync(log).size;
    try {
      const child = spawn(options.command, options.args, {
        detached: true,
        stdio: ['ignore', options.onStdout === undefined ? log : 'pipe', log],
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        env: { ...process.env, ...options.env },
      });
      const { pid } = child;
      if (pid === undefined) {
        const cause = await new Promise<Error>((resolve) => child.once('error', resolve));
        throw new EnvironmentError(
          'NODE_START_FAILED',
          `${name}: ${options.command} cannot be run: ${messageOf(cause)}`,
          {
            cause,
          },
        );
      }
      guard.hold(pid);
      const started = new NodeProcess(child, pid, name, options.logPath, logFrom);
      child.stdout?.setEncoding('utf8').on('data', (text: string) => options.onStdout?.(text));
      void started.exited.then(() => {
        // Whatever the process started and left behind ends with it, before its group id can belong to somebody else.
        started.signal('SIGKILL');
        guard.drop(pid);
      });
      return started;
    } finally {
      closeSync(log);
    }
  }

  get running(): boolean {
    return !this.ended;
  }

  /** Ends the group as `kill -9` does; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    if ((await within(this.exited, SIGNAL_MS)) === undefined) throw this.failed('did not end on SIGKILL');
  }

  /** Asks the group to end, and ends it when it has not by then. */
  async stop(graceMs: number): Promise<void> {
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    if ((await within(this.exited, graceMs)) === undefined) await this.kill();
  }

  /** Stops the group without ending it; resolves when the system says that none of its processes runs any longer. */
  async freeze(): Promise<void> {
    this.signal('SIGSTOP');
    const endsAtMs = performance.now() + SIGNAL_MS;
    while (this.running && !groupStands(this.pid)) {
      if (performance.now() > endsAtMs) throw this.failed('did not stop on SIGSTOP');
      await delay(POLL_MS);
    }
    if (!this.running) throw this.failed('had ended');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  /** The end of what it has written to its log, for an error message. */
  logTail(): string {
    return tailOf(this.logPath, this.logFrom);
  }

  private signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // ESRCH: the group has ended. EPERM: it has, and its id is somebody else's now.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ESRCH' && code !== 'EPERM') throw this.failed(`cannot be sent ${signal}`, error);
    }
  }

  private failed(what: string, cause?: unknown): EnvironmentError {
    return new EnvironmentError('NODE_ACTION_FAILED', `process ${this.pid} of ${this.name} ${what}`, { cause });
  }
}

function tailOf(path: string, from: number): string {
  try {
    const size = statSync(path).size;
    const bytes = Buffer.alloc(Math.min(size - from, TAIL_BYTES));
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, size - bytes.length);
    } finally {
      closeSync(file);
    }
    return printable(bytes.toString('utf8').trim(), TAIL_BYTES);
  } catch {
    return '';
  }
}

/** Whether all processes of a group are stopped or gone, where the system tells (Linux); elsewhere SIGSTOP is taken at its word. */
function groupStands(group: number): boolean {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return true;
  }
  return pids.every((pid) => {
    const [state, , itsGroup] = fieldsOf(pid);
    return itsGroup !== String(group) || 'TtZX'.includes(state ?? 'X');
  });
}

/** State, parent, group, … of a process; none when it has ended meanwhile. */
function fieldsOf(pid: string): string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** What the promise resolves with; undefined when it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
