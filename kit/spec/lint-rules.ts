/**
 * Checks the rules of the features against `features/catalogue.json`: each rule once, and the same id, keyword, profile,
 * needs and source in both. Pure.
 */
import type { Catalogue, CatalogueRule } from './catalogue.js';
import type { Finding } from './finding.js';
import type { FeatureModel, RuleModel } from './model.js';
import { didYouMean } from './nearest.js';
import { RULE_ID } from './tags.js';

/** How a rule's prose names each source of docs/spec/catalogue.md. */
const SOURCE_NAMES: Readonly<Record<string, RegExp>> = {
  oz: /\bOzone\b/,
  hdfs: /\bHDFS\b/,
  kit: /\bdecided here\b|\bthis (?:kit|project|specification)\b/i,
};

export function lintRules(features: readonly FeatureModel[], catalogue: Catalogue): Finding[] {
  const known = new Map(catalogue.rules.map((rule) => [rule.id, rule]));
  const rules = features.flatMap((feature) => feature.rules.map((rule) => ({ feature, rule })));
  return [
    ...features.flatMap(lintFeature),
    ...rules.flatMap(({ feature, rule }) => lintRule(feature, rule, known)),
    ...lintPresence(
      rules.map(({ rule }) => rule),
      catalogue,
    ),
  ];
}

/** The id that leads a rule's title. */
export function idOf({ title }: RuleModel): string | undefined {
  const [first = ''] = title.split(/\s+/, 1);
  return RULE_ID.test(first) ? first : undefined;
}

function lintFeature(feature: FeatureModel): Finding[] {
  const at = (check: string, message: string): Finding => ({ check, where: `${feature.uri}:${feature.line}`, message });
  const findings: Finding[] = [];
  const [, chapter] = /^([A-Z]+(?:-[A-Z]+)*) - \S/.exec(feature.title) ?? [];
  if (chapter === undefined) findings.push(at('feature-title', `"${feature.title}" must read "<CHAPTER> - <topic>"`));
  for (const rule of feature.rules) {
    const id = idOf(rule);
    if (chapter !== undefined && id !== undefined && id.replace(/-\d+$/, '') !== chapter) {
      findings.push(at('feature-title', `rule ${id} stands in a feature of chapter ${chapter}`));
    }
  }
  if (feature.tags.stages.length === 0) findings.push(at('stage-missing', 'the feature names no stage (@stage:…)'));
  if (feature.tags.profiles.length !== 1) {
    findings.push(
      at('profile-missing', `the feature must carry one profile tag, found ${feature.tags.profiles.length}`),
    );
  }
  return findings;
}

function lintRule(feature: FeatureModel, rule: RuleModel, known: ReadonlyMap<string, CatalogueRule>): Finding[] {
  const at = (check: string, message: string): Finding => ({ check, where: `${rule.uri}:${rule.line}`, message });
  const id = idOf(rule);
  if (id === undefined) return [at('rule-title', `"${rule.title}" must begin with the rule's id`)];
  if (rule.title.trim() === id) return [at('rule-title', `rule ${id} has no sentence in its title`)];
  const entry = known.get(id);
  if (entry === undefined) return [at('rule-unknown', `${id} is not in catalogue.json${didYouMean(id, known.keys())}`)];
  const findings: Finding[] = [];
  const { rules, keywords, needs } = rule.tags;
  if (rules.length !== 1 || rules[0] !== id) {
    findings.push(at('rule-tag', `the rule's tag must be @${id} alone, found ${list(rules.map((tag) => `@${tag}`))}`));
  }
  if (keywords.length !== 1 || keywords[0] !== entry.keyword) {
    findings.push(at('keyword-differs', `catalogue.json says ${entry.keyword}, the tags ${list(keywords)}`));
  }
  const [profile] = feature.tags.profiles;
  if (profile !== undefined && profile !== entry.profile) {
    findings.push(at('profile-differs', `catalogue.json says ${entry.profile}, the feature ${profile}`));
  }
  const all = [...new Set([...feature.tags.needs, ...needs])].sort();
  if (all.join() !== [...entry.needs].sort().join()) {
    findings.push(at('needs-differ', `catalogue.json says ${list(entry.needs)}, the tags ${list(all)}`));
  }
  return [...findings, ...lintSource(entry, rule).map((message) => at('source-differs', message))];
}

function lintSource(entry: CatalogueRule, { prose }: RuleModel): string[] {
  const [, source] = /^Source:\s*(\S.*)$/m.exec(prose) ?? [];
  if (source === undefined || !prose.startsWith('Source:')) return ['the prose must begin with "Source: …"'];
  return entry.source
    .filter((name) => !(SOURCE_NAMES[name] ?? new RegExp(`\\b${name}\\b`)).test(source))
    .map((name) => `catalogue.json names source ${name}, the prose says "${source}"`);
}

function lintPresence(rules: readonly RuleModel[], catalogue: Catalogue): Finding[] {
  return catalogue.rules.flatMap(({ id }) => {
    const found = rules.filter((rule) => idOf(rule) === id);
    if (found.length === 1) return [];
    if (found.length === 0) {
      return [{ check: 'rule-missing', where: 'features/catalogue.json', message: `no feature has rule ${id}` }];
    }
    const places = found.map(({ uri, line }) => `${uri}:${line}`);
    return [
      { check: 'rule-repeated', where: places[1] ?? '', message: `rule ${id} stands in ${places.join(' and ')}` },
    ];
  });
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
