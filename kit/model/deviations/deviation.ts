/** What an implementation is known to do otherwise than the rules: such commands are not sent to it, and a run counts them by name. */
import type { Command } from '../command.js';
import type { State } from '../state.js';

export interface Deviation {
  readonly name: string;
  /** What it does instead, and the rule. */
  readonly reason: string;
  /** Whether the command would meet it in this state. */
  readonly meets: (state: State, command: Command) => boolean;
}
