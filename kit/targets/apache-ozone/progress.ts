/** Says in plain lines what the launcher is doing and since when; nobody waits in front of a silent terminal. */

export type Progress = (text: string) => void;

/** Lines on standard error, each with the seconds since the start. */
export function progressOn(write: (line: string) => void = (line) => process.stderr.write(line)): Progress {
  const beganMs = performance.now();
  return (text) =>
    write(`[apache-ozone] ${((performance.now() - beganMs) / 1000).toFixed(1).padStart(5)} s  ${text}\n`);
}
