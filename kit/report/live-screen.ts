/** Finds out what the output can do: a terminal that rewrites its line, or a pipe or CI log that gets plain lines. */
import type { RunObserver } from '../run/observer.js';
import type { RunRequest } from '../run/request.js';
import { terminalObserver } from './terminal.js';

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const DEFAULT_COLUMNS = 120;

/** @param live false where somebody else may write to the same terminal */
export function liveScreen(
  { catalogue, command }: Pick<RunRequest, 'catalogue' | 'command'>,
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
  live = true,
): RunObserver {
  const terminal = output.isTTY === true;
  return terminalObserver({
    write: (text) => void output.write(text),
    columns: output.columns ?? DEFAULT_COLUMNS,
    live: live && terminal && !isSet(env.CI) && env.TERM !== 'dumb',
    colour: terminal && !isSet(env.NO_COLOR) && env.TERM !== 'dumb',
    rules: catalogue.rules,
    command,
  });
}

/** NO_COLOR and CI count when they are there and not empty. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
