/** Puts the site together: every page from what was read, and nothing read here. Pure. */
import type { Catalogue, CatalogueRule } from '../spec/catalogue.js';
import type { Reading } from '../spec/reading.js';
import { errorsPage, type Registry } from './errors-page.js';
import { assertionsByRule, readVocabulary } from './forms.js';
import { type Document, followLink, guidePages, guidesIndexPage } from './guides.js';
import { homePage } from './home-page.js';
import type { Links } from './markdown.js';
import { type PageText, renderPage } from './page.js';
import { chapterOf, hrefFrom, PAGES, rulePlace, scenarioAnchor } from './place.js';
import { chapterPages, type RuleContext, rulesIndexPage } from './rule-pages.js';
import type { Sources } from './sources.js';
import { type ChapterText, readChapters } from './specification.js';
import { type TargetExample, targetPage } from './target-page.js';
import { observablesPage, stepsPage } from './vocabulary-pages.js';

export interface SiteInput {
  /** Version of the package. */
  readonly version: string;
  readonly reading: Reading;
  readonly catalogue: Catalogue;
  /** All rules of docs/spec/catalogue.md, with and without features. */
  readonly written: readonly CatalogueRule[];
  readonly sources: Sources;
  readonly kitErrors: Registry;
  readonly referenceErrors: Registry;
  readonly mutants: RuleContext['mutants'];
  readonly deviations: RuleContext['deviations'];
  readonly examples: readonly TargetExample[];
  /** Where the JSON Schema of target files stands on the site. */
  readonly schemaFile: string;
  readonly documents: readonly Document[];
  /** Whether the repository has a path. */
  readonly exists: (path: string) => boolean;
}

/**
 * Path on the site → page. Throws an Error when a rule has no content, a document links to nothing, or a source lacks what a page
 * is made of.
 */
export function buildSite(input: SiteInput): Map<string, string> {
  const chapters = readChapters(input.reading, input.catalogue);
  const names = chapterNames(chapters, input.documents);
  const vocabulary = readVocabulary(input.sources, input.reading, chapters);
  const { linksOn, documentLinks, problems } = linksOf(input, chapters);
  const context: RuleContext = {
    linksOn,
    names,
    assertions: assertionsByRule(vocabulary),
    mutants: input.mutants,
    deviations: input.deviations,
  };
  const guides = guidePages(input.documents, documentLinks);
  const pages: PageText[] = [
    homePage(chapters, input.written, names, input.catalogue.specification),
    rulesIndexPage(chapters, input.written, context),
    ...chapterPages(chapters, context),
    stepsPage(vocabulary, input.sources.heads, linksOn(PAGES.steps)),
    observablesPage(vocabulary, input.sources.heads, linksOn(PAGES.observables)),
    errorsPage(input.kitErrors, input.referenceErrors, linksOn(PAGES.errors)),
    targetPage(input.examples, input.schemaFile, linksOn(PAGES.target)),
    guidesIndexPage(guides),
    ...guides,
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const site = new Map(pages.map((page) => [page.path, renderPage(page, input.version)]));
  const missing = missingRules(site, chapters, input.catalogue);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  return site;
}

/** Looks at the finished pages: each rule and each of its scenarios has its place on the page that its permanent link names. */
export function missingRules(
  site: ReadonlyMap<string, string>,
  chapters: readonly ChapterText[],
  { rules }: Pick<Catalogue, 'rules'>,
): string[] {
  const shown = new Map(
    chapters.flatMap(({ features }) =>
      features.flatMap((feature) => feature.rules.map((rule) => [rule.entry.id, rule] as const)),
    ),
  );
  return rules.flatMap(({ id }) => {
    const [path = ''] = rulePlace(id).split('#');
    const page = site.get(path);
    const anchors = [id, ...(shown.get(id)?.scenarios ?? []).map(({ title }) => scenarioAnchor(id, title))];
    if (page === undefined || anchors.length === 1)
      return [`rule ${id} of features/catalogue.json has no content on ${path}`];
    return anchors
      .filter((anchor) => !page.includes(` id="${anchor}"`))
      .map((anchor) => `${path} has no place ${anchor}`);
  });
}

function linksOf({ catalogue, written, exists }: SiteInput, chapters: readonly ChapterText[]) {
  const specified = new Set(catalogue.rules.map(({ id }) => id));
  const known = new Set(written.map(({ id }) => id));
  const chapterOfFile = new Map(chapters.flatMap(({ id, features }) => features.map(({ uri }) => [uri, id] as const)));
  const problems: string[] = [];
  const ruleOn = (page: string) => (id: string) => {
    if (specified.has(id)) return hrefFrom(page, rulePlace(id));
    return known.has(id) ? hrefFrom(page, `spec/catalogue.html#${id}`) : undefined;
  };
  return {
    problems,
    linksOn: (page: string): Links => ({
      rule: ruleOn(page),
      file(written) {
        problems.push(`${page}: a text that is no document links to ${written}`);
        return undefined;
      },
    }),
    documentLinks: (source: string, page: string): Links => ({
      rule: ruleOn(page),
      file(written) {
        try {
          return followLink(source, page, written, exists, chapterOfFile);
        } catch (error) {
          problems.push(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      },
    }),
  };
}

/** `W` → "wire", as the catalogue's headings name chapters; `NS-VOL` → "volumes", as its feature does. */
function chapterNames(chapters: readonly ChapterText[], documents: readonly Document[]): Map<string, string> {
  const text = documents.find(({ source }) => source === 'docs/spec/catalogue.md')?.text ?? '';
  const headings = new Map(
    [...text.matchAll(/^## ([A-Z]+) — ([^(\n]+)/gm)].map(([, id = '', name = '']) => [id, name.trim()]),
  );
  return new Map(chapters.map(({ id, features }) => [id, headings.get(id) ?? features[0]?.topic ?? chapterOf(id)]));
}
