/**
 * Phrases about the state id that a client sends, such as `an id 3 entries ahead of the leader`. `it` and `its` are the node that
 * is asked.
 */
import type { AskedId } from '../../kit/scenario/asked-id.js';
import { QUOTED, quotedWords } from './phrase.js';

export const STATE_ID = new RegExp(
  `no id|the id of that answer|its own id|the leader's id|the greatest id there is|the id ${QUOTED}|` +
    'an id of \\d+ groups|an id \\d+ entr(?:y|ies) ahead of (?:it|the leader)',
);

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readStateId(phrase: string): AskedId {
  switch (phrase) {
    case 'no id':
      return { of: 'nothing' };
    case 'the id of that answer':
      return { of: 'that answer' };
    case 'its own id':
      return { of: 'a node', whose: 'it', ahead: 0n };
    case "the leader's id":
      return { of: 'a node', whose: 'the leader', ahead: 0n };
    case 'the greatest id there is':
      return { of: 'the greatest' };
  }
  const [, groups] = /^an id of (\d+) groups$/.exec(phrase) ?? [];
  if (groups !== undefined) return { of: 'groups', count: Number(groups) };
  const [, entries, whose] = /^an id (\d+) entr(?:y|ies) ahead of (it|the leader)$/.exec(phrase) ?? [];
  if (entries !== undefined) {
    return { of: 'a node', whose: whose === 'it' ? 'it' : 'the leader', ahead: BigInt(entries) };
  }
  const [text] = quotedWords(phrase);
  if (text === undefined) throw new SyntaxError(`not a state id: ${phrase}`);
  return { of: 'text', text };
}
