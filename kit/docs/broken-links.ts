/**
 * Finds the links of a site that lead nowhere, and whatever a page would load from elsewhere. It reads markup as far as tags and
 * attributes go, and visits nothing. Pure.
 */
import { posix } from 'node:path';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /\s([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
/** What is no markup: code and comments. */
const OPAQUE = /<!--[\s\S]*?-->|(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi;
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
/** Only a reader's click may lead outside. */
const LOADING = new Set(['script', 'link', 'img', 'iframe', 'source', 'video', 'audio', 'object', 'embed']);

interface Reference {
  readonly tag: string;
  readonly url: string;
}

/**
 * @param files path from the root of the site → markup of an HTML page, undefined for any other file
 * @returns a line for each link that is broken: page, link, why
 */
export function brokenLinks(files: ReadonlyMap<string, string | undefined>): string[] {
  const pages = new Map(
    [...files].flatMap(([path, markup]) => (markup === undefined ? [] : [[path, readPage(markup)]])),
  );
  return [...pages].flatMap(([page, { references }]) =>
    references.flatMap((reference) => {
      const why = problemOf(page, reference, files, pages);
      return why === undefined ? [] : [`${page}: ${reference.url}: ${why}`];
    }),
  );
}

type Pages = ReadonlyMap<string, { readonly ids: ReadonlySet<string> }>;

function problemOf(
  page: string,
  { tag, url }: Reference,
  files: ReadonlyMap<string, unknown>,
  pages: Pages,
): string | undefined {
  if (SCHEME.test(url))
    return LOADING.has(tag) && !url.startsWith('data:') ? `a ${tag} from outside of the site` : schemeProblem(url);
  const [before = '', anchor] = url.split('#', 2);
  const [path = ''] = decode(before).split('?', 1);
  const target = path === '' ? page : posix.join(posix.dirname(page), path);
  const found = [target, posix.join(target, 'index.html')].find((candidate) => files.has(candidate));
  if (found === undefined || target.startsWith('..')) return 'no such file';
  if (anchor === undefined || anchor === '') return undefined;
  return pages.get(found)?.ids.has(decode(anchor)) === false ? `no such place in ${found}` : undefined;
}

function schemeProblem(url: string): string | undefined {
  return /^(?:https?|mailto|data):/i.test(url) ? undefined : 'a scheme that no reader can follow';
}

function readPage(markup: string): { ids: ReadonlySet<string>; references: readonly Reference[] } {
  const ids = new Set<string>();
  const references: Reference[] = [];
  for (const { 1: tag = '', 2: attributes = '' } of markup.replace(OPAQUE, '$1').matchAll(TAG)) {
    for (const { 1: name = '', 2: quoted, 3: single, 4: bare } of attributes.matchAll(ATTRIBUTE)) {
      const value = unescaped(quoted ?? single ?? bare ?? '');
      const kind = name.toLowerCase();
      if (kind === 'id' || (kind === 'name' && tag.toLowerCase() === 'a')) ids.add(value);
      else if (kind === 'href' || kind === 'src') references.push({ tag: tag.toLowerCase(), url: value });
    }
  }
  return { ids, references };
}

function unescaped(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
