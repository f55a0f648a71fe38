/** A scenario in words: steps under each other, tables as tables, each step linked to what it does. Pure. */
import { codeOf, escapeHtml, headingOf, tableOf } from './html.js';
import { type Links, renderInline } from './markdown.js';
import { formPlace, hrefFrom, scenarioAnchor } from './place.js';
import type { ExamplesText, RuleText, ScenarioText, StepText } from './specification.js';

/** What a scenario needs beyond what its rule needs, and where it departs from what was recorded of somebody. */
export interface ScenarioRemarks {
  readonly only: readonly string[];
  /** Markup. */
  readonly notes: readonly string[];
}

export function scenarioView(
  rule: RuleText,
  scenario: ScenarioText,
  remarks: ScenarioRemarks,
  page: string,
  links: Links,
): string {
  const { keyword, title, prose, comment, steps, examples } = scenario;
  const heading = headingOf(
    4,
    scenarioAnchor(rule.entry.id, title),
    `<span class="keyword">${escapeHtml(keyword)}</span> ${wordsOf(title)}`,
  );
  const only = remarks.only.length === 0 ? '' : `<p class="only">Runs only ${remarks.only.join(', and ')}.</p>`;
  const notes = [comment === '' ? '' : renderInline(comment, links), ...remarks.notes].filter((note) => note !== '');
  return (
    `<section class="scenario">${heading}${only}${proseOf(prose, links)}` +
    `${notes.map((note) => `<p class="note">${note}</p>`).join('')}${stepsView(steps, page)}${examples.map((one) => examplesView(one, links)).join('')}</section>`
  );
}

export function stepsView(steps: readonly StepText[], page: string): string {
  const items = steps.map(({ keyword, text, form, table, docString }) => {
    const words = wordsOf(text);
    const linked =
      form === undefined ? words : `<a class="step" href="${hrefFrom(page, formPlace(form))}">${words}</a>`;
    const block = docString === undefined ? '' : `<pre>${escapeHtml(docString)}</pre>`;
    return `<li><b class="${leads(keyword) ? 'leads' : 'goes-on'}">${escapeHtml(keyword)}</b> <span>${linked}${cellsView(table)}${block}</span></li>`;
  });
  return items.length === 0 ? '' : `<ol class="steps">${items.join('')}</ol>`;
}

function leads(keyword: string): boolean {
  return keyword !== 'And' && keyword !== 'But' && keyword !== '*';
}

function examplesView({ title, needs, prose, head, rows }: ExamplesText, links: Links): string {
  const only =
    needs.length === 0 ? '' : ` <span class="dim">(where the target offers ${needs.map(codeOf).join(', ')})</span>`;
  const caption = `<p class="caption">Examples${title === '' ? '' : `: ${escapeHtml(title)}`}${only}</p>`;
  const cells = rows.map((row) => ({ cells: row.map(wordsOf) }));
  return `<div class="examples">${caption}${proseOf(prose, links)}${tableOf(head, cells)}</div>`;
}

function cellsView(table: readonly (readonly string[])[]): string {
  const [head, ...rows] = table;
  if (head === undefined) return '';
  return tableOf(
    head,
    rows.map((row) => ({ cells: row.map(escapeHtml) })),
  );
}

/** Escaped, with the places that examples fill, and words in quotes, set apart. */
export function wordsOf(text: string): string {
  return escapeHtml(text)
    .replace(/&lt;([^&]+)&gt;/g, '<var>&lt;$1&gt;</var>')
    .replace(/&quot;.*?&quot;/g, (quoted) => `<q>${quoted}</q>`);
}

export function proseOf(text: string, links: Links): string {
  return text === ''
    ? ''
    : text
        .split(/\n\s*\n/)
        .map((paragraph) => `<p>${renderInline(paragraph, links)}</p>`)
        .join('');
}
