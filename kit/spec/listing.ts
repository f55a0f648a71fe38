/** What `om-conformance list` and `explain` print of rules and scenarios. Pure. */
import type { CatalogueRule } from './catalogue.js';
import { idOf } from './lint-rules.js';
import type { FeatureModel, ScenarioModel } from './model.js';

/** Rules of the catalogue by profile, each with its scenarios, their stages and what they need. */
export function listingLines(rules: readonly CatalogueRule[], features: readonly FeatureModel[]): string[] {
  const profiles = [...new Set(rules.map(({ profile }) => profile))];
  return profiles.flatMap((profile) => {
    const own = rules.filter((rule) => rule.profile === profile);
    return [`${profile} (${own.length} rules)`, ...own.flatMap((rule) => ruleLines(rule, features)), ''];
  });
}

function ruleLines(rule: CatalogueRule, features: readonly FeatureModel[]): string[] {
  const head = `  ${rule.id.padEnd(10)} ${rule.keyword.toUpperCase().padEnd(6)} ${rule.sentence}`;
  return [head, ...scenarioLines(rule, features).map((line) => `    ${line}`)];
}

function scenarioLines(rule: CatalogueRule, features: readonly FeatureModel[]): string[] {
  const found = features.flatMap((feature) =>
    feature.rules
      .filter((candidate) => idOf(candidate) === rule.id)
      .flatMap((of) => of.scenarios.map((scenario) => scenarioLine(feature, rule, scenario))),
  );
  return found.length > 0 ? found : ['no scenario yet'];
}

function scenarioLine(feature: FeatureModel, rule: CatalogueRule, { uri, line, title, tags }: ScenarioModel): string {
  const needs = [...new Set([...rule.needs, ...tags.needs])];
  const more = [
    `[${feature.tags.stages.join(', ')}]`,
    ...(needs.length > 0 ? [`needs ${needs.join(', ')}`] : []),
    ...(tags.disruptive ? ['disruptive'] : []),
  ];
  return `${uri}:${line}  ${title}  ${more.join('  ')}`;
}

/** One rule: its sentence, where it comes from, what it needs, and the examples that verify it. */
export function explainRule(rule: CatalogueRule, features: readonly FeatureModel[]): string[] {
  const model = features.flatMap(({ rules }) => rules).find((candidate) => idOf(candidate) === rule.id);
  return [
    `${rule.id}  ${rule.keyword.toUpperCase()}  profile ${rule.profile}`,
    '',
    rule.sentence,
    '',
    ...(model === undefined
      ? [`Source: ${rule.source.join(', ')}`]
      : model.prose.split('\n').map((text) => text.trim())),
    ...(rule.needs.length === 0 ? [] : ['', `Needs ${rule.needs.join(', ')}.`]),
    '',
    'Scenarios:',
    ...scenarioLines(rule, features).map((line) => `  ${line}`),
    '',
    `Run it: npx om-conformance run --rule ${rule.id}`,
  ];
}
