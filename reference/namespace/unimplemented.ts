/**
 * Command types that this version does not carry out: each is refused with a status, never reported as done, and changes
 * nothing (W-8). Decides only that; whether such a type is a write, which the leader alone refuses, or a read, and who may answer
 * that, stands in `command-classes.ts`.
 */
import { hadoop } from '#proto';
import { refusal, Status } from './answers.js';
import type { Answer, Command } from './command.js';
import { classOf } from './command-classes.js';

/** The command that stands for a type without one. */
export function unimplemented(type: hadoop.ozone.Type): Command {
  const refused = (): Answer =>
    refusal(Status.INVALID_REQUEST, `${hadoop.ozone.Type[type]} is not implemented by this server`);
  const readClass = classOf(type);
  if (readClass !== 'write' && readClass !== 'by-request') return { type, readClass, answer: refused };
  return {
    type,
    readClass: 'leader-only',
    validate: refused,
    locks: () => [],
    plan: () => ({ operations: [], answer: refused() }),
  };
}
