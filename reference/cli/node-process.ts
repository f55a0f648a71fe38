/** Starts a node as a process of its own that outlives this one, and waits for the line by which it says that it serves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReferenceFailure } from '../errors.js';
import { makeDirectory } from '../storage/durable-files.js';
import { startTimeOf } from './process-identity.js';
import { saidFailure } from './report-failure.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
/** A node lives on short-lived buffers: the default young generation (16 MiB thrice) only lets more of them lie around. */
const V8_FLAGS = ['--max-semi-space-size=8'];
/** One malloc arena: by default glibc keeps the peak of each thread (the log's worker, libuv's pool) for itself. */
const MALLOC_SETTINGS = { MALLOC_ARENA_MAX: '1' };

export interface StartedProcess {
  readonly pid: number;
  readonly startTime: string;
  /** Resolves once the node serves. When it ends before, rejects with what it said, else with `NODE_START_FAILED`. */
  readonly serving: Promise<void>;
}

/** @throws ReferenceFailure `NODE_START_FAILED`, `DATA_DIR_UNUSABLE` */
export function startNodeProcess(id: string, args: readonly string[], logFile: string): StartedProcess {
  const log = openLog(logFile);
  // A group of its own, so that `stop` ends it as a whole and a Ctrl-C here does not.
  const child = spawn(process.execPath, [...V8_FLAGS, MAIN, 'node', ...args], {
    detached: true,
    env: { ...MALLOC_SETTINGS, ...process.env },
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const serving = whenServing(id, child, logFile);
  const { pid } = child;
  if (pid === undefined)
    throw new ReferenceFailure('NODE_START_FAILED', `${id}: ${process.execPath} cannot be started`);
  const startTime = startTimeOf(pid);
  if (startTime === undefined) throw new ReferenceFailure('NODE_START_FAILED', `${id} ended at once; see ${logFile}`);
  return { pid, startTime, serving };
}

function whenServing(id: string, child: ChildProcess, logFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (work: () => void) => {
      child.removeAllListeners();
      child.stdout?.removeAllListeners();
      // Its standard output is not read any more; the node writes nothing else to it.
      child.stdout?.destroy();
      // Only now: somebody waits for this, and a process that waits for nothing else would end in the middle of it.
      child.unref();
      work();
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) settle(resolve);
    });
    child.once('error', (cause) => {
      settle(() => reject(new ReferenceFailure('NODE_START_FAILED', `${id}: ${cause.message}`, { cause })));
    });
    child.once('exit', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : signal;
      const said = lastLine(logFile);
      const failed = new ReferenceFailure('NODE_START_FAILED', `${id} ended with ${how}: ${said} (${logFile})`);
      settle(() => reject(saidFailure(id, said, logFile) ?? failed));
    });
  });
}

function openLog(file: string): number {
  try {
    makeDirectory(dirname(file));
    return openSync(file, 'a');
  } catch (cause) {
    throw new ReferenceFailure('DATA_DIR_UNUSABLE', `${file} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
}
