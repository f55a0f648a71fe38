/**
 * The features as the pages show them: chapters, features, rules and scenarios with their own words, tables and tags, each rule
 * beside its entry in the catalogue. It leaves out nothing that a feature says and judges nothing but whether every rule is
 * there. Pure.
 */
import type { Background, Examples, Feature, GherkinDocument, Rule, Scenario, Step } from '@cucumber/messages';
import type { Capability } from '../run/capability.js';
import type { Catalogue, CatalogueRule } from '../spec/catalogue.js';
import type { Reading } from '../spec/reading.js';
import { readTags, type Tags } from '../spec/tags.js';
import { chapterOf } from './place.js';

export interface ChapterText {
  /** `NS-VOL` */
  readonly id: string;
  readonly features: readonly FeatureText[];
}

export interface FeatureText {
  readonly uri: string;
  /** Title without the chapter before it. */
  readonly topic: string;
  readonly prose: string;
  readonly tags: Tags;
  readonly background: readonly StepText[];
  readonly rules: readonly RuleText[];
}

export interface RuleText {
  readonly entry: CatalogueRule;
  /** Title without the id before it. */
  readonly title: string;
  /** What stands behind `Source:`. */
  readonly source: string;
  /** The rest of the prose. */
  readonly prose: string;
  /** With the feature's. */
  readonly tags: Tags;
  readonly background: readonly StepText[];
  readonly scenarios: readonly ScenarioText[];
}

export interface ScenarioText {
  /** `Example`, `Scenario Outline`, … as written. */
  readonly keyword: string;
  readonly title: string;
  readonly prose: string;
  /** Comments between what stands before it and its keyword. */
  readonly comment: string;
  readonly uri: string;
  readonly line: number;
  /** With the rule's and the feature's; tables of examples may have their own. */
  readonly tags: Tags;
  readonly steps: readonly StepText[];
  readonly examples: readonly ExamplesText[];
}

export interface StepText {
  readonly keyword: string;
  readonly text: string;
  /** Expression of the step definition that carries it, where there is one. */
  readonly form: string | undefined;
  readonly table: readonly (readonly string[])[];
  readonly docString: string | undefined;
}

