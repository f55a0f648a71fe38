/** What the phrases of all topics are made of. */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { Operation } from '../../kit/scenario/operation.js';

export const QUOTED = '"[^"]*"';

/** One way to say what a client does, in the third person. */
export interface Phrase {
  /** Matches the whole phrase; without groups that capture. */
  readonly form: RegExp;
  read(phrase: string, names: ScenarioNames): Operation;
}

/** The words in quotes of a phrase, in order. */
export function quotedWords(phrase: string): string[] {
  return [...phrase.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
}

export function isWhole(form: RegExp, phrase: string): boolean {
  return new RegExp(`^(?:${form.source})$`).test(phrase);
}
