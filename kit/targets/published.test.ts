import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTargetFile } from './file.js';
import { TARGET_SCHEMAS, targetJsonSchema } from './schema.js';

const docs = new URL('../../../docs/', import.meta.url);

describe('what is published of target files', () => {
  test('the JSON Schema is the one that files are read with', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('schema/target.schema.json', docs), 'utf8'));
    // Written by: node -e "import('./dist/kit/targets/schema.js').then(m => console.log(JSON.stringify(m.targetJsonSchema(), null, 2)))"
    expect(published).toEqual(JSON.parse(JSON.stringify(targetJsonSchema())));
  });

  const examples = readdirSync(new URL('examples/targets/', docs)).filter((name) => name.endsWith('.target.yaml'));
  test.each(examples)('example %s can be read', (name) => {
    const path = new URL(`examples/targets/${name}`, docs).pathname;
    expect(name.startsWith(readTargetFile(path).kind)).toBe(true);
  });

  test('so can the one beside the sidecar', () => {
    const path = new URL('examples/sidecar/apache-ozone.target.yaml', docs).pathname;
    expect(readTargetFile(path)).toMatchObject({ kind: 'attach', control: '127.0.0.1:8990' });
  });

  test('every kind has an example', () => {
    for (const kind of Object.keys(TARGET_SCHEMAS)) {
      expect(examples).toContain(`${kind}.target.yaml`);
    }
  });
});
