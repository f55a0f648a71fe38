/** Writes the command that runs one scenario again, exactly. Pure. */

/** @param command the run's own command, without a selection */
export function againCommand(command: string, { uri, line }: { readonly uri: string; readonly line: number }): string {
  return `${command} ${shellWord(`${uri}:${line}`)}`;
}

/** Judges a saved history again. */
export function judgeCommand(path: string): string {
  return `npx om-conformance judge ${shellWord(path)}`;
}

/** Quotes an argument for a POSIX shell where it needs it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
