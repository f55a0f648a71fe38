/** Ends servers in good order, and keeps the class archive that one of them writes on the way out. */
import { publish } from './class-archives.js';
import { archiveWrittenBy } from './jvm.js';
import type { OwnedProcesses } from './owned-processes.js';
import { argumentsOf } from './proc.js';
import type { Progress } from './progress.js';

/** For a server that was asked to end; writing an archive takes most of it. */
const TERMINATE_MS = 60_000;

/** Asks processes to end, and ends those that do not. */
export async function terminateAll(
  processes: OwnedProcesses,
  names: readonly string[],
  progress: Progress,
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const archive = archiveOf(processes, name);
      if (archive !== undefined) progress(`${name} writes its class archive for later starts`);
      const ended = await processes.terminate(name, TERMINATE_MS);
      if (ended && archive !== undefined) publish(archive);
    }),
  );
}

/** The archive that a running process will write at its end; undefined for most. */
export function archiveOf(processes: OwnedProcesses, name: string): string | undefined {
  const pid = processes.pidOf(name);
  return pid === undefined ? undefined : archiveWrittenBy(argumentsOf(pid) ?? []);
}
