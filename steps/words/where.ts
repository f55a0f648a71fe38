/** Phrases about the nodes that a call goes to: `there`, the node that was hindered, or `on every follower`. */
import type { Role } from '../../kit/scenario/node-role.js';

const ROLES = ['the leader', 'a follower', 'that follower', 'every follower', 'every node'] as const satisfies Role[];

export type Where = 'there' | (typeof ROLES)[number];

export const WHERE = new RegExp(`there|on (?:${ROLES.join('|')})`);

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readWhere(phrase: string): Where {
  if (phrase === 'there') return phrase;
  const role = ROLES.find((one) => phrase === `on ${one}`);
  if (role === undefined) throw new SyntaxError(`not a place: ${phrase}`);
  return role;
}
