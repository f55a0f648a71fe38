/** CPU time of another process, from Linux's /proc: how much it took, not what for. */
import { readFileSync } from 'node:fs';

/** USER_HZ: what the kernel counts in towards user programs, on every architecture that Node.js runs on. */
const TICK_MS = 10;

/**
 * User and system time of a process and its threads, from the text of `/proc/PID/stat`, in milliseconds. Its second field is the
 * program's name in parentheses and may hold blanks and parentheses itself.
 */
export function cpuMsOf(stat: string): number {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isInteger(user) || !Number.isInteger(system)) throw new Error(`not the text of /proc/PID/stat: ${stat}`);
  return (user + system) * TICK_MS;
}

/** What these processes took together since they were started. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuMsOf(readFileSync(`/proc/${pid}/stat`, 'utf8')), 0);
}

/** Watches a process for a while. */
export async function coresOf(pid: number, forMs: number): Promise<number> {
  const [startedAt, before] = [performance.now(), cpuMs([pid])];
  await new Promise((resolve) => setTimeout(resolve, forMs));
  return (cpuMs([pid]) - before) / (performance.now() - startedAt);
}

/** What a call of one kind takes of the nodes' processors, over all rounds. */
export interface CpuRow {
  readonly operation: string;
  readonly clients: number;
  readonly microsPerCall: number;
}

/** Gathers CPU time and calls, by what was called: a share of a tick in one turn is seen in many. */
export class CpuPerCall {
  readonly #sums = new Map<
    string,
    { readonly operation: string; readonly clients: number; ms: number; calls: number }
  >();

  add(operation: string, clients: number, ms: number, calls: number): void {
    const key = `${operation} ${clients}`;
    const sum = this.#sums.get(key) ?? { operation, clients, ms: 0, calls: 0 };
    sum.ms += ms;
    sum.calls += calls;
    this.#sums.set(key, sum);
  }

  rows(): CpuRow[] {
    return [...this.#sums.values()].map(({ operation, clients, ms, calls }) => ({
      operation,
      clients,
      microsPerCall: (ms * 1000) / calls,
    }));
  }
}
