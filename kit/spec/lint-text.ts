/**
 * Checks that `features/catalogue.json` says what `docs/spec/catalogue.md` says: the features may sharpen a rule by needing
 * more, they may not weaken or reword it. Pure.
 */
import type { Catalogue, CatalogueRule } from './catalogue.js';
import type { Finding } from './finding.js';

export function lintText(catalogue: Catalogue, text: readonly CatalogueRule[]): Finding[] {
  const written = new Map(text.map((rule) => [rule.id, rule]));
  return catalogue.rules.flatMap((rule) => {
    const origin = written.get(rule.id);
    if (origin === undefined) return [finding('text-missing', `rule ${rule.id} is not in docs/spec/catalogue.md`)];
    return compare(rule, origin).map((message) => finding('text-differs', `rule ${rule.id}: ${message}`));
  });
}

function compare(rule: CatalogueRule, origin: CatalogueRule): string[] {
  const differences: string[] = [];
  const differ = (what: string, here: string, there: string) => {
    if (here !== there) differences.push(`${what} is "${here}" here and "${there}" in docs/spec/catalogue.md`);
  };
  differ('keyword', rule.keyword, origin.keyword);
  differ('profile', rule.profile, origin.profile);
  differ('source', rule.source.join(), origin.source.join());
  differ('sentence', rule.sentence, origin.sentence);
  const dropped = origin.needs.filter((need) => !rule.needs.includes(need));
  if (dropped.length > 0) differences.push(`docs/spec/catalogue.md needs ${dropped.join(', ')} too`);
  return differences;
}

function finding(check: string, message: string): Finding {
  return { check, where: 'features/catalogue.json', message };
}
