import { expect, test } from 'vitest';
import { escapeMarkup } from './escape.js';

test.each([
  ['markup', `<b a="1" c='2'>&amp;</b>`, '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;'],
  ['terminal control', 'a\u001b[31mred\u0007\u0000b', 'a[31mredb'],
  ['lines', 'one\r\ntwo\u2028three', 'one two three'],
  ['marks that turn the text', 'a\u202egpj.exe', 'agpj.exe'],
  ['half of a pair', 'a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
  ['a whole pair', '😀', '😀'],
  ['what XML does not have', 'a\ufffeb\uffff', 'a\ufffdb\ufffd'],
])('%s', (_, text, expected) => {
  expect(escapeMarkup(text)).toBe(expected);
});

test('a long text is cut before it is escaped, and says how much is missing', () => {
  const escaped = escapeMarkup('<'.repeat(1_000_000), 10);
  expect(escaped).toBe(`${'&lt;'.repeat(10)}… (999990 more characters)`);
});
