/** Phrases about the nodes that a call goes to: `there`, the node that was hindered, or `on every follower`. */
import type { Role } from '../../kit/scenario/node-role.js';

const PLACES = [
  'the leader',
  'a follower',
  'that follower',
  'another follower',
  'every follower',
  'every node',
  'the learner',
] as const satisfies (Role | 'the learner')[];

export type Where = 'there' | (typeof PLACES)[number];

export const WHERE = new RegExp(`there|on (?:${PLACES.join('|')})`);

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readWhere(phrase: string): Where {
  if (phrase === 'there') return phrase;
  const role = PLACES.find((one) => phrase === `on ${one}`);
  if (role === undefined) throw new SyntaxError(`not a place: ${phrase}`);
  return role;
}
