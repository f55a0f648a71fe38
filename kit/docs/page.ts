/** What a page is, and the frame that all of them share: head, navigation, the list of what stands on it. Pure. */
import { escapeHtml } from './html.js';
import { hrefFrom, PAGES } from './place.js';
import { STYLE } from './style.js';

export type Section = 'home' | 'rules' | 'steps' | 'observables' | 'errors' | 'target' | 'guides';

export interface PageText {
  /** From the root of the site. */
  readonly path: string;
  readonly section: Section;
  readonly title: string;
  /** Markup of the main part, without the title. */
  readonly body: string;
  /** Places on the page, for the list beside it. */
  readonly contents: readonly Place[];
}

export interface Place {
  readonly id: string;
  readonly text: string;
  /** Belongs to the place before it. */
  readonly deeper: boolean;
}

const NAVIGATION: readonly [keyof typeof PAGES, string][] = [
  ['home', 'Overview'],
  ['rules', 'Rules'],
  ['steps', 'Steps'],
  ['observables', 'Observables'],
  ['errors', 'Errors'],
  ['target', 'Target file'],
  ['guides', 'Guides'],
  ['api', 'API'],
];

/** @param version of the package */
export function renderPage(page: PageText, version: string): string {
  const title = page.section === 'home' ? page.title : `${page.title} · om-conformance`;
  const links = NAVIGATION.map(([section, text]) => {
    const current = section === page.section ? ' aria-current="page"' : '';
    return `<li><a href="${hrefFrom(page.path, PAGES[section])}"${current}>${text}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header><nav aria-label="Site"><a class="brand" href="${hrefFrom(page.path, PAGES.home)}">om-conformance <span class="dim">${escapeHtml(version)}</span></a><ul>${links.join('')}</ul></nav></header>
<div class="columns">
${contentsView(page.contents)}<main id="main">
<h1>${escapeHtml(page.title)}</h1>
${page.body}
</main>
</div>
</body>
</html>
`;
}

function contentsView(contents: readonly Place[]): string {
  if (contents.length < 2) return '';
  const items = contents.map(
    ({ id, text, deeper }) =>
      `<li${deeper ? ' class="deeper"' : ''}><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<aside><p class="caption">On this page</p><nav aria-label="On this page"><ul>${items.join('')}</ul></nav></aside>\n`;
}
