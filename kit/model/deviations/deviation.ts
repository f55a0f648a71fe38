/**
 * What an implementation is known to do otherwise than the rules. Commands that would meet it are not sent; where what it leaves behind
 * is harmless, they are sent, and what is known afterwards is less. A run counts both by name.
 */
import type { Command } from '../command.js';
import type { State } from '../state.js';

export interface Deviation {
  readonly name: string;
  /** What it does instead, and the rule. */
  readonly reason: string;
  /** Whether the command would meet it in this state. */
  readonly meets: (state: State, command: Command) => boolean;
  /** What is still known after the command succeeded; absent: it is not sent. */
  readonly allows?: (before: State, command: Command, after: State) => State;
}
