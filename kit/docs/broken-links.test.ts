import { expect, test } from 'vitest';
import { brokenLinks } from './broken-links.js';

const OTHER = '<h2 id="there">x</h2><a name="old"></a>';

function broken(markup: string): string[] {
  return brokenLinks(
    new Map([
      ['a/page.html', markup],
      ['other.html', OTHER],
      ['a/index.html', ''],
      ['file.json', undefined],
    ]),
  );
}

test.each([
  '<a href="../other.html">x</a>',
  '<a href="../other.html#there">x</a>',
  "<a class=x href='../other.html#old'>x</a>",
  '<a href="#own">x</a><p id="own">',
  '<a href="#">top</a>',
  '<a href="#a.b%20c">x</a><p id="a.b c">',
  '<a href="../file.json#anything">x</a>',
  '<a href="../a/">x</a>',
  '<a href="https://example.org/">x</a> <a href="mailto:a@example.org">x</a>',
  '<img src="data:image/png;base64,AA==">',
  '<script>"<a href=\'nowhere.html\'>"</script><!-- <a href="nowhere.html"> -->',
  '<p>&lt;a href="nowhere.html"&gt;</p>',
])('nothing is broken in %s', (markup) => {
  expect(broken(markup)).toEqual([]);
});

test.each([
  ['<a href="nowhere.html">x</a>', 'nowhere.html: no such file'],
  ['<a\n  title="a > b"\n  href="nowhere.html">x</a>', 'nowhere.html: no such file'],
  ['<a href="../other.html#nowhere">x</a>', '../other.html#nowhere: no such place in other.html'],
  ['<a href="#nowhere">x</a>', '#nowhere: no such place in a/page.html'],
  ['<a href="../../outside.html">x</a>', '../../outside.html: no such file'],
  ['<a href="site:index.html">x</a>', 'site:index.html: a scheme that no reader can follow'],
  ['<script src="https://example.org/x.js"></script>', 'https://example.org/x.js: a script from outside of the site'],
  ['<link href="//example.org/x.css">', '//example.org/x.css: a link from outside of the site'],
  ['<img src="nowhere.png">', 'nowhere.png: no such file'],
])('%s is broken', (markup, line) => {
  expect(broken(markup)).toEqual([`a/page.html: ${line}`]);
});
