/** The page of the step forms and the page of the assertions that they come to. Pure. */
import type { AssertionText, FormText, Vocabulary } from './forms.js';
import { codeOf, escapeHtml, headingOf, listOf, recordsOf } from './html.js';
import { type Links, renderInline } from './markdown.js';
import type { PageText } from './page.js';
import { assertionPlace, formAnchor, formPlace, hrefFrom, PAGES, ruleLink, wordsAnchor } from './place.js';
import type { StepKind } from './sources.js';

const KINDS: Readonly<Record<StepKind, string>> = {
  Given: 'what a scenario takes for granted; where it cannot be brought about, nobody is judged',
  When: 'what is done',
  Then: 'what is judged, by an assertion',
};

export function stepsPage(vocabulary: Vocabulary, heads: ReadonlyMap<string, string>, links: Links): PageText {
  const { forms, usual, words } = vocabulary;
  const files = [...new Set(forms.map(({ file }) => file))];
  const sections = files.map((file) => {
    const own = forms.filter((form) => form.file === file);
    return `${headingOf(2, topicAnchor(file), escapeHtml(topicOf(heads.get(file) ?? file)))}<p class="dim">${codeOf(file)}</p>${own.map((form) => formView(form, links)).join('')}`;
  });
  const phrases = [...words].map(([name, list]) => ({
    id: wordsAnchor(name),
    cells: [codeOf(`{${name}}`), list.map((phrase) => `<span class="phrase">${codeOf(phrase)}</span>`).join(' ')],
  }));
  const kinds = Object.entries(KINDS).map(([kind, text]) => `<b>${kind}</b>: ${text}.`);
  return {
    path: PAGES.steps,
    section: 'steps',
    title: 'Step forms',
    body:
      `<p>${forms.length} forms carry all scenarios of this version. What a form does is said by the functions of the kit that it calls, in their own words. ` +
      `In braces stand <a href="#words">words of the domain</a>. <code>npx om-conformance steps</code> prints the list.</p>${listOf(kinds)}${sections.join('')}` +
      `${headingOf(2, 'words', 'Words')}<p>The phrases that the features use, with names as <code>"…"</code> and numbers as <code>N</code>.</p>${recordsOf(['Word', 'Phrases'], phrases)}` +
      `${headingOf(2, 'usual', 'In many steps')}<p>Said once, because at least five forms do it.</p>${callsView(usual, links)}`,
    contents: [
      ...files.map((file) => ({
        id: topicAnchor(file),
        text: topicOf(heads.get(file) ?? file).replaceAll('`', ''),
        deeper: false,
      })),
      { id: 'words', text: 'Words', deeper: false },
      { id: 'usual', text: 'In many steps', deeper: false },
    ],
  };
}

function formView(form: FormText, links: Links): string {
  const { pattern, kind, note, calls, assertions, rules, scenarios, example, line, file } = form;
  const judges = assertions.map(
    ({ id, demand }) =>
      `<a href="${hrefFrom(PAGES.steps, assertionPlace(id))}">${codeOf(id)}</a> ${renderInline(demand, links)}`,
  );
  const does = calls.length === 0 ? '' : callsView(calls, links);
  const judged = judges.length === 0 ? '' : `<p class="caption">Judges</p>${listOf(judges)}`;
  const noted = note === undefined ? '' : `<p class="note">${renderInline(note, links)}</p>`;
  const example_ =
    example === undefined || example === pattern ? '' : `<p class="dim">For example: ${escapeHtml(example)}</p>`;
  return (
    `<section class="form">${headingOf(3, formAnchor(pattern), `<span class="keyword">${kind}</span> ${patternView(pattern)}`)}${example_}${noted}${does}${judged}` +
    `<p class="dim">${scenarios === 1 ? '1 scenario' : `${scenarios} scenarios`} of ${rules.map((id) => ruleLink(PAGES.steps, id)).join(', ') || 'no rule'}. ${codeOf(`${file}:${line}`)}</p></section>`
  );
}

/** The expression, its parameters linked to their words. */
function patternView(pattern: string): string {
  return escapeHtml(pattern).replace(/\{([^}]+)\}/g, (whole, name: string) =>
    ['int', 'string'].includes(name)
      ? `<var>${whole}</var>`
      : `<a href="#${wordsAnchor(name)}"><var>${whole}</var></a>`,
  );
}

function callsView(calls: Vocabulary['usual'], links: Links): string {
  return listOf(
    calls.map(
      ({ name, file, text }) =>
        `${renderInline(text, links)} <span class="dim">${escapeHtml(name)}, ${escapeHtml(file)}</span>`,
    ),
  );
}

/** Of the comment at the top of a file: "Steps: volumes and buckets." → "Volumes and buckets". */
function topicOf(head: string): string {
  const text = head.replace(/^(?:Steps|Observable): /, '').replace(/\.$/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function topicAnchor(file: string): string {
  return `of-${file.replace(/^.*\/|\.ts$/g, '')}`;
}

export function observablesPage(vocabulary: Vocabulary, heads: ReadonlyMap<string, string>, links: Links): PageText {
  const { assertions, forms } = vocabulary;
  const files = [...new Set(assertions.map(({ file }) => file))];
  const sections = files.map((file) => {
    const own = assertions.filter((assertion) => assertion.file === file);
    return (
      `${headingOf(2, topicAnchor(file), renderInline(topicOf(heads.get(file) ?? file), { ...links, rule: () => undefined }))}<p class="dim">${codeOf(file)}</p>` +
      recordsOf(
        ['Assertion', 'Demands', 'Steps', 'Rules'],
        own.map((assertion) => assertionRow(assertion, forms, links)),
      )
    );
  });
  return {
    path: PAGES.observables,
    section: 'observables',
    title: 'Observables',
    body:
      '<p>An observable is what can be seen of a cluster from outside, and an assertion is what a rule demands of it. Assertions are the only code that may blame the implementation. ' +
      `A failure names its assertion, and so does a mutant that has to fail by it.</p>${sections.join('')}`,
    contents: files.map((file) => ({
      id: topicAnchor(file),
      text: topicOf(heads.get(file) ?? file).replaceAll('`', ''),
      deeper: false,
    })),
  };
}

function assertionRow({ id, demand }: AssertionText, forms: readonly FormText[], links: Links) {
  const own = forms.filter(({ assertions }) => assertions.some((assertion) => assertion.id === id));
  const rules = [...new Set(own.flatMap((form) => form.rules))];
  return {
    id,
    cells: [
      codeOf(id),
      renderInline(demand, links),
      own
        .map(({ pattern }) => `<a href="${hrefFrom(PAGES.observables, formPlace(pattern))}">${escapeHtml(pattern)}</a>`)
        .join('<br>') || '<span class="dim">by another assertion</span>',
      rules.map((rule) => ruleLink(PAGES.observables, rule)).join(', '),
    ],
  };
}
