/**
 * Labels by which the kit knows again what it made on an engine, and whether the kit that made it still runs. A process id alone
 * may belong to somebody else by now: on Linux the time at which the process began stands beside it.
 */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Labels } from './engine.js';

const PREFIX = 'org.om-conformance';
/** Carried by everything that the kit makes. */
export const RUN_LABEL = `${PREFIX}.run`;
const OWNER_LABEL = `${PREFIX}.owner`;

/** What this machine says of a process: when it began (`''` where the system does not tell); undefined when there is none. */
export type BeganAt = (pid: number) => string | undefined;

export function labelsOf(run: string, beganAt: BeganAt = beganAtOfSystem): Labels {
  return { [RUN_LABEL]: run, [OWNER_LABEL]: `${process.pid} ${beganAt(process.pid) ?? ''} ${hostname()}` };
}

/** `elsewhere`: it was made from another machine, which this one cannot ask. */
export function ownerIs(
  labels: Labels,
  host = hostname(),
  beganAt: BeganAt = beganAtOfSystem,
): 'running' | 'gone' | 'elsewhere' {
  const [, pid, began, where] = /^(\d+) (\d*) (.+)$/.exec(labels[OWNER_LABEL] ?? '') ?? [];
  if (pid === undefined || where !== host) return 'elsewhere';
  const now = beganAt(Number(pid));
  return now !== undefined && now === began ? 'running' : 'gone';
}

function beganAtOfSystem(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended. The time is the 22nd field, the 20th behind the name.
    return state === 'Z' ? undefined : (rest[18] ?? '');
  } catch {
    return '';
  }
}
