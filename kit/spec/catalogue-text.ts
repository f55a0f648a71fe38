/**
 * Reads the rules out of the prose of `docs/spec/catalogue.md`, the checklist that `features/catalogue.json` is made from. It
 * knows how that text is written and nothing else. Pure.
 */
import { CAPABILITIES, type Capability, PROFILES, type Profile } from '../run/capability.js';
import type { CatalogueRule } from './catalogue.js';
import { KEYWORDS } from './tags.js';

const RULE = /(?:^|\s)([A-Z]+(?:-[A-Z]+)*-\d+) (MUST|SHOULD|MAY) /g;
/** `[source; needs]` at the end of a line, for every rule of the line. */
const BRACKET = /\s*\[([^[\]]*)\]\s*$/;

/** Every rule of the text, in its order. Throws when a chapter names no known profile. */
export function readCatalogueText(text: string): CatalogueRule[] {
  let profile: Profile | undefined;
  const rules: CatalogueRule[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) profile = profileOf(line);
    else if (profile !== undefined) rules.push(...rulesOf(line, profile));
  }
  return rules;
}

function profileOf(heading: string): Profile | undefined {
  const [, name] = /\(profile `([a-z-]+)`/.exec(heading) ?? [];
  if (name === undefined) return undefined;
  const found = PROFILES.find((profile) => profile === name);
  if (found === undefined) throw new Error(`docs/spec/catalogue.md: no profile ${name} (${heading})`);
  return found;
}

function rulesOf(line: string, profile: Profile): CatalogueRule[] {
  const [, bracket = ''] = BRACKET.exec(line) ?? [];
  const [sources = '', needs = ''] = bracket.split(';');
  const found = [...line.matchAll(RULE)];
  return found.flatMap((match, index) => {
    const [whole, id, word] = match;
    const keyword = KEYWORDS.find((one) => one === word?.toLowerCase());
    if (id === undefined || keyword === undefined) return [];
    const sentence = line.slice(match.index + whole.length, found[index + 1]?.index).replace(BRACKET, '');
    return [
      {
        id,
        keyword,
        profile,
        needs: needsOf(needs, sentence),
        source: sources.split(',').flatMap((source) => /^\s*(oz|hdfs|kit|00\d)\b/.exec(source)?.[1] ?? []),
        sentence: sentence.replace(/^(?:> |\[client\] )+/, '').trim(),
      },
    ];
  });
}

/**
 * Capabilities named between commas; where one of two is enough ("a or b"), neither is needed by itself, and what is needed
 * "for" a command is not needed by the rules of the line that do not speak of it.
 */
function needsOf(text: string, sentence: string): Capability[] {
  return text.split(',').flatMap((part) => {
    if (/\bor\b/.test(part)) return [];
    const [, command] = / for ((?:[A-Z][a-z]+){2,})$/.exec(part) ?? [];
    if (command !== undefined && !sentence.includes(command)) return [];
    const [word] = part.trim().split(/\s/);
    return CAPABILITIES.find((capability) => capability === word) ?? [];
  });
}
