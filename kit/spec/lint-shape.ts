/**
 * Checks the form of scenarios: they can fail (a Then), they are short, their titles are addresses, their tags are of the
 * vocabulary. Pure.
 */

import { PROFILES } from '../run/capability.js';
import type { Finding } from './finding.js';
import type { FeatureModel, RuleModel, ScenarioModel } from './model.js';
import { didYouMean } from './nearest.js';
import type { Reading } from './reading.js';
import { KEYWORDS, type Tags } from './tags.js';

const MAX_STEPS = 6;
const MAX_BACKGROUND_STEPS = 3;
const VOCABULARY = [...KEYWORDS, ...PROFILES, 'disruptive'].map((tag) => `@${tag}`);

export function lintShape(
  features: readonly FeatureModel[],
  reading: Pick<Reading, 'pickles' | 'parseErrors'>,
): Finding[] {
  const executable = new Set(reading.pickles.flatMap(({ astNodeIds }) => astNodeIds));
  return [
    ...reading.parseErrors.map(({ source, message }) => ({
      check: 'unreadable',
      where: `${source.uri ?? 'features'}:${source.location?.line ?? 1}`,
      message,
    })),
    ...features.flatMap((feature) => lintFeature(feature, executable)),
  ];
}

function lintFeature(feature: FeatureModel, executable: ReadonlySet<string>): Finding[] {
  const scenarios = [...feature.stray, ...feature.rules.flatMap((rule) => rule.scenarios)];
  return [
    ...unknownTags(feature.uri, feature.line, feature.tags),
    ...stepsInProse(feature),
    ...longBackground(feature.uri, feature),
    ...feature.stray.map((scenario) => at(scenario, 'scenario-outside', 'the scenario stands outside of any rule')),
    ...feature.rules.flatMap((rule) => lintRule(rule)),
    ...scenarios.flatMap((scenario) => lintScenario(scenario, executable)),
    ...repeatedTitles(scenarios),
  ];
}

function lintRule(rule: RuleModel): Finding[] {
  const where = `${rule.uri}:${rule.line}`;
  const empty = rule.scenarios.length === 0;
  return [
    ...unknownTags(rule.uri, rule.line, rule.tags),
    ...stepsInProse(rule),
    ...longBackground(rule.uri, rule),
    ...(empty ? [{ check: 'rule-empty', where, message: 'the rule has no example, so nothing verifies it' }] : []),
  ];
}

function lintScenario(scenario: ScenarioModel, executable: ReadonlySet<string>): Finding[] {
  const { steps, tags } = scenario;
  const findings = [...unknownTags(scenario.uri, scenario.line, tags), ...stepsInProse(scenario)];
  const find = (check: string, message: string) => findings.push(at(scenario, check, message));
  if (!executable.has(scenario.id))
    find('never-runs', 'the scenario has no steps or no rows of examples, so it never runs');
  if (!steps.some(({ kind }) => kind === 'Outcome')) find('no-then', 'without a Then the scenario cannot fail');
  if (steps.length > MAX_STEPS) find('too-long', `${steps.length} steps, at most ${MAX_STEPS}`);
  if (tags.rules.length > 0 || tags.keywords.length > 0 || tags.profiles.length > 0) {
    find('tag-misplaced', 'rule id, keyword and profile belong to the rule or the feature');
  }
  const whens = steps.filter(({ kind, leads }) => kind === 'Action' && leads).length;
  if (whens > 1 && !isAboutWaiting(scenario)) {
    find('many-whens', `${whens} times When; one, or When/Then pairs where waiting is the subject`);
  }
  return findings;
}

/** When/Then pairs in turn, at least one of which says that something waits. */
function isAboutWaiting({ steps }: ScenarioModel): boolean {
  const leading = steps.filter(({ leads, kind }) => leads && kind !== 'Context').map(({ kind }) => kind);
  const inTurn = leading.every((kind, index) => kind === (index % 2 === 0 ? 'Action' : 'Outcome'));
  return inTurn && steps.some(({ kind, text }) => kind === 'Outcome' && /\bwait(?:s|ing|ed)?\b/.test(text));
}

function repeatedTitles(scenarios: readonly ScenarioModel[]): Finding[] {
  const seen = new Map<string, number>();
  return scenarios.flatMap((scenario) => {
    const before = seen.get(scenario.title);
    seen.set(scenario.title, scenario.line);
    return before === undefined
      ? []
      : [at(scenario, 'title-repeated', `"${scenario.title}" is the title of line ${before} too`)];
  });
}

function longBackground(uri: string, { background }: FeatureModel | RuleModel): Finding[] {
  const steps = background?.steps.length ?? 0;
  if (background === undefined || steps <= MAX_BACKGROUND_STEPS) return [];
  const message = `${steps} steps of background, at most ${MAX_BACKGROUND_STEPS}`;
  return [{ check: 'background-long', where: `${uri}:${background.line}`, message }];
}

/** A misspelt keyword turns what follows it into prose, which nothing ever runs. */
function stepsInProse({
  uri,
  line,
  prose,
}: {
  readonly uri: string;
  readonly line: number;
  readonly prose: string;
}): Finding[] {
  return prose
    .split('\n')
    .filter((text) => /^\s*(?:(?:Given|When|Then|And|But|\*) .*[^.,;:]|[A-Z]\w+(?: \w+)?:)$/.test(text))
    .map((text) => ({
      check: 'prose-step',
      where: `${uri}:${line}`,
      message: `"${text.trim()}" is read as prose; is a keyword above it misspelt?`,
    }));
}

function unknownTags(uri: string, line: number, { unknown }: Tags): Finding[] {
  return unknown.map((tag) => ({
    check: 'tag-unknown',
    where: `${uri}:${line}`,
    message: `${tag} is not in the vocabulary${didYouMean(tag, VOCABULARY)}`,
  }));
}

function at({ uri, line }: ScenarioModel, check: string, message: string): Finding {
  return { check, where: `${uri}:${line}`, message };
}
