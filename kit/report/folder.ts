/**
 * The output folder of a run: built beside its final place and put there in one step, so that a reader sees the last run or
 * this one, never a mixture. It never removes a folder that is not a report.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../failure.js';

export const FILES = {
  messages: 'messages.ndjson',
  envelope: 'envelope.json',
  html: 'report.html',
  junit: 'junit.xml',
} as const;

export class ReportFolder {
  readonly path: string;
  /** Where the files are written until `publish`. */
  readonly draft: string;

  /** Throws UsageError `OUT_NOT_A_REPORT` when `path` holds something else than a report. */
  constructor(path: string) {
    this.path = resolve(path);
    if (existsSync(this.path) && !isReplaceable(this.path)) {
      throw new UsageError(
        'OUT_NOT_A_REPORT',
        `output folder ${path} exists and holds no report; it would be replaced`,
      );
    }
    removeAbandoned(this.path);
    this.draft = draftOf(this.path, process.pid);
    rmSync(this.draft, { recursive: true, force: true });
    mkdirSync(this.draft, { recursive: true });
  }

  file(name: keyof typeof FILES): string {
    return join(this.draft, FILES[name]);
  }

  /** Puts the new report in the place of the old one. */
  publish(): void {
    const old = `${this.draft}-old`;
    if (existsSync(this.path)) renameSync(this.path, old);
    renameSync(this.draft, this.path);
    rmSync(old, { recursive: true, force: true });
  }

  /** Leaves no trace of a run that produced no report. */
  discard(): void {
    rmSync(this.draft, { recursive: true, force: true });
  }
}

function isReplaceable(path: string): boolean {
  if (!statSync(path).isDirectory()) return false;
  const entries = readdirSync(path);
  return entries.length === 0 || entries.includes(FILES.envelope);
}

function draftOf(path: string, pid: number): string {
  return join(dirname(path), `.${basename(path)}.draft-${pid}`);
}

/** Drafts of processes that are gone. */
function removeAbandoned(path: string): void {
  const start = `.${basename(path)}.draft-`;
  if (!existsSync(dirname(path))) return;
  for (const entry of readdirSync(dirname(path))) {
    const pid = entry.startsWith(start) ? Number.parseInt(entry.slice(start.length), 10) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(dirname(path), entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
