/**
 * Names of keys and other free text as the features write it. What cannot be seen, or would end the quotes, is written by its
 * number, `{U+0009}`; what is too long to read by how often it comes, `{1024 times x}`. Everything else stands for itself.
 */

/** `"colour" as "red" and "size" as "9"` */
export const PAIRS = '"[^"]*" as "[^"]*"(?:(?:,| and) "[^"]*" as "[^"]*")*';

export function readText(written: string): string {
  return written
    .replace(/\{(\d+) times ([^{}]+)\}/g, (_all, times: string, text: string) => text.repeat(Number(times)))
    .replace(/\{U\+([0-9A-F]{4,6})\}/g, (_all, number: string) => String.fromCodePoint(Number.parseInt(number, 16)));
}

/** The texts in quotes of a phrase, in order. */
export function quotedTexts(phrase: string): string[] {
  return [...phrase.matchAll(/"([^"]*)"/g)].map(([, word = '']) => readText(word));
}

export function readPairs(phrase: string): readonly (readonly [string, string])[] {
  return [...phrase.matchAll(/"([^"]*)" as "([^"]*)"/g)].map(([, name = '', value = '']) => [
    readText(name),
    readText(value),
  ]);
}
