/**
 * The output folder of a run: built beside its final place and put there in one step, so that a reader sees the last run or
 * this one, never a mixture. It never removes a folder that is not a report.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EnvironmentError, UsageError } from '../failure.js';
import { messageOf } from '../wire/text.js';

export const FILES = {
  messages: 'messages.ndjson',
  envelope: 'envelope.json',
  html: 'report.html',
  junit: 'junit.xml',
} as const;

/** Histories that were judged and found wrong or undecided. */
const HISTORIES = 'histories';
const MAX_HISTORIES = 50;

export class ReportFolder {
  readonly path: string;
  /** Where the files are written until `publish`. */
  readonly draft: string;
  #histories = 0;

  /**
   * Throws UsageError `OUT_NOT_A_REPORT` when `path` holds something else than a report, EnvironmentError `FILE_SYSTEM` when
   * none can be written there.
   */
  constructor(path: string) {
    this.path = resolve(path);
    if (existsSync(this.path) && !isReplaceable(this.path)) {
      throw new UsageError(
        'OUT_NOT_A_REPORT',
        `output folder ${path} exists and holds no report; it would be replaced`,
      );
    }
    this.draft = draftOf(this.path, process.pid);
    try {
      removeAbandoned(this.path);
      rmSync(this.draft, { recursive: true, force: true });
      makeFolder(this.draft);
    } catch (cause) {
      const why = `a report cannot be written to ${path}: ${messageOf(cause)}`;
      throw new EnvironmentError('FILE_SYSTEM', why, { cause });
    }
  }

  file(name: keyof typeof FILES): string {
    return join(this.draft, FILES[name]);
  }

  /** Saves a history; answers its path once the report is published, or undefined where there are too many. */
  keepHistory(subject: string, text: string): string | undefined {
    if (this.#histories >= MAX_HISTORIES) return undefined;
    this.#histories += 1;
    const name = `${subject.replaceAll(/[^\w-]/g, '-')}-${this.#histories}.jsonl`;
    mkdirSync(join(this.draft, HISTORIES), { recursive: true });
    writeFileSync(join(this.draft, HISTORIES, name), text);
    return join(this.path, HISTORIES, name);
  }

  /** Puts the new report in the place of the old one. */
  publish(): void {
    const old = `${this.draft}-old`;
    try {
      if (existsSync(this.path)) renameSync(this.path, old);
    } catch (error) {
      if (!isMountPoint(error)) throw error;
      this.#fill();
      return;
    }
    renameSync(this.draft, this.path);
    rmSync(old, { recursive: true, force: true });
  }

  /**
   * A folder that something is mounted on (a container's volume) cannot be replaced: its files are. The envelope goes first
   * and comes last, so that a reader sees a whole report or none.
   */
  #fill(): void {
    const { envelope, ...others } = FILES;
    rmSync(join(this.path, envelope), { force: true });
    rmSync(join(this.path, HISTORIES), { recursive: true, force: true });
    if (existsSync(join(this.draft, HISTORIES))) {
      cpSync(join(this.draft, HISTORIES), join(this.path, HISTORIES), { recursive: true });
    }
    for (const name of [...Object.values(others), envelope]) {
      copyFileSync(join(this.draft, name), join(this.path, name));
    }
    this.discard();
  }

  /** Leaves no trace of a run that produced no report. */
  discard(): void {
    rmSync(this.draft, { recursive: true, force: true });
  }
}

/**
 * With the folders above it. Not Node's own recursive mkdir: that goes round in circles where a system answers ENOENT below a
 * folder that exists (/proc), and says ENOENT where it should say that a file system is read-only.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

function isMountPoint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EBUSY';
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
