/** Observable: what an answer about a list of keys says was not done (NS-KEY-6, NS-KEY-14). */
import type { Renaming } from '../scenario/operations/keys.js';
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';

/** Assertion `undeleted-keys`: the answer names exactly these keys, in whatever order. */
export function assertUndeleted(answer: Outcome, expected: readonly string[]): void {
  const said = answer.kind === 'answered' ? answer.response.deleteKeysResponse : undefined;
  compare('undeleted-keys', 'keys not deleted', answer, said?.unDeletedKeys?.keys?.map(show), expected.map(show));
  const causes = (said?.errors ?? []).map(({ key }) => show(key));
  const strange = causes.filter((key) => !expected.map(show).includes(key));
  if (strange.length === 0) return;
  const wanted = `errors for keys of ${list(expected.map(show))} alone`;
  throw failure('undeleted-keys', wanted, `errors for ${list(strange)}`, [answer]);
}

/** Assertion `unrenamed-keys`: the answer names exactly these pairs, in whatever order. */
export function assertUnrenamed(answer: Outcome, expected: readonly Renaming[]): void {
  const said = answer.kind === 'answered' ? answer.response.renameKeysResponse : undefined;
  const found = said?.unRenamedKeys?.map(({ fromKeyName, toKeyName }) => arrow(fromKeyName, toKeyName));
  compare(
    'unrenamed-keys',
    'keys not renamed',
    answer,
    found,
    expected.map(({ from, to }) => arrow(from, to)),
  );
}

/** An answer without the list names nothing; one of another command is no answer to judge. */
function compare(
  assertion: string,
  what: string,
  answer: Outcome,
  found: readonly string[] | undefined,
  expected: readonly string[],
): void {
  const wanted = `${what}: ${list(expected)}`;
  if (answer.kind !== 'answered') throw failure(assertion, wanted, describe(answer), [answer]);
  if (list(found ?? []) === list(expected)) return;
  throw failure(assertion, wanted, `${describe(answer)} with ${what}: ${list(found ?? [])}`, [answer]);
}

/** Named twice is named: a list may repeat what the request repeats. */
function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...new Set(names)].sort().join(', ');
}

function arrow(from: string, to: string): string {
  return `${show(from)} to ${show(to)}`;
}
