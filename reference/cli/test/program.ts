/** Runs the compiled `om-reference` as a user does: as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves with the line of JSON by which a node says that it serves; rejects when it ends before. */
  readonly serving: Promise<Readonly<Record<string, string>>>;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

export function run(...args: string[]): Promise<Ended> {
  return begin(...args).ended;
}

export function begin(...args: string[]): Running {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const serving = new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (stdout.startsWith('{') && stdout.includes('\n')) resolve(JSON.parse(stdout.split('\n')[0] ?? ''));
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    void ended.then(() => reject(new Error(`it ended: ${stderr}`)));
  });
  serving.catch(() => undefined);
  return { pid: child.pid ?? 0, serving, ended, kill: (signal) => void child.kill(signal) };
}
