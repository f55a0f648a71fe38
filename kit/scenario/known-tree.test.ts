import { describe, expect, it } from 'vitest';
import { answered } from '../assert/test/outcomes.js';
import { childrenOf, entriesOf, KnownTrees, movedPath } from './known-tree.js';
import { randomTree } from './random-tree.js';

const ENTRIES = entriesOf(['a/b/f', 'a-b/', 'a/𝄞', 'a/ﬁ/', 'c']);

describe('entriesOf', () => {
  it('has each parent once, before what is in it', () => {
    expect(entriesOf(['a/b/f', 'a/b/', 'a/g']).map(({ path, directory }) => (directory ? `${path}/` : path))).toEqual([
      'a/',
      'a/b/',
      'a/b/f',
      'a/g',
    ]);
  });
});

describe('childrenOf', () => {
  it.each([
    ['', ['a/', 'a-b/', 'c']],
    ['a', ['b/', 'ﬁ/', '𝄞']],
    ['a-b', []],
    ['a/b', ['f']],
  ])('of %j are right below it, in the order of their bytes', (folder, children) => {
    expect(childrenOf(ENTRIES, folder)).toEqual(children);
  });
});

describe('KnownTrees', () => {
  const box = { volume: 'v', bucket: 'box' };
  const trees = new KnownTrees();
  trees.set(
    box,
    ENTRIES.map((entry) => ({ ...entry, before: answered('OK') })),
  );
  it('tells what is within a directory from what begins like it', () => {
    expect(trees.within(box, 'a').map(({ path }) => path)).toEqual(['a', 'a/b', 'a/b/f', 'a/𝄞', 'a/ﬁ']);
    expect(trees.within(box, '')).toHaveLength(7);
  });
  it('throws where nothing was made', () => {
    expect(() => trees.within(box, 'x')).toThrow('no Given');
    expect(() => trees.within({ ...box, bucket: 'bag' }, '')).toThrow('no Given');
  });
  it('moves paths', () => {
    expect(['a', 'a/b'].map((path) => movedPath(path, 'a', 'z/y'))).toEqual(['z/y', 'z/y/b']);
  });
});

describe('randomTree', () => {
  it('is the same for a seed, and another for another', () => {
    expect(randomTree('s', 30)).toEqual(randomTree('s', 30));
    expect(randomTree('s', 30)).not.toEqual(randomTree('t', 30));
  });
  it.each(Array.from({ length: 50 }, (_, n) => `seed ${n}`))(
    'has so many names, each in a directory of it: %s',
    (seed) => {
      const names = randomTree(seed, 30);
      expect(names).toHaveLength(30);
      expect(entriesOf(names)).toHaveLength(30);
      const made = new Set(['']);
      for (const name of names) {
        const parent = name.replace(/[^/]+\/?$/, '');
        expect(made).toContain(parent);
        made.add(name);
      }
    },
  );
});
