import { expect, test } from 'vitest';
import { TARGET_SCHEMAS, type TargetKind } from '../targets/schema.js';
import { type SchemaNode, schemaRows } from './schema-rows.js';
import { schemaOf } from './target-page.js';

function rows(properties: Readonly<Record<string, SchemaNode>>, required: readonly string[] = []) {
  return schemaRows({ type: 'object', properties, required });
}

test.each<[SchemaNode, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'uri' }, 'URL'],
  [{ const: 'attach', type: 'string' }, 'attach'],
  [{ enum: ['quick', 'full'], type: 'string' }, 'quick | full'],
  [{ type: 'array', items: { type: 'string' } }, 'list of string'],
  [{ type: 'integer', minimum: 1, maximum: 7 }, 'integer 1 to 7'],
  [{ type: 'number', exclusiveMinimum: 0, maximum: 9 }, 'number above 0, up to 9'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'keys with string'],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string or number'],
  [{}, 'any value'],
])('%j is shown as %s', (node, type) => {
  expect(rows({ key: node })[0]?.type).toBe(type);
});

test('a key says whether it is required, its default, its meaning and what its checks expect', () => {
  const node = { type: 'integer', default: 3, description: 'How many.', expected: ['an odd number'] };
  expect(rows({ count: node }, ['count'])).toEqual([
    { key: 'count', type: 'integer', required: true, default: '3', meaning: 'How many.', expected: ['an odd number'] },
  ]);
});

test('keys inside of objects, maps and unions follow the key that holds them', () => {
  const inner: SchemaNode = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  const found = rows({
    one: inner,
    many: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, inner] } },
    plain: { type: 'object', additionalProperties: { type: 'string' } },
  });
  expect(found.map(({ key, required }) => [key, required])).toEqual([
    ['one', false],
    ['one.a', true],
    ['many', false],
    ['many.<id>', false],
    ['many.<id>.a', true],
    ['plain', false],
  ]);
});

test.each(Object.keys(TARGET_SCHEMAS) as TargetKind[])('every key of kind %s has a row', (kind) => {
  const keys = schemaRows(schemaOf(kind)).map(({ key }) => key);
  const written = Object.keys(TARGET_SCHEMAS[kind].shape);
  expect(keys).toEqual(expect.arrayContaining(written));
  expect(new Set(keys).size).toBe(keys.length);
});

test('what a schema says only in its messages is shown', () => {
  const row = schemaRows(schemaOf('attach')).find(({ key }) => key === 'control');
  expect(row?.expected).toContain('host:port');
});
