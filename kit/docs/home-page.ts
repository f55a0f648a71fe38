/** The first page: what this is, how far it reaches, and where to go on. Pure. */
import { PROFILES } from '../run/capability.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import { codeOf, escapeHtml, headingOf, tableOf } from './html.js';
import type { PageText } from './page.js';
import { chapterPage, hrefFrom, PAGES } from './place.js';
import type { ChapterText } from './specification.js';

/**
 * @param written all rules of the catalogue, also those without features
 * @param names chapter → its name
 */
export function homePage(
  chapters: readonly ChapterText[],
  written: readonly CatalogueRule[],
  names: ReadonlyMap<string, string>,
  specification: string,
): PageText {
  const rules = chapters.flatMap(({ features }) => features.flatMap((feature) => feature.rules));
  const rows = PROFILES.flatMap((profile) => {
    const own = rules.filter(({ entry }) => entry.profile === profile);
    const all = written.filter((rule) => rule.profile === profile);
    if (all.length === 0) return [];
    const scenarios = own.reduce((sum, rule) => sum + rule.scenarios.length, 0);
    return [
      {
        cells: [
          codeOf(profile),
          `${own.length} of ${all.length}`,
          String(scenarios),
          chaptersOf(profile, chapters, names),
        ],
      },
    ];
  });
  const cards: [keyof typeof PAGES, string, string][] = [
    ['rules', 'Rules', 'What must hold, rule by rule, with the scenarios that verify it.'],
    ['steps', 'Steps', 'The words that scenarios are made of, and what each does.'],
    ['observables', 'Observables', 'What is looked at, and the assertions that may blame an implementation.'],
    ['errors', 'Errors', 'Every error code and exit code, with what to do.'],
    ['target', 'Target file', 'How the kit reaches a cluster: every key, with examples.'],
    ['guides', 'Guides', 'Start, architecture, the texts of the specification, decisions.'],
    ['api', 'API', 'The interfaces between the parts, from the sources.'],
  ];
  return {
    path: PAGES.home,
    section: 'home',
    title: 'om-conformance',
    body:
      '<p>The executable specification of an Apache Ozone Manager with follower reads, multi-raft and leader execution: features in Gherkin say what must hold, ' +
      'a kit runs them over gRPC against any cluster and gives a verdict per profile, and a bundled reference cluster passes all of it. ' +
      `Begin with the <a href="${hrefFrom(PAGES.home, 'guides/readme.html')}">first steps</a>.</p>` +
      `<ul class="cards">${cards.map(([page, title, text]) => `<li><strong><a href="${PAGES[page]}">${title}</a></strong>${text}</li>`).join('')}</ul>` +
      headingOf(2, 'profiles', 'What is specified so far') +
      `<p>Version ${escapeHtml(specification)} of the specification: ${rules.length} of ${written.length} rules. An implementation claims profiles, and each gets a verdict of its own.</p>` +
      tableOf(['Profile', 'Rules', 'Scenarios', 'Chapters'], rows),
    contents: [],
  };
}

function chaptersOf(profile: string, chapters: readonly ChapterText[], names: ReadonlyMap<string, string>): string {
  return chapters
    .filter(({ features }) => features.some((feature) => feature.rules.some(({ entry }) => entry.profile === profile)))
    .map(
      ({ id }) =>
        `<a href="${hrefFrom(PAGES.home, chapterPage(id))}">${escapeHtml(id)}</a> ${escapeHtml(names.get(id) ?? '')}`,
    )
    .join(', ');
}
