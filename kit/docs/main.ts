/**
 * `npm run docs`: reads features, catalogue, sources, registries and documents, writes the site to `docs/site` beside the API
 * pages that typedoc has put there, and ends with 1 and the list when a rule has no content or a link leads nowhere.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSpecification } from '../cucumber/read.js';
import { ERRORS } from '../errors.js';
import { builtInMutants } from '../prove/mutant-list.js';
import { KIT_VERSION, PACKAGE_ROOT } from '../run/package.js';
import { readCatalogueText } from '../spec/catalogue-text.js';
import { readCatalogue } from '../spec/digest.js';
import { targetJsonSchema } from '../targets/schema.js';
import { parseBaseline } from '../verdict/baseline.js';
import { brokenLinks } from './broken-links.js';
import { parseRegistry, type Registry } from './errors-page.js';
import { type Document, documentPage, SCHEMA_FILE } from './guides.js';
import { hrefFrom, PAGES } from './place.js';
import type { MutantText } from './rule-pages.js';
import { buildSite } from './site.js';
import { readSources } from './sources.js';

const OUT = join(PACKAGE_ROOT, 'docs', 'site');
const API = dirname(PAGES.api);
const BASELINE = 'kit/targets/apache-ozone/baseline.yaml';
const EXAMPLES = 'docs/examples/targets';
const REFERENCE_REGISTRY = 'dist/reference/errors.js';
/** How typedoc.json writes a link to a page of the site: it cannot know how deep a page of its own lies. */
const SITE_LINK = /href="site:([^"]*)"/g;

try {
  const files = await writeSite();
  const broken = brokenLinks(files);
  for (const line of broken) console.error(line);
  if (broken.length > 0) console.error(`docs/site: ${broken.length} broken links`);
  else
    console.log(
      `docs/site/index.html: ${[...files.values()].filter((markup) => markup !== undefined).length} pages, no broken links`,
    );
  process.exitCode = broken.length > 0 ? 1 : 0;
} catch (error) {
  console.error(`docs: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** Every file of the site, with the markup of those that are pages. */
async function writeSite(): Promise<Map<string, string | undefined>> {
  const catalogueText = read('docs/spec/catalogue.md');
  const site = buildSite({
    version: KIT_VERSION,
    reading: await readSpecification(),
    catalogue: readCatalogue(PACKAGE_ROOT),
    written: readCatalogueText(catalogueText),
    sources: readSources(PACKAGE_ROOT),
    kitErrors: ERRORS,
    referenceErrors: await readReferenceErrors(),
    mutants: readMutants(),
    deviations: parseBaseline(read(BASELINE), BASELINE).map((deviation) => ({ of: 'Apache Ozone 2.2.0', deviation })),
    examples: list(EXAMPLES).map((name) => ({ name, text: read(EXAMPLES, name) })),
    schemaFile: SCHEMA_FILE,
    documents: readDocuments(),
    exists: (path) => existsSync(join(PACKAGE_ROOT, path)),
  });
  if (!existsSync(join(OUT, PAGES.api)))
    throw new Error('docs/site/api is missing: typedoc makes it, and runs before this');
  clear();
  for (const [path, markup] of site) write(path, markup);
  write(SCHEMA_FILE, `${JSON.stringify(targetJsonSchema(), undefined, 2)}\n`);
  pointApiPages();
  return readSite();
}

/** Those of the reference, by each rule that they break. */
function readMutants(): Map<string, MutantText[]> {
  const found = new Map<string, MutantText[]>();
  for (const mutant of builtInMutants(join(PACKAGE_ROOT, 'dist'))) {
    if (mutant.kind === 'kit') continue;
    for (const [rule, assertion] of Object.entries(mutant.breaks)) {
      found.set(rule, [...(found.get(rule) ?? []), { id: mutant.id, wrong: mutant.wrong, assertion }]);
    }
  }
  return found;
}

/** Compiled, by its path, and as data: the kit imports nothing of the reference (docs/decisions/0010). */
async function readReferenceErrors(): Promise<Registry> {
  const loaded: unknown = await import(pathToFileURL(join(PACKAGE_ROOT, REFERENCE_REGISTRY)).href);
  const { ERRORS: registry } = loaded as { readonly ERRORS?: unknown };
  return parseRegistry(registry, REFERENCE_REGISTRY);
}

function readDocuments(): Document[] {
  const found = ['docs', 'docs/spec', 'docs/observations', 'docs/decisions'].flatMap((folder) =>
    list(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  );
  const sources = ['README.md', ...found, 'CONTRIBUTING.md'].filter((source) => documentPage(source) !== undefined);
  return sources.map((source) => ({ source, text: read(source) }));
}

/** What an earlier run left, but for typedoc's pages. */
function clear(): void {
  for (const name of readdirSync(OUT)) if (name !== API) rmSync(join(OUT, name), { recursive: true });
}

function pointApiPages(): void {
  for (const path of paths(join(OUT, API)).filter((name) => name.endsWith('.html'))) {
    const markup = readFileSync(join(OUT, path), 'utf8');
    writeFileSync(
      join(OUT, path),
      markup.replace(SITE_LINK, (_, target: string) => `href="${hrefFrom(path, target)}"`),
    );
  }
}

function readSite(): Map<string, string | undefined> {
  return new Map(
    paths(OUT).map((path) => [path, path.endsWith('.html') ? readFileSync(join(OUT, path), 'utf8') : undefined]),
  );
}

/** Files below a folder of the site, from its root, with `/`. */
function paths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(OUT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function read(...path: string[]): string {
  return readFileSync(join(PACKAGE_ROOT, ...path), 'utf8');
}

function list(folder: string): string[] {
  return readdirSync(join(PACKAGE_ROOT, folder)).sort();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(OUT, path)), { recursive: true });
  writeFileSync(join(OUT, path), text);
}
