/**
 * The documents of the repository that become pages, where each stands on the site, and what a link in one of them leads to.
 * What a document says is its own; only the catalogue is divided so that each of its rules can be pointed at. Pure.
 */
import { posix } from 'node:path';
import { escapeHtml, headingOf, listOf } from './html.js';
import { type Links, type Rendered, renderDocument } from './markdown.js';
import type { PageText } from './page.js';
import { chapterPage, hrefFrom, PAGES } from './place.js';

export interface Document {
  /** Path in the repository. */
  readonly source: string;
  readonly text: string;
}

type Group = 'use' | 'spec' | 'decisions' | 'observations';

const GROUPS: Readonly<Record<Group, { readonly title: string; readonly lead: string }>> = {
  use: { title: 'To use it and to change it', lead: '' },
  spec: {
    title: 'Specification texts',
    lead: 'What the features are made from: all rules, what is spoken on the wire, what kit and cluster owe each other, and the sources.',
  },
  observations: { title: 'Observations', lead: 'What real Apache Ozone was seen to answer.' },
  decisions: { title: 'Decisions', lead: 'Where the specification or the design was silent, or was left.' },
};

/** Not on the site: what is left to do is for those who work in the repository. */
const LEFT_OUT = ['docs/status.md'];
const FEATURE = /^features\/.*\.feature$/;

/** Page of a document, or undefined where it is none. */
export function documentPage(source: string): string | undefined {
  if (LEFT_OUT.includes(source)) return undefined;
  if (source === 'README.md') return 'guides/readme.html';
  if (source === 'CONTRIBUTING.md') return 'guides/contributing.html';
  const [, folder, name] = /^docs\/(?:(spec|decisions|observations)\/)?([^/]+)\.md$/.exec(source) ?? [];
  if (name === undefined) return undefined;
  return `${folder ?? 'guides'}/${name === 'README' ? 'index' : name}.html`;
}

/** Where a path of the repository, file or folder, stands on the site. */
export function placeOf(path: string, chapters: ReadonlyMap<string, string>): string | undefined {
  const page = documentPage(path);
  if (page !== undefined) return page;
  if (FEATURE.test(path)) {
    const chapter = chapters.get(path);
    return chapter === undefined ? undefined : chapterPage(chapter);
  }
  const [, example] = /^docs\/examples\/targets\/(.+)$/.exec(path) ?? [];
  if (example !== undefined) return `${PAGES.target}#example-${example}`;
  return FOLDERS[path];
}

export const SCHEMA_FILE = 'target.schema.json';

const FOLDERS: Readonly<Record<string, string>> = {
  docs: PAGES.guides,
  'docs/spec': `${PAGES.guides}#spec`,
  'docs/observations': `${PAGES.guides}#observations`,
  'docs/decisions': 'decisions/index.html',
  'docs/examples': `${PAGES.target}#examples`,
  'docs/examples/targets': `${PAGES.target}#examples`,
  'docs/schema/target.schema.json': SCHEMA_FILE,
  features: PAGES.rules,
  'features/catalogue.json': PAGES.rules,
  'kit/errors.ts': `${PAGES.errors}#kit`,
  'reference/errors.ts': `${PAGES.errors}#reference`,
};

/**
 * What a link written in `source` leads to, from the page of that document.
 *
 * @param exists whether the repository has a path
 * @param chapters feature file → chapter
 * @throws Error when the repository has no such path
 */
export function followLink(
  source: string,
  page: string,
  written: string,
  exists: (path: string) => boolean,
  chapters: ReadonlyMap<string, string>,
): string | undefined {
  const [target = '', anchor] = written.split('#', 2);
  const path = posix.join(posix.dirname(source), target).replace(/\/$/, '');
  if (!exists(path)) throw new Error(`${source} links to ${written}, and there is no ${path}`);
  const place = placeOf(path, chapters);
  if (place === undefined) return undefined;
  return hrefFrom(page, anchor === undefined ? place : `${place.replace(/#.*$/, '')}#${anchor}`);
}

export function guidePages(
  documents: readonly Document[],
  linksOn: (source: string, page: string) => Links,
): PageText[] {
  return documents.flatMap(({ source, text }) => {
    const path = documentPage(source);
    if (path === undefined) return [];
    const rendered =
      source === 'docs/spec/catalogue.md'
        ? renderCatalogue(text, linksOn(source, path))
        : renderDocument(text, linksOn(source, path));
    return [
      {
        path,
        section: 'guides' as const,
        title: source === 'README.md' ? 'First steps' : (rendered.title ?? source),
        body: `<p class="dim">${escapeHtml(source)}</p>${rendered.html}`,
        contents: rendered.headings.map(({ id, text: title, level }) => ({ id, text: title, deeper: level > 2 })),
      },
    ];
  });
}

/** Every rule an item of a list, with its id as anchor. */
function renderCatalogue(text: string, links: Links): Rendered {
  const divided = text.replace(/(?:^|[ \n])([A-Z]+(?:-[A-Z]+)*-\d+) (MUST|SHOULD|MAY) /g, '\n- **$1** $2 ');
  const rendered = renderDocument(divided, links);
  const html = rendered.html.replace(
    /<li>((?:<p>)?<strong>(?:<a [^>]*>)?)([A-Z]+(?:-[A-Z]+)*-\d+)/g,
    '<li id="$2">$1$2',
  );
  return { ...rendered, html };
}

export function guidesIndexPage(guides: readonly PageText[]): PageText {
  const groups = Object.entries(GROUPS) as [Group, (typeof GROUPS)[Group]][];
  const sections = groups.map(([group, { title, lead }]) => {
    const own = guides.filter(({ path }) => posix.dirname(path) === (group === 'use' ? 'guides' : group));
    const items = own.map((page) => `<a href="${hrefFrom(PAGES.guides, page.path)}">${escapeHtml(page.title)}</a>`);
    return `${headingOf(2, group, title)}${lead === '' ? '' : `<p>${lead}</p>`}${listOf(items)}`;
  });
  return {
    path: PAGES.guides,
    section: 'guides',
    title: 'Guides',
    body: sections.join(''),
    contents: groups.map(([group, { title }]) => ({ id: group, text: title, deeper: false })),
  };
}
