import { expect, test } from 'vitest';
import { documentPage, followLink, guidePages, guidesIndexPage, placeOf } from './guides.js';

const CHAPTERS = new Map([['features/namespace/volumes.feature', 'NS-VOL']]);
const noLinks = () => ({ file: () => undefined, rule: () => undefined });

test.each([
  ['README.md', 'guides/readme.html'],
  ['CONTRIBUTING.md', 'guides/contributing.html'],
  ['docs/architecture.md', 'guides/architecture.html'],
  ['docs/spec/upstream.md', 'spec/upstream.html'],
  ['docs/decisions/README.md', 'decisions/index.html'],
  ['docs/status.md', undefined],
  ['CHANGELOG.md', undefined],
  ['kit/errors.ts', undefined],
])('%s is the page %s', (source, page) => {
  expect(documentPage(source)).toBe(page);
});

test.each([
  ['docs/decisions', 'decisions/index.html'],
  ['docs/spec', 'guides/index.html#spec'],
  ['docs/examples/targets/attach.target.yaml', 'target.html#example-attach.target.yaml'],
  ['features/namespace/volumes.feature', 'rules/ns-vol.html'],
  ['features/of/nobody.feature', undefined],
  ['reference/errors.ts', 'errors.html#reference'],
  ['kit/run/plan.ts', undefined],
])('%s stands at %s', (path, place) => {
  expect(placeOf(path, CHAPTERS)).toBe(place);
});

test.each([
  ['docs/architecture.md', 'spec/', '../guides/index.html#spec'],
  ['docs/spec/catalogue.md', 'upstream.md', '../spec/upstream.html'],
  ['docs/spec/catalogue.md', 'upstream.md#3-read-hints', '../spec/upstream.html#3-read-hints'],
  ['README.md', 'docs/status.md', undefined],
  ['docs/architecture.md', '../features/namespace/volumes.feature', '../rules/ns-vol.html'],
])('in %s a link to %s leads to %s', (source, written, href) => {
  const found = followLink(source, 'somewhere/page.html', written, () => true, CHAPTERS);
  expect(found).toBe(href);
});

test('a link to what the repository does not have is an error that names both', () => {
  expect(() => followLink('docs/a.md', 'guides/a.html', 'b.md', () => false, CHAPTERS)).toThrow(
    'docs/a.md links to b.md, and there is no docs/b.md',
  );
});

test('each rule of the catalogue is an item of a list with its id as anchor', () => {
  const text = '# Catalogue\n\n## W — wire\nW-1 MUST a `b` c. [oz]\nW-2 SHOULD d (W-1). W-3 MAY > e. [kit]\n';
  const [page] = guidePages([{ source: 'docs/spec/catalogue.md', text }], noLinks);
  expect(page?.body.match(/<li id="W-\d">/g)).toEqual(['<li id="W-1">', '<li id="W-2">', '<li id="W-3">']);
  expect(page?.body).toContain('<strong>W-1</strong> MUST a <code>b</code> c. [oz]');
});

test('the list of guides has every guide', () => {
  const guides = guidePages(
    ['README.md', 'docs/architecture.md', 'docs/spec/a.md', 'docs/decisions/0001-b.md', 'docs/observations/c.md'].map(
      (source) => ({ source, text: `# Of ${source}\n` }),
    ),
    noLinks,
  );
  const { body } = guidesIndexPage(guides);
  for (const { title } of guides) expect(body).toContain(`>${title}</a>`);
});
