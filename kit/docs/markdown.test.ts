import { expect, test } from 'vitest';
import { headingSlug, type Links, renderDocument, renderInline } from './markdown.js';

const links: Links = {
  file: (written) => (written.endsWith('.md') ? written.replace('.md', '.html') : undefined),
  rule: (id) => (id === 'NS-VOL-2' ? 'rules/ns-vol.html#NS-VOL-2' : undefined),
};

test('the first heading is the title, the others get ids and are listed', () => {
  const { html, title, headings } = renderDocument('# A `b`\n\ntext\n\n## C d\n\n### E\n\n#### F\n\n## C d\n', links);
  expect(title).toBe('A b');
  expect(html).not.toContain('<h1');
  expect(headings).toEqual([
    { level: 2, id: 'c-d', text: 'C d' },
    { level: 3, id: 'e', text: 'E' },
    { level: 2, id: 'c-d-1', text: 'C d' },
  ]);
  expect(html).toContain('<h4 id="f">');
});

test.each([
  ['1. How a failure looks', '1-how-a-failure-looks'],
  ['1.1 Classes of calls', '11-classes-of-calls'],
  ['`kind: attach`', 'kind-attach'],
])('the heading %s is found at #%s, as on GitHub', (text, slug) => {
  expect(headingSlug(text)).toBe(slug);
});

test.each([
  ['[a](b.md)', '<a href="b.html">a</a>'],
  ['[a](b.ts)', '<span class="file">a</span>'],
  ['[`a`](b.ts) c', '<span class="file"><code>a</code></span> c'],
  ['[a](https://example.org/b.md)', '<a href="https://example.org/b.md">a</a>'],
  ['[a](#b)', '<a href="#b">a</a>'],
  ['[a](x.ts) [b](y.md)', '<span class="file">a</span> <a href="y.html">b</a>'],
])('the link %s becomes %s', (text, html) => {
  expect(renderInline(text, links)).toBe(html);
});

test.each([
  ['see NS-VOL-2.', 'see <a class="ref" href="rules/ns-vol.html#NS-VOL-2">NS-VOL-2</a>.'],
  ['NS-VOL-2, NS-VOL-2', 2],
  ['NS-VOL-3 and HDFS-12943', 'NS-VOL-3 and HDFS-12943'],
  ['`NS-VOL-2`', '<code>NS-VOL-2</code>'],
  ['[NS-VOL-2](b.md)', '<a href="b.html">NS-VOL-2</a>'],
])('a rule that is known becomes a link, but not in code or in a link: %s', (text, expected) => {
  const html = renderInline(text, links);
  if (typeof expected === 'number') expect(html.match(/<a /g)).toHaveLength(expected);
  else expect(html).toBe(expected);
});

test('HTML in a text is text', () => {
  expect(renderInline('<script>alert(1)</script> <id>', links)).toBe(
    '&lt;script&gt;alert(1)&lt;/script&gt; &lt;id&gt;',
  );
});

test('a table scrolls by itself', () => {
  expect(renderDocument('| a |\n|---|\n| b |\n', links).html).toMatch(
    /^<div class="scroll"><table>[\s\S]*<\/table><\/div>/,
  );
});