export interface ExamplesText {
  readonly title: string;
  /** What its rows need alone. */
  readonly needs: readonly Capability[];
  readonly prose: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Throws an Error that names every feature that cannot be read and every rule of the catalogue without a scenario. */
export function readChapters(
  reading: Pick<Reading, 'documents' | 'parseErrors' | 'pickles' | 'testCases' | 'stepDefinitions'>,
  { rules: entries }: Catalogue,
): ChapterText[] {
  const problems = reading.parseErrors.map(({ source, message }) => `${source.uri ?? 'a feature'}: ${message}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const forms = formsByStep(reading);
  const chapters = new Map<string, FeatureText[]>();
  for (const document of reading.documents) {
    const feature = new FeatureReader(document, entries, forms).read();
    const [first] = feature?.rules ?? [];
    if (feature === undefined || first === undefined) continue;
    const id = chapterOf(first.entry.id);
    chapters.set(id, [...(chapters.get(id) ?? []), feature]);
  }
  const shown = new Set([...chapters.values()].flat().flatMap(({ rules }) => rules.map(({ entry }) => entry.id)));
  const missing = entries.filter(({ id }) => !shown.has(id)).map(({ id }) => id);
  if (missing.length > 0)
    throw new Error(`no feature has a scenario of ${missing.join(', ')}, which the catalogue names`);
  const order = [...new Set(entries.map(({ id }) => chapterOf(id)))];
  return order.map((id) => ({ id, features: (chapters.get(id) ?? []).sort(byFirstRule(entries)) }));
}

/** A step of a feature, by its id → expression of its definition. */
function formsByStep({ pickles, testCases, stepDefinitions }: Parameters<typeof readChapters>[0]): Map<string, string> {
  const patterns = new Map(stepDefinitions.map(({ id, pattern }) => [id, pattern.source]));
  const origins = new Map(pickles.flatMap(({ steps }) => steps.map(({ id, astNodeIds }) => [id, astNodeIds[0] ?? ''])));
  return new Map(
    testCases.flatMap(({ testSteps }) =>
      testSteps.flatMap(({ pickleStepId = '', stepDefinitionIds: [definition = ''] = [] }): [string, string][] => {
        const pattern = patterns.get(definition);
        return pattern === undefined ? [] : [[origins.get(pickleStepId) ?? '', pattern]];
      }),
    ),
  );
}

function byFirstRule(entries: readonly CatalogueRule[]): (a: FeatureText, b: FeatureText) => number {
  const at = ({ rules }: FeatureText) => entries.findIndex(({ id }) => id === rules[0]?.entry.id);
  return (a, b) => at(a) - at(b);
}

class FeatureReader {
  constructor(
    private readonly document: GherkinDocument,
    private readonly entries: readonly CatalogueRule[],
    private readonly forms: ReadonlyMap<string, string>,
  ) {}

  read(): FeatureText | undefined {
    const { feature } = this.document;
    if (feature === undefined) return undefined;
    return {
      uri: this.document.uri ?? '',
      topic: feature.name.replace(/^[A-Z-]+ - /, ''),
      prose: paragraphs(feature.description),
      tags: tagsOf(feature),
      background: this.background(feature.children),
      rules: feature.children.flatMap(({ rule }) => (rule === undefined ? [] : this.rule(rule, feature))),
    };
  }

  private rule(rule: Rule, feature: Feature): RuleText[] {
    const [id = ''] = rule.name.split(/\s+/, 1);
    const entry = this.entries.find((candidate) => candidate.id === id);
    const scenarios = rule.children.flatMap(({ scenario }) =>
      scenario === undefined ? [] : [this.scenario(scenario, rule, feature)],
    );
    if (entry === undefined || scenarios.length === 0) return [];
    const [, source = '', prose = ''] = /^\s*Source:\s*([^\n]*)\n?([\s\S]*)$/.exec(rule.description) ?? [
      '',
      '',
      rule.description,
    ];
    return [
      {
        entry,
        title: rule.name.slice(id.length).trim(),
        source: source.trim(),
        prose: paragraphs(prose),
        tags: tagsOf(feature, rule),
        background: this.background(rule.children),
        scenarios,
      },
    ];
  }

  private scenario(scenario: Scenario, rule: Rule, feature: Feature): ScenarioText {
    return {
      keyword: scenario.keyword,
      title: scenario.name,
      prose: paragraphs(scenario.description),
      comment: this.commentAbove(scenario.tags[0]?.location.line ?? scenario.location.line),
      uri: this.document.uri ?? '',
      line: scenario.location.line,
      tags: tagsOf(feature, rule, scenario),
      steps: this.steps(scenario.steps),
      examples: scenario.examples.map(examplesOf),
    };
  }

  private background(children: readonly { readonly background?: Background }[]): StepText[] {
    return children.flatMap(({ background }) => (background === undefined ? [] : this.steps(background.steps)));
  }

  private steps(steps: readonly Step[]): StepText[] {
    return steps.map(({ id, keyword, text, dataTable, docString }) => ({
      keyword: keyword.trim(),
      text,
      form: this.forms.get(id),
      table: (dataTable?.rows ?? []).map(({ cells }) => cells.map(({ value }) => value)),
      docString: docString?.content,
    }));
  }

  private commentAbove(line: number): string {
    const texts = new Map(this.document.comments.map(({ location, text }) => [location.line, text]));
    const found: string[] = [];
    for (let at = line - 1; texts.has(at); at -= 1) found.unshift((texts.get(at) ?? '').replace(/^\s*#\s?/, ''));
    return found.join(' ').trim();
  }
}

function examplesOf({ name, description, tags, tableHeader, tableBody }: Examples): ExamplesText {
  return {
    title: name,
    needs: readTags(tags.map((tag) => tag.name)).needs,
    prose: paragraphs(description),
    head: (tableHeader?.cells ?? []).map(({ value }) => value),
    rows: tableBody.map(({ cells }) => cells.map(({ value }) => value)),
  };
}

function tagsOf(...of: readonly { readonly tags: readonly { readonly name: string }[] }[]): Tags {
  return readTags(of.flatMap(({ tags }) => tags.map(({ name }) => name)));
}

/** Lines without their indentation. */
function paragraphs(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
