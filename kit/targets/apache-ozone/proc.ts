/**
 * What Linux says of a process. A killed process can stay a zombie for as long as its parent does not ask for it, and a
 * zombie still takes signals: only `/proc` tells whether it is gone (and whether a number was given to somebody else).
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessStat {
  /** One letter: R, S, D running or asleep, T stopped, Z zombie, X dead. */
  readonly state: string;
}

/** Reads the text of `/proc/<pid>/stat`; the name in parentheses may itself hold spaces and parentheses. */
export function parseStat(text: string): ProcessStat | undefined {
  const close = text.lastIndexOf(')');
  const [state] = text.slice(close + 2).split(' ');
  if (close < 0 || state === undefined || !/^[A-Za-z]$/.test(state)) return undefined;
  return { state };
}

/** Undefined when there is no such process. */
export function statOf(pid: number): ProcessStat | undefined {
  const text = readOrNothing(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(text);
}

/** The command line; empty for a zombie, undefined when there is no such process. */
export function argumentsOf(pid: number): readonly string[] | undefined {
  const text = readOrNothing(`/proc/${pid}/cmdline`);
  return text?.split('\0').slice(0, -1);
}

/**
 * Whether a process has ended with all its threads. The first thread of a killed process becomes a zombie while others
 * may still hold its files and ports.
 */
export function hasEnded(pid: number): boolean {
  const stat = statOf(pid);
  if (stat === undefined) return true;
  return (stat.state === 'Z' || stat.state === 'X') && threadCount(pid) <= 1;
}

function threadCount(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw cause;
  }
}
