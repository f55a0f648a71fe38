/**
 * Text from an implementation on its way into markup: control characters stripped, length bounded, markup escaped
 * (design §6). Nothing else in the reports writes such text.
 */
import { printable } from '../wire/text.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Halves of surrogate pairs on their own, and the two code points that XML does not allow. */
const NOT_XML = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;

/** Longest text in a report, in characters, unless the caller says less. */
export const MAX_TEXT_CHARS = 4_096;

/** Safe between tags and in quoted attributes, of HTML and of XML. */
export function escapeMarkup(text: string, maxChars: number = MAX_TEXT_CHARS): string {
  return printable(text, maxChars)
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A rule's sentence, in which words between backticks are code. */
export function escapeSentence(text: string): string {
  return escapeMarkup(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
