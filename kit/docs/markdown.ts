/**
 * Markdown to markup: headings get ids, links between files of the repository become links between pages, ids of rules become
 * links to the rules. Where a link leads is decided by `Links`; HTML in the text is shown as text. Pure.
 */
import MarkdownIt from 'markdown-it';
import { escapeHtml } from './html.js';

export interface Links {
  /** Where a file of the repository, as a Markdown file links to it, stands on the site; undefined where it has no page. */
  file(written: string): string | undefined;
  /** Where a rule stands, or undefined where nothing is known of the id. */
  rule(id: string): string | undefined;
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  /** Text of the first heading of level 1, which is not part of `html`. */
  readonly title: string | undefined;
  /** Headings of level 2 and 3. */
  readonly headings: readonly Heading[];
}

/** A whole document. */
export function renderDocument(text: string, links: Links): Rendered {
  const environment: Environment = { links, title: undefined, headings: [] };
  const html = parserOf().render(text, environment);
  return { html, title: environment.title, headings: environment.headings };
}

/** A sentence, without a paragraph around it. */
export function renderInline(text: string, links: Links): string {
  const environment: Environment = { links, title: undefined, headings: [] };
  return parserOf().renderInline(text, environment);
}

interface Environment {
  readonly links: Links;
  title: string | undefined;
  readonly headings: Heading[];
}

type Token = ReturnType<MarkdownIt['parse']>[number];

const RULE = /\b[A-Z]+(?:-[A-Z]+)*-\d+\b/g;
const OUTSIDE = /^(?:[a-z][a-z0-9+.-]*:|#)/i;

function parserOf(): MarkdownIt {
  const markdown = new MarkdownIt({ html: false });
  markdown.core.ruler.push('place', (state) => {
    const environment: Environment = state.env;
    state.tokens = placeHeadings(state.tokens, environment);
    for (const token of state.tokens) {
      if (token.children !== null) token.children = placeInline(token.children, environment.links, state.Token);
    }
  });
  markdown.renderer.rules.table_open = () => '<div class="scroll"><table>\n';
  markdown.renderer.rules.table_close = () => '</table></div>\n';
  return markdown;
}

/** Gives headings their ids and takes the title out. */
function placeHeadings(tokens: readonly Token[], environment: Environment): Token[] {
  const taken = new Set<string>();
  const title = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    const level = Number(token.tag.slice(1));
    if (index === title) {
      environment.title = text;
      continue;
    }
    const id = unused(headingSlug(text), taken);
    token.attrSet('id', id);
    if (level <= 3) environment.headings.push({ level, id, text });
  }
  return title < 0 ? [...tokens] : [...tokens.slice(0, title), ...tokens.slice(title + 3)];
}

/** As GitHub makes them, so that a link to a heading works in both places. */
export function headingSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function unused(id: string, taken: Set<string>): string {
  let candidate = id;
  for (let count = 1; taken.has(candidate); count += 1) candidate = `${id}-${count}`;
  taken.add(candidate);
  return candidate;
}

function placeInline(tokens: readonly Token[], links: Links, Kind: new (...of: [string, string, -1 | 0 | 1]) => Token) {
  let inside: 'a' | 'span' | undefined;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') {
      inside = placeLink(token, links);
      token.tag = inside;
    } else if (token.type === 'link_close') {
      token.tag = inside ?? 'a';
      inside = undefined;
    } else if (token.type === 'text' && inside === undefined) {
      return linkRules(token.content, links).map(({ type, content }) =>
        Object.assign(new Kind(type, '', 0), { content }),
      );
    }
    return [token];
  });
}

/** A link to what has no page keeps its text and loses the link. */
function placeLink(token: Token, links: Links): 'a' | 'span' {
  const written = String(token.attrGet('href') ?? '');
  if (OUTSIDE.test(written)) return 'a';
  const href = links.file(decodeURI(written));
  token.attrs = href === undefined ? [['class', 'file']] : [['href', href]];
  return href === undefined ? 'span' : 'a';
}

function linkRules(text: string, links: Links): { type: 'text' | 'html_inline'; content: string }[] {
  const pieces: { type: 'text' | 'html_inline'; content: string }[] = [];
  let from = 0;
  for (const { 0: id, index } of text.matchAll(RULE)) {
    const href = links.rule(id);
    if (href === undefined) continue;
    pieces.push({ type: 'text', content: text.slice(from, index) });
    pieces.push({ type: 'html_inline', content: `<a class="ref" href="${escapeHtml(href)}">${escapeHtml(id)}</a>` });
    from = index + id.length;
  }
  return [...pieces, { type: 'text', content: text.slice(from) }];
}
