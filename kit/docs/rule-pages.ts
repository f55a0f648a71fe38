/** The pages of the rules: one for each chapter, and the list of all. Pure. */
import { CAPABILITIES, type Capability } from '../run/capability.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import type { Deviation } from '../verdict/baseline.js';
import { proseOf, scenarioView, stepsView } from './gherkin-view.js';
import { codeOf, escapeHtml, headingOf, listOf, recordsOf, slugOf } from './html.js';
import { type Links, renderInline } from './markdown.js';
import type { PageText } from './page.js';
import { assertionPlace, chapterOf, chapterPage, hrefFrom, PAGES, ruleLink } from './place.js';
import { casesOf, reachOf } from './reach.js';
import type { ChapterText, FeatureText, RuleText, ScenarioText } from './specification.js';

/** A wrong version of the reference, and the assertion that has to notice it. */
export interface MutantText {
  readonly id: string;
  readonly wrong: string;
  readonly assertion: string;
}

/** What the pages say of rules besides their own words. */
export interface RuleContext {
  readonly linksOn: (page: string) => Links;
  /** Chapter → its name, e.g. `W` → `wire`. */
  readonly names: ReadonlyMap<string, string>;
  /** Ids of the assertions that the steps of a rule come to, by rule. */
  readonly assertions: ReadonlyMap<string, readonly string[]>;
  /** Wrong versions that have to fail at a rule, by rule. */
  readonly mutants: ReadonlyMap<string, readonly MutantText[]>;
  /** Where an implementation is known to depart, with its name. */
  readonly deviations: readonly { readonly of: string; readonly deviation: Deviation }[];
}

export function chapterPages(chapters: readonly ChapterText[], context: RuleContext): PageText[] {
  return chapters.map((chapter) => {
    const path = chapterPage(chapter.id);
    const links = context.linksOn(path);
    const rules = chapter.features.flatMap((feature) => feature.rules);
    return {
      path,
      section: 'rules',
      title: `${chapter.id}: ${context.names.get(chapter.id) ?? chapter.features[0]?.topic ?? ''}`,
      body: chapter.features
        .map((feature) => `${topicView(feature, chapter)}${featureView(feature, path, links, context)}`)
        .join(''),
      contents: rules.map(({ entry, title }) => ({ id: entry.id, text: `${entry.id} ${title}`, deeper: false })),
    };
  });
}

/** A chapter of one feature has its topic in its title. */
function topicView({ topic }: FeatureText, { features }: ChapterText): string {
  return features.length < 2 ? '' : headingOf(2, `feature-${slugOf(topic)}`, escapeHtml(upperFirst(topic)));
}

function runs(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'wherever a client reaches the cluster' : `only ${conditions.join(', and ')}`;
}

function featureView(feature: FeatureText, page: string, links: Links, context: RuleContext): string {
  const { prose, tags, uri, rules, background } = feature;
  const stages = tags.stages.map(escapeHtml).join(', ');
  return (
    `<p class="dim">${codeOf(uri)}, stage ${stages}</p>${proseOf(prose, links)}${backgroundView(background, page)}` +
    rules.map((rule) => ruleView(rule, page, links, context)).join('')
  );
}

function backgroundView(steps: RuleText['background'], page: string): string {
  return steps.length === 0 ? '' : `<p class="caption">Before each scenario</p>${stepsView(steps, page)}`;
}

function ruleView(rule: RuleText, page: string, links: Links, context: RuleContext): string {
  const { entry, title, source, prose, tags, background, scenarios } = rule;
  const keyword = entry.keyword.toUpperCase();
  const catalogue = hrefFrom(page, `spec/catalogue.html#${entry.id}`);
  const judged = (context.assertions.get(entry.id) ?? []).map(
    (id) => `<a href="${hrefFrom(page, assertionPlace(id))}">${codeOf(id)}</a>`,
  );
  const facts: [string, string][] = [
    [
      'Catalogue',
      `<a class="ref" href="${catalogue}">${escapeHtml(entry.id)}</a> <b>${keyword}</b> ${renderInline(entry.sentence, links)}`,
    ],
    ['Source', `${renderInline(source, links)} <span class="dim">[${escapeHtml(entry.source.join(', '))}]</span>`],
    ['Profile', escapeHtml(entry.profile)],
    ['Stage', tags.stages.map(escapeHtml).join(', ')],
    ['Runs', runs(onlyWhen(tags.needs, tags.disruptive))],
    ['Within reach', reachOf(scenarios)],
    ['Judged by', judged.join(', ')],
    ['Tried on', mutantsView(context.mutants.get(entry.id) ?? [], page)],
    ['Run it', codeOf(`npx om-conformance run --rule ${entry.id}`)],
  ];
  const of = context.deviations.filter(({ deviation }) => deviation.rule === entry.id);
  return (
    `<article class="rule">${headingOf(3, entry.id, `<span class="badge ${entry.keyword}">${keyword}</span> <span class="id">${escapeHtml(entry.id)}</span> ${renderInline(title, links)}`)}` +
    `<dl class="facts">${facts.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('')}</dl>` +
    `${of.map((one) => `<p class="note">${deviationView(one)}</p>`).join('')}${proseOf(prose, links)}${backgroundView(background, page)}` +
    `${scenarios.map((scenario) => scenarioView(rule, scenario, remarksOf(rule, scenario, context), page, links)).join('')}</article>`
  );
}

