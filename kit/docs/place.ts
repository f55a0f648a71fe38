/**
 * Where everything stands on the site: the page and the anchor of each rule, step form, assertion, error and document, and how
 * one page points at another. Pure.
 */
import { posix } from 'node:path';
import { escapeHtml, slugOf } from './html.js';

export const PAGES = {
  home: 'index.html',
  rules: 'rules/index.html',
  steps: 'steps.html',
  observables: 'observables.html',
  errors: 'errors.html',
  target: 'target.html',
  guides: 'guides/index.html',
  api: 'api/index.html',
} as const;

/** `href` from one page to another place of the site, both as paths from its root; the target may carry an anchor. */
export function hrefFrom(page: string, target: string): string {
  const [path = '', anchor] = target.split('#', 2);
  const relative = path === page ? '' : posix.relative(posix.dirname(page), path);
  return anchor === undefined ? relative || posix.basename(path) : `${relative}#${anchor}`;
}

/** Chapter of a rule: `NS-VOL` of `NS-VOL-2`. */
export function chapterOf(rule: string): string {
  return rule.replace(/-\d+$/, '');
}

export function chapterPage(chapter: string): string {
  return `rules/${chapter.toLowerCase()}.html`;
}

/** Permanent link of a rule. */
export function rulePlace(rule: string): string {
  return `${chapterPage(chapterOf(rule))}#${rule}`;
}

/** Link to a rule, kept on one line. */
export function ruleLink(page: string, rule: string): string {
  return `<a class="ref" href="${hrefFrom(page, rulePlace(rule))}">${escapeHtml(rule)}</a>`;
}

/** Anchor of a scenario on its chapter's page. */
export function scenarioAnchor(rule: string, title: string): string {
  return `${rule}.${slugOf(title)}`;
}

export function formPlace(pattern: string): string {
  return `${PAGES.steps}#${formAnchor(pattern)}`;
}

export function formAnchor(pattern: string): string {
  return `step-${slugOf(pattern)}`;
}

export function wordsAnchor(parameter: string): string {
  return `words-${slugOf(parameter)}`;
}

export function assertionPlace(id: string): string {
  return `${PAGES.observables}#${id}`;
}
