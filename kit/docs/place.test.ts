import { expect, test } from 'vitest';
import { chapterOf, chapterPage, formAnchor, hrefFrom, ruleLink, rulePlace, scenarioAnchor } from './place.js';

test.each([
  ['index.html', 'rules/w.html#W-1', 'rules/w.html#W-1'],
  ['rules/w.html', 'index.html', '../index.html'],
  ['rules/w.html', 'rules/w.html#W-1', '#W-1'],
  ['rules/w.html', 'rules/w.html', 'w.html'],
  ['rules/w.html', 'rules/ha.html#HA-2', 'ha.html#HA-2'],
  ['api/interfaces/x.html', 'guides/index.html', '../../guides/index.html'],
])('from %s to %s is %s', (page, target, href) => {
  expect(hrefFrom(page, target)).toBe(href);
});

test('a rule has a permanent link on the page of its chapter', () => {
  expect(chapterOf('NS-VOL-2')).toBe('NS-VOL');
  expect(chapterPage('NS-VOL')).toBe('rules/ns-vol.html');
  expect(rulePlace('NS-VOL-2')).toBe('rules/ns-vol.html#NS-VOL-2');
  expect(ruleLink('steps.html', 'W-10')).toBe('<a class="ref" href="rules/w.html#W-10">W-10</a>');
});

test('anchors of scenarios and forms are made of their words', () => {
  expect(scenarioAnchor('NS-VOL-1', 'A new volume with a quota of <quota>')).toBe(
    'NS-VOL-1.a-new-volume-with-a-quota-of-quota',
  );
  expect(formAnchor('{volume} belongs to {string}')).toBe('step-volume-belongs-to-string');
});
