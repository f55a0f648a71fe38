/**
 * Where the specification lies on disk: its catalogue, and a digest that names exactly which text a run judged by.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, parseCatalogue } from './catalogue.js';

/** Reads `features/catalogue.json` under `root`. */
export function readCatalogue(root: string): Catalogue {
  return parseCatalogue(readFileSync(join(root, 'features', 'catalogue.json'), 'utf8'));
}

/** Paths of all feature files under `root`, relative to it, with `/`, sorted. */
export function featureFiles(root: string): string[] {
  return readdirSync(join(root, 'features'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.feature'))
    .map((name) => `features/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** sha256, hex, over path and content of every feature file and of the catalogue. */
export function specificationDigest(root: string): string {
  const digest = createHash('sha256');
  for (const path of ['features/catalogue.json', ...featureFiles(root)]) {
    const content = readFileSync(join(root, path));
    digest.update(`${path}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}
