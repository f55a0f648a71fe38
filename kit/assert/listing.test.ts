import { describe, expect, it } from 'vitest';
import { assertListedAsRead } from './listed-records.js';
import {
  assertAscending,
  assertListed,
  assertListing,
  assertListingEnds,
  assertPageSize,
  assertPagesFull,
  assertSaysMore,
  namesOnPage,
} from './listing.js';
import { keyPage, lightPage } from './test/keys.js';
import { answered, bucket, bucketPage, failureOf, page } from './test/outcomes.js';

const PAGES = [page(['a', 'a-b'], { call: 1 }), page(['a.b'], { call: 2 }), page([], { call: 3 })];

describe('page-answered', () => {
  it('reads the names of a page, an empty one too', () => {
    expect(PAGES.map(namesOnPage)).toEqual([['a', 'a-b'], ['a.b'], []]);
    expect(namesOnPage(answered('OK'))).toEqual([]);
    expect(namesOnPage(bucketPage(['a', 'b']))).toEqual(['a', 'b']);
  });
  it('fails for what is no page', () => {
    expect(failureOf(() => namesOnPage(answered('VOLUME_NOT_FOUND')))).toEqual({
      assertion: 'page-answered',
      message: 'expected a page of a listing, found VOLUME_NOT_FOUND from om1',
      calls: [7],
    });
  });
});

describe('listing-content', () => {
  it('takes exactly the names', () => {
    assertListed(PAGES, ['a', 'a-b', 'a.b']);
  });
  it.each([
    [['a', 'a-b', 'a.b', 'b'], 'a gap'],
    [['a', 'a.b'], 'a stranger'],
  ])('fails for %s: %s', (expected) => {
    expect(failureOf(() => assertListed(PAGES, expected))).toEqual({
      assertion: 'listing-content',
      message: `expected ${JSON.stringify(expected).replaceAll(',', ', ')}, found ["a", "a-b", "a.b"]`,
      calls: [1, 2, 3],
    });
  });
});

describe('listing-order', () => {
  it.each([
    [['a', 'a.b'], ['a-b'], '"a-b" after "a.b" in ["a", "a.b", "a-b"]'],
    [['a', 'b'], ['b', 'c'], '"b" after "b" in ["a", "b", "b", "c"]'],
  ])('fails for a step back and for a name that comes twice', (first, second, found) => {
    const pages = [page(first), page(second)];
    expect(failureOf(() => assertAscending(pages))).toEqual({
      assertion: 'listing-order',
      message: `expected each name after the one before it, in byte order, found ${found}`,
      calls: [7, 7],
    });
  });
  it('orders by bytes, not by UTF-16 units', () => {
    assertAscending([page(['\uFFFD', '\u{10000}'])]);
  });
});

describe('page-size', () => {
  it('takes pages up to the size', () => {
    assertPageSize(PAGES, 2);
  });
  it('fails for a page with more', () => {
    expect(failureOf(() => assertPageSize(PAGES, 1))).toEqual({
      assertion: 'page-size',
      message: 'expected at most 1 names on a page, found 2: ["a", "a-b"]',
      calls: [1],
    });
  });
});

describe('listing-ends', () => {
  it('takes a listing that ended with an empty page', () => {
    assertListingEnds(PAGES);
  });
  it('fails for one that was cut off', () => {
    expect(failureOf(() => assertListingEnds(PAGES.slice(0, 2)))).toEqual({
      assertion: 'listing-ends',
      message: 'expected an empty page at the end, found ["a.b"] on page 2',
      calls: [1, 2],
    });
  });
  it('is the kit’s fault where there is no page at all', () => {
    expect(() => assertListingEnds([])).toThrow('no page to judge');
  });
});

