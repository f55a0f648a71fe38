/**
 * A JSON Schema as rows of a table: one for each key that may be written, with type, default and meaning. It knows the schemas
 * that zod makes of target files and no others. Pure.
 */

export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  /** What the schema expects beyond its type, in the words of its own messages. */
  readonly expected?: readonly string[];
}

export interface SchemaRow {
  /** `budgets.callMs`; a key that the file chooses itself is `<id>`. */
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  /** As it would be written, where there is one. */
  readonly default: string | undefined;
  readonly meaning: string;
  /** Conditions on the value, e.g. "host:port". */
  readonly expected: readonly string[];
}

/** Rows of an object's keys, each before the keys inside of it. */
export function schemaRows(schema: SchemaNode, path = ''): SchemaRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]) =>
    rowsOf(node, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
  );
}

function rowsOf(node: SchemaNode, key: string, required: boolean): SchemaRow[] {
  const row: SchemaRow = {
    key,
    type: typeOf(node),
    required,
    default: node.default === undefined || isEmptyObject(node.default) ? undefined : JSON.stringify(node.default),
    meaning: [node, ...(node.anyOf ?? [])].find(({ description }) => description !== undefined)?.description ?? '',
    expected: expectedOf(node),
  };
  return [row, ...insideOf(node, key)];
}

/** Keys of an object, of a map's values, or of the variant of a union that is an object. */
function insideOf(node: SchemaNode, key: string): SchemaRow[] {
  const variants = node.anyOf ?? [node];
  return variants.flatMap((variant) => {
    const values = variant.additionalProperties;
    const own = schemaRows(variant, key);
    return typeof values === 'object' && isStructured(values) ? [...own, ...rowsOf(values, `${key}.<id>`, false)] : own;
  });
}

/** Whether values have keys or meanings of their own to show. */
function isStructured(node: SchemaNode): boolean {
  return [node, ...(node.anyOf ?? [])].some(
    ({ properties, description }) => properties !== undefined || description !== undefined,
  );
}

function typeOf(node: SchemaNode): string {
  if (node.const !== undefined) return String(node.const);
  if (node.enum !== undefined) return node.enum.map(String).join(' | ');
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeOf))].join(' or ');
  switch (node.type) {
    case 'array':
      return `list of ${node.items === undefined ? 'values' : typeOf(node.items)}`;
    case 'object':
      return node.properties === undefined && typeof node.additionalProperties === 'object'
        ? `keys with ${typeOf(node.additionalProperties)}`
        : 'object';
    case 'integer':
    case 'number':
      return `${node.type}${rangeOf(node)}`;
    default:
      return node.format === 'uri' ? 'URL' : (node.type ?? 'any value');
  }
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const low = exclusiveMinimum === undefined ? minimum : `above ${exclusiveMinimum}`;
  if (low !== undefined && maximum !== undefined)
    return typeof low === 'number' ? ` ${low} to ${maximum}` : ` ${low}, up to ${maximum}`;
  if (low !== undefined) return ` from ${low}`;
  return maximum === undefined ? '' : ` up to ${maximum}`;
}

function expectedOf(node: SchemaNode): string[] {
  const all = [node, ...(node.anyOf ?? []), ...(node.items === undefined ? [] : [node.items])];
  return [...new Set(all.flatMap(({ expected = [] }) => expected))];
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
