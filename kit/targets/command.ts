/**
 * Runs a command of a target file: fills in what it names, gives it a time budget, and says what it printed when it fails.
 * The command runs in a process group of its own, so that what it started can be ended with it.
 */
import { spawn } from 'node:child_process';
import { EnvironmentError } from '../failure.js';
import { messageOf, printable } from '../wire/text.js';

const MAX_OUTPUT_CHARS = 2000;

/** Exit codes from here on are the shell's own. */
const NOT_RUN = 126;

/** `{name}`, but not `${name}`, which is the shell's. */
const PLACEHOLDER = /(?<!\$)\{([a-z]+)\}/g;

/** Replaces `{name}` by its value, quoted for the shell where it is not plain; other braces stay as they are. */
export function fillIn(command: string, values: Readonly<Record<string, string>>): string {
  return command.replace(PLACEHOLDER, (text, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return text;
    return /^[\w.:/@[\]-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  });
}

export interface RunOptions {
  /** What the command is for, as the error calls it: `hook kill-node for om1`. */
  readonly purpose: string;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Thrown when a command has run to its end and says no, by an exit code of its own (126 and 127 are the shell's: it did not run). */
export class CommandSaidNo extends EnvironmentError {
  constructor(message: string) {
    super('HOOK_FAILED', message);
  }
}

/** @throws EnvironmentError HOOK_FAILED when it ends with another code than 0, or not in time */
export async function runCommand(command: string, options: RunOptions): Promise<void> {
  const { purpose, cwd, timeoutMs } = options;
  const fail = (what: string, cause?: unknown) =>
    new EnvironmentError('HOOK_FAILED', `${purpose}: \`${printable(command, 500)}\` ${what}`, { cause });
  await new Promise<void>((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', command], {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output = `${output}${chunk.toString('utf8')}`.slice(-MAX_OUTPUT_CHARS);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const timer = setTimeout(() => {
      end(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
      reject(fail(`did not end within ${timeoutMs} ms${said(output)}`));
    }, timeoutMs);
    child.once('error', (cause) => {
      clearTimeout(timer);
      reject(fail(`cannot be run: ${messageOf(cause)}`, cause));
    });
    // Not `close`: what the command leaves in the background may hold its output open.
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        if (code === 0) resolve();
        else {
          const failure = fail(`ended with ${code === null ? signal : `exit code ${code}`}${said(output)}`);
          reject(code !== null && code < NOT_RUN ? new CommandSaidNo(failure.message) : failure);
        }
      });
    });
  });
}

function said(output: string): string {
  const text = printable(output.trim(), MAX_OUTPUT_CHARS);
  return text === '' ? '' : `, after it had printed: ${text}`;
}

function end(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}
