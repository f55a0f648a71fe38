/** The page of the target file: for each kind what may stand in it, and an example. */
import { z } from 'zod';
import { TARGET_SCHEMAS, type TargetKind } from '../targets/schema.js';
import { codeOf, escapeHtml, headingOf, recordsOf } from './html.js';
import { type Links, renderInline } from './markdown.js';
import type { PageText } from './page.js';
import { PAGES } from './place.js';
import { type SchemaNode, type SchemaRow, schemaRows } from './schema-rows.js';

export interface TargetExample {
  /** File name. */
  readonly name: string;
  readonly text: string;
}

const KINDS = Object.keys(TARGET_SCHEMAS) as TargetKind[];

/** @param schemaFile where the JSON Schema stands, from this page */
export function targetPage(examples: readonly TargetExample[], schemaFile: string, links: Links): PageText {
  const sections = KINDS.map((kind) => {
    const schema = schemaOf(kind);
    const rows = schemaRows(schema).map((row) => ({ id: `${kind}.${row.key}`, cells: rowCells(row, links) }));
    return `${headingOf(2, kind, codeOf(`kind: ${kind}`))}<p>${renderInline(schema.description ?? '', links)}</p>${recordsOf(['Key', 'Type', 'Default', 'Meaning'], rows)}`;
  });
  const shown = examples.map(
    ({ name, text }) =>
      `${headingOf(3, `example-${name}`, codeOf(name))}<pre><code>${escapeHtml(text.trimEnd())}</code></pre>`,
  );
  return {
    path: PAGES.target,
    section: 'target',
    title: 'Target file',
    body:
      `<p>A target file (<code>*.target.yaml</code>) says how the kit reaches a cluster and what it may do to its nodes: <code>npx om-conformance run --target my.target.yaml</code>. ` +
      `A key that is not listed is refused with its line. Editors can use the <a href="${escapeHtml(schemaFile)}">JSON Schema</a>; <code>npx om-conformance doctor --target my.target.yaml</code> tries a file. ` +
      `Files that show it all: <a href="#examples">examples</a>.</p>${sections.join('')}${headingOf(2, 'examples', 'Examples')}${shown.join('')}`,
    contents: [
      ...KINDS.map((kind) => ({ id: kind, text: kind, deeper: false })),
      { id: 'examples', text: 'Examples', deeper: false },
      ...examples.map(({ name }) => ({ id: `example-${name}`, text: name, deeper: true })),
    ],
  };
}

function rowCells({ key, type, required, default: preset, meaning, expected }: SchemaRow, links: Links): string[] {
  const conditions =
    expected.length === 0 ? '' : ` <span class="dim">Expected: ${renderInline(expected.join(', '), links)}.</span>`;
  return [
    `<span class="key">${keyView(key)}</span>`,
    escapeHtml(type),
    preset === undefined ? (required ? '<b>required</b>' : '') : codeOf(preset),
    `${renderInline(meaning, links)}${conditions}`,
  ];
}

/** The last part of a key stands out; lines may break before each part. */
function keyView(key: string): string {
  const parts = key.split('.').map(escapeHtml);
  const last = parts.pop() ?? '';
  return `<code>${parts.map((part) => `<span class="dim">${part}.</span><wbr>`).join('')}${last}</code>`;
}

/** The schema of a kind, as it is written in a file, with the messages of its checks. */
export function schemaOf(kind: TargetKind): SchemaNode {
  return z.toJSONSchema(TARGET_SCHEMAS[kind], {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const expected = (zodSchema._zod.def.checks ?? []).flatMap((check) => {
        const message = (check._zod.def.error as ((issue: object) => unknown) | undefined)?.({ code: 'custom' });
        return typeof message === 'string' ? [message] : [];
      });
      if (expected.length > 0) jsonSchema.expected = expected;
    },
  }) as SchemaNode;
}
