/** The mutants as they are listed: whether they still say what they mean, and whether every rule has one. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../run/package.js';
import { readCatalogue } from '../../spec/digest.js';
import { builtInMutants } from '../mutant-list.js';
import { patchedSource } from '../overlay.js';

const mutants = builtInMutants(join(PACKAGE_ROOT, 'dist'));

test('every rule that demands something is broken by a mutant, and every mutant breaks rules that there are', () => {
  const rules = readCatalogue(PACKAGE_ROOT).rules.flatMap(({ id, keyword }) => (keyword === 'may' ? [] : [id]));
  const broken = new Set(mutants.flatMap((mutant) => (mutant.kind === 'kit' ? [] : Object.keys(mutant.breaks))));
  expect([...broken].sort()).toEqual([...rules].sort());
});

test.each(mutants.filter((mutant) => mutant.kind !== 'policy').map((mutant) => [mutant.id, mutant] as const))(
  'the search text of %s stands in its file exactly once',
  (_, mutant) => {
    expect(patchedSource(PACKAGE_ROOT, mutant)).toContain(mutant.replace);
  },
);