/** What the reference was changed to, so that the rule is seen to fail. */
function mutantsView(mutants: readonly MutantText[], page: string): string {
  if (mutants.length === 0) return 'no wrong version of the reference';
  const items = mutants.map(({ id, wrong, assertion }) => {
    const judge = `<a href="${hrefFrom(page, assertionPlace(assertion))}">${codeOf(assertion)}</a>`;
    return `${codeOf(id)} ${escapeHtml(wrong)} <span class="dim">Noticed by ${judge}.</span>`;
  });
  const count = mutants.length === 1 ? 'one wrong version' : `${mutants.length} wrong versions`;
  return `<details><summary>${count} of the reference, which fail${mutants.length === 1 ? 's' : ''}</summary>${listOf(items)}</details>`;
}

function remarksOf(rule: RuleText, scenario: ScenarioText, { deviations }: RuleContext) {
  const needs = scenario.tags.needs.filter((capability) => !rule.tags.needs.includes(capability));
  const name = `${scenario.uri}: ${scenario.title}`;
  return {
    only: onlyWhen(needs, scenario.tags.disruptive && !rule.tags.disruptive),
    notes: deviations.filter(({ deviation }) => deviation.scenario === name).map(deviationView),
  };
}

function deviationView({ of, deviation }: RuleContext['deviations'][number]): string {
  return `<b>${escapeHtml(of)} departs from this, as recorded.</b> ${escapeHtml(deviation.reason)} <a href="${escapeHtml(deviation.link)}">Its source.</a>`;
}

/** Conditions of a rule or a scenario, each in a clause that goes on after "runs only". */
export function onlyWhen(needs: readonly Capability[], disruptive: boolean): string[] {
  const capabilities = CAPABILITIES.filter((capability) => needs.includes(capability));
  return [
    ...(capabilities.length === 0 ? [] : [`where the target offers ${capabilities.map(codeOf).join(', ')}`]),
    ...(disruptive ? [`with ${codeOf('--disruptive')} on a cluster that is not the kit's own`] : []),
  ];
}

/** The list of all rules. */
export function rulesIndexPage(
  chapters: readonly ChapterText[],
  written: readonly CatalogueRule[],
  context: RuleContext,
): PageText {
  const path = PAGES.rules;
  const links = context.linksOn(path);
  const rows = (features: readonly FeatureText[]) =>
    features
      .flatMap(({ rules }) => rules)
      .map(({ entry, title, scenarios, tags }) => ({
        id: entry.id,
        cells: [
          ruleLink(path, entry.id),
          `<span class="badge ${entry.keyword}">${entry.keyword.toUpperCase()}</span>`,
          renderInline(title, { ...links, rule: () => undefined }),
          String(scenarios.length),
          neededBy(tags.needs, scenarios),
        ],
      }));
  const sections = chapters.map(({ id, features }) => {
    const name = `${id}: ${context.names.get(id) ?? ''}`;
    const profile = features[0]?.rules[0]?.entry.profile ?? '';
    return (
      `${headingOf(2, `chapter-${id}`, `<a href="${hrefFrom(path, chapterPage(id))}">${escapeHtml(name)}</a> <span class="dim">profile ${escapeHtml(profile)}</span>`)}` +
      recordsOf(['Rule', 'Keyword', 'Title', 'Scenarios', 'Needs'], rows(features))
    );
  });
  const specified = new Set(
    chapters.flatMap(({ features }) => features.flatMap(({ rules }) => rules.map(({ entry }) => entry.id))),
  );
  const left = [...new Set(written.filter(({ id }) => !specified.has(id)).map(({ id }) => chapterOf(id)))];
  return {
    path,
    section: 'rules',
    title: 'Rules',
    body:
      `<p>${specified.size} of the ${written.length} rules of the <a href="${hrefFrom(path, 'spec/catalogue.html')}">catalogue</a> are specified by features in this version; a profile's verdict counts these. ` +
      `Still to come, at least in part: ${left.map((id) => `<a class="ref" href="${hrefFrom(path, `spec/catalogue.html#${firstOf(written, id, specified)}`)}">${escapeHtml(id)}</a>`).join(', ')}.</p>${sections.join('')}`,
    contents: chapters.map(({ id }) => ({
      id: `chapter-${id}`,
      text: `${id}: ${context.names.get(id) ?? ''}`,
      deeper: false,
    })),
  };
}

/** Capabilities of the rule, and those that some of its scenarios need alone. */
function neededBy(rule: readonly Capability[], scenarios: readonly ScenarioText[]): string {
  const some = CAPABILITIES.filter(
    (capability) => !rule.includes(capability) && casesOf(scenarios).some((needs) => needs.includes(capability)),
  );
  return [
    ...rule.map(codeOf),
    ...some.map((capability) => `${codeOf(capability)} <span class="dim">(some)</span>`),
  ].join(', ');
}

function firstOf(written: readonly CatalogueRule[], chapter: string, specified: ReadonlySet<string>): string {
  return written.find(({ id }) => chapterOf(id) === chapter && !specified.has(id))?.id ?? '';
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
