/**
 * Writes `features/catalogue.json` from `docs/spec/catalogue.md`: the rules that are in it already, and those named as
 * arguments. `node dist/kit/spec/generate.js [RULE…]`. What a rule needs beyond the text is kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../run/package.js';
import { type Catalogue, formatCatalogue, parseCatalogue } from './catalogue.js';
import { readCatalogueText } from './catalogue-text.js';

const path = join(PACKAGE_ROOT, 'features', 'catalogue.json');
const current: Catalogue = existsSync(path)
  ? parseCatalogue(readFileSync(path, 'utf8'))
  : { specification: '0.1', rules: [] };
const written = readCatalogueText(readFileSync(join(PACKAGE_ROOT, 'docs', 'spec', 'catalogue.md'), 'utf8'));
const wanted = new Set([...current.rules.map(({ id }) => id), ...process.argv.slice(2)]);
const rules = written
  .filter(({ id }) => wanted.delete(id))
  .map((rule) => {
    const needs = current.rules.find(({ id }) => id === rule.id)?.needs ?? [];
    return { ...rule, needs: [...new Set([...rule.needs, ...needs])] };
  });
if (wanted.size > 0) {
  console.error(`docs/spec/catalogue.md has no rule ${[...wanted].join(', ')}`);
  process.exitCode = 3;
} else {
  writeFileSync(path, formatCatalogue({ specification: current.specification, rules }));
  console.log(`features/catalogue.json: ${rules.length} rules`);
}
