/** The few pieces of markup that all pages are made of. Text is the project's own, but it is escaped all the same. Pure. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Safe between tags and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** `text` as an id: lower case, words joined by hyphens. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export interface TableRow {
  /** To link to. */
  readonly id?: string;
  /** Markup. */
  readonly cells: readonly string[];
}

/** A table of short cells, which scrolls by itself where the page is narrower than it. Heads are text, cells markup. */
export function tableOf(heads: readonly string[], rows: readonly TableRow[]): string {
  return `<div class="scroll">${tableView(heads, rows)}</div>`;
}

/** A table of longer texts: on a narrow page its rows become paragraphs, each cell behind the head of its column. */
export function recordsOf(heads: readonly string[], rows: readonly TableRow[]): string {
  return `<div class="records">${tableView(heads, rows)}</div>`;
}

function tableView(heads: readonly string[], rows: readonly TableRow[]): string {
  const texts = heads.map(escapeHtml);
  const body = rows.map(({ id, cells }) => {
    const attribute = id === undefined ? '' : ` id="${escapeHtml(id)}"`;
    return `<tr${attribute}>${cells.map((cell, at) => `<td data-head="${texts[at]}">${cell}</td>`).join('')}</tr>`;
  });
  const head = texts.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

export function listOf(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** @param id what `#id` points at */
export function headingOf(level: 2 | 3 | 4, id: string, markup: string): string {
  return `<h${level} id="${escapeHtml(id)}">${markup}&nbsp;<a class="here" href="#${escapeHtml(id)}" aria-label="Link to this place">#</a></h${level}>`;
}

export function codeOf(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
