/**
 * Whether a recorded process still runs, and is the one that was recorded: a process id alone may have been given to
 * somebody else since. The start time settles it (Linux: /proc; elsewhere `ps`). A zombie has ended.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Start time of a running process as the system writes it; undefined when there is none. */
export function startTimeOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
}

export function isRunning(recorded: { readonly pid: number; readonly startTime: string }): boolean {
  return startTimeOf(recorded.pid) === recorded.startTime;
}

function fromProc(pid: number): string | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // No such process.
  }
  // The second field is the program's name in parentheses and may hold anything; state is the third, start time the 22nd.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

function fromPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const space = line.indexOf(' ');
    return line === '' || line.startsWith('Z') ? undefined : line.slice(space + 1).trim();
  } catch {
    return undefined; // `ps` fails when there is no such process.
  }
}