describe('listed-as-read', () => {
  const pages = [bucketPage(['a'], { call: 1 }), bucketPage(['b'], { call: 2 }), bucketPage([], { call: 3 })];
  it('takes records that agree', () => {
    assertListedAsRead(pages, [bucket({ bucketName: 'a' }), bucket({ bucketName: 'b' })]);
  });
  it.each([
    [
      bucket({ bucketName: 'b', usedNamespace: 3n }),
      'expected bucket b listed with usedNamespace 3, as it is read, found it listed with usedNamespace nothing',
    ],
    [answered('BUCKET_NOT_FOUND'), 'expected bucket b, as it is listed, found BUCKET_NOT_FOUND from om1'],
  ])('fails where a read differs or finds nothing', (read, message) => {
    const reads = [bucket({ bucketName: 'a' }), read];
    expect(failureOf(() => assertListedAsRead(pages, reads))).toEqual({
      assertion: 'listed-as-read',
      message,
      calls: [1, 2, 3, 7],
    });
  });
  it('is the kit’s fault where there is not one read for each', () => {
    expect(() => assertListedAsRead(pages, [])).toThrow('no bucket for each read');
    expect(() => assertListedAsRead([], [])).toThrow('no bucket for each read');
  });
});

describe('page-full', () => {
  it('takes full pages, and a last one with less', () => {
    assertPagesFull([keyPage(['a', 'b']), keyPage(['c']), keyPage([])], 2);
  });
  it('fails for a page with less before another', () => {
    expect(failureOf(() => assertPagesFull([keyPage(['a'], { call: 1 }), keyPage(['b'], { call: 2 })], 2))).toEqual({
      assertion: 'page-full',
      message: 'expected 2 names on a page that is not the last, found 1: ["a"], and behind it ["b"]',
      calls: [1, 2],
    });
  });
});

describe('page-truncated', () => {
  it('takes pages that say there is more, and one that wrongly says so', () => {
    assertSaysMore([keyPage(['a'], {}, true), keyPage(['b'], {}, true), keyPage([], {}, false)]);
    assertSaysMore(PAGES);
  });
  it.each([
    ['keys', keyPage],
    ['keys in short', lightPage],
  ])('fails for a page of %s that says it is the last', (_of, of) => {
    expect(failureOf(() => assertSaysMore([of(['a'], { call: 1 }, false), of(['b'], { call: 2 }, false)]))).toEqual({
      assertion: 'page-truncated',
      message: 'expected a page that says there is more, found isTruncated false after ["a"], and behind it ["b"]',
      calls: [1, 2],
    });
  });
});

describe('a listing as a whole', () => {
  const of = (
    names: readonly string[],
    pages: readonly (readonly string[])[],
    make: typeof page | typeof keyPage = page,
  ) => ({
    pages: pages.map((held) => make(held)),
    asked: { size: 2, names, quiet: true },
  });
  it.each([
    ['page-size', of(['a', 'b', 'c'], [['a', 'b', 'c'], []])],
    ['listing-order', of(['a', 'b'], [['b', 'a'], []])],
    ['listing-ends', of(['a', 'b'], [['a', 'b']])],
    ['listing-content', of(['a', 'b'], [['a'], []])],
    ['page-full', of(['a', 'b'], [['a'], ['b'], []], keyPage)],
  ])('%s', (assertion, { pages, asked }) => {
    expect(failureOf(() => assertListing(pages, asked)).assertion).toBe(assertion);
  });
  it.each([
    ['keys', keyPage],
    ['keys in short', lightPage],
  ])('page-truncated: a page of %s that says it is the last', (_of, make) => {
    const pages = [make(['a', 'b'], {}, false), make(['c'], {}, true), make([])];
    expect(failureOf(() => assertListing(pages, { size: 2, names: ['a', 'b', 'c'], quiet: true })).assertion).toBe(
      'page-truncated',
    );
  });
  it.each([
    ['of volumes', page, true],
    ['of buckets', bucketPage, true],
    ['of keys that were changed meanwhile', keyPage, false],
  ])('takes pages %s that hold less than was asked for', (_of, make, quiet) => {
    assertListing([make(['a']), make(['b']), make([])], { size: 2, names: ['a', 'b'], quiet });
  });
  it('takes a listing of keys that keeps all of it', () => {
    const pages = [keyPage(['a', 'b'], {}, true), keyPage(['c'], {}, false), keyPage([], {}, false)];
    assertListing(pages, { size: 2, names: ['a', 'b', 'c'], quiet: true });
  });
});
