import { describe, expect, it } from 'vitest';
import { assertChildren, assertDirectoryEnds, assertEntriesOnPage, entriesIn, pathsOn } from './children.js';
import { answered, failureOf, listed, refused } from './test/outcomes.js';

/** As a client gets them: each page begins with the last of the one before. */
const PAGES = [
  listed(['docs/a/', 'docs/a-b'], { call: 1 }),
  listed(['docs/a-b', 'docs/b'], { call: 2 }),
  listed(['docs/b'], { call: 3 }),
];
const DOCS = { folder: 'docs', pages: PAGES };

describe('directory-page', () => {
  it('reads a page, an empty one too', () => {
    expect(PAGES.map(pathsOn)).toEqual([['docs/a', 'docs/a-b'], ['docs/a-b', 'docs/b'], ['docs/b']]);
    expect(entriesIn(listed([]))).toEqual([]);
    expect(pathsOn(answered('FILE_NOT_FOUND'))).toBeUndefined();
  });
  it.each([answered('FILE_NOT_FOUND'), answered('OK'), refused('x', undefined)])(
    'fails for what is no page',
    (page) => {
      expect(failureOf(() => assertChildren({ folder: '', pages: [page] }, [])).assertion).toBe('directory-page');
    },
  );
});

describe('directory-content', () => {
  it('takes exactly the children, the start of a page once', () => {
    assertChildren(DOCS, ['a/', 'a-b', 'b']);
    assertChildren({ folder: 'docs/', pages: PAGES }, ['a/', 'a-b', 'b']);
    assertChildren({ folder: '', pages: [listed(['a/', 'b'])] }, ['a/', 'b']);
    assertChildren({ folder: '', pages: [listed([])] }, []);
  });
  it.each([
    [['a/', 'a-b', 'b', 'c'], 'a gap'],
    [['a/', 'b'], 'a stranger'],
    [['a', 'a-b', 'b'], 'a directory for a file'],
    [['a-b', 'a/', 'b'], 'another order'],
  ])('fails for %s: %s', (expected) => {
    expect(failureOf(() => assertChildren(DOCS, expected))).toEqual({
      assertion: 'directory-content',
      message: `expected ${JSON.stringify(expected).replaceAll(',', ', ')} in directory "docs", found ["a/", "a-b", "b"]`,
      calls: [1, 2, 3],
    });
  });
  it.each([
    [listed(['docs/a/', 'docs/a/x']), '["a/", "a/x"]'],
    [listed(['docs2/a']), '["path docs2/a"]'],
    [listed(['docs/']), '["path docs/"]'],
    [listed(['docs/a/', 'docs/a/']), '["a/", "a/"]'],
  ])('fails for what is not right below, and for what comes twice', (page, found) => {
    expect(failureOf(() => assertChildren({ folder: 'docs', pages: [page] }, ['a/'])).message).toBe(
      `expected ["a/"] in directory "docs", found ${found}`,
    );
  });
  it('takes pages that do not repeat their start, which is judged where a listing begins there', () => {
    assertChildren({ folder: '', pages: [listed(['a']), listed(['b']), listed([])] }, ['a', 'b']);
  });
});

describe('directory-page-size', () => {
  it('takes pages up to the size, and up to two', () => {
    assertEntriesOnPage(DOCS, 2);
    assertEntriesOnPage(DOCS, 1);
  });
  it('fails for a page with more', () => {
    const listing = { folder: '', pages: [listed(['a', 'b', 'c'])] };
    expect(failureOf(() => assertEntriesOnPage(listing, 1)).message).toBe(
      'expected at most 2 entries on a page, found 3',
    );
  });
});

describe('directory-listing-ends', () => {
  it('takes a listing whose last page shows nothing new', () => {
    assertDirectoryEnds(DOCS);
    assertDirectoryEnds({ folder: '', pages: [listed([])] });
  });
  it('fails for one that was cut off', () => {
    expect(failureOf(() => assertDirectoryEnds({ folder: 'docs', pages: PAGES.slice(0, 2) }))).toEqual({
      assertion: 'directory-listing-ends',
      message: 'expected no more entries at the end, found ["docs/b"] on page 2',
      calls: [1, 2],
    });
  });
  it('is the kit’s fault where there is no page at all', () => {
    expect(() => assertDirectoryEnds({ folder: '', pages: [] })).toThrow('no page to judge');
  });
});
