import { describe, expect, it } from 'vitest';
import { CONTENT } from '../scenario/operations/key.js';
import type { EntryLook } from '../scenario/tree.js';
import { assertEntriesAgree } from './entries-agree.js';
import { assertKind } from './file-kind.js';
import { assertFileSize } from './file-size.js';
import { assertPathGone, assertServedNotFound, assertServedNotFoundAtLast } from './not-found.js';
import { key } from './test/keys.js';
import { answered, failureOf, fileStatus, listed, notLeader, status, unanswered } from './test/outcomes.js';
import { assertTreeMoved, assertTreeUnchanged } from './tree.js';

const content = (value: string) => ({ metadata: [{ key: CONTENT, value }] });
const DOCS = status(fileStatus('docs/', { objectID: 1n }), { call: 1 });
const PLAN = status(fileStatus('docs/plan', { objectID: 2n, ...content('p') }), { call: 2 });

const docs = (now = DOCS, listing = listed(['docs/plan']), path = 'docs'): EntryLook => ({
  entry: { path: 'docs', directory: true, before: DOCS },
  path,
  status: now,
  listing,
});
const plan = (now = PLAN, path = 'docs/plan'): EntryLook => ({
  entry: { path: 'docs/plan', directory: false, before: PLAN },
  path,
  status: now,
  listing: undefined,
});

describe('tree-unchanged', () => {
  it('takes every entry as it was', () => {
    assertTreeUnchanged([docs(), plan()]);
  });
  it.each([
    [
      [docs(), plan(answered('FILE_NOT_FOUND'))],
      'tree-unchanged',
      'expected "docs/plan" as it was, found FILE_NOT_FOUND from om1',
    ],
    [
      [docs(status(fileStatus('docs/', { objectID: 1n, updateID: 4n }))), plan()],
      'tree-unchanged',
      'expected "docs" as it was, with updateID nothing, found updateID 4',
    ],
    [[docs(DOCS, listed([])), plan()], 'directory-content', 'expected ["plan"] in directory "docs", found []'],
    [
      [docs(DOCS, listed(['docs/plan', 'docs/x/'])), plan()],
      'directory-content',
      'expected ["plan"] in directory "docs", found ["plan", "x/"]',
    ],
  ])('fails for what is gone, what changed, and what a directory lists besides', (looks, assertion, message) => {
    expect(failureOf(() => assertTreeUnchanged(looks))).toMatchObject({ assertion, message });
  });
  it('is the kit’s fault where there is nothing to look at', () => {
    expect(() => assertTreeUnchanged([])).toThrow('no part of a tree');
  });
});

describe('tree-moved', () => {
  const there = status(fileStatus('new/', { objectID: 1n, updateID: 9n }));
  const moved = (record: object, path = 'new/plan') =>
    plan(status(fileStatus(path, { objectID: 2n, ...content('p'), ...record })), 'new/plan');
  it('takes every entry with its id and content at its new path, whatever else a move changes', () => {
    assertTreeMoved([docs(there, listed(['new/plan']), 'new'), moved({ updateID: 9n })]);
  });
  it.each([
    [moved({ objectID: 7n }), 'expected "new/plan" as it was, with objectID 2, found objectID 7'],
    [moved(content('q')), 'expected "new/plan" as it was, with content "p", found content "q"'],
    [moved({}, 'new/plan/'), 'expected "new/plan" as it was, with isDirectory false, found isDirectory true'],
    [plan(answered('FILE_NOT_FOUND'), 'new/plan'), 'expected "new/plan" as it was, found FILE_NOT_FOUND from om1'],
  ])('fails for another id, other content, another kind, and nothing', (look, message) => {
    expect(failureOf(() => assertTreeMoved([docs(there, listed(['new/plan']), 'new'), look]))).toMatchObject({
      assertion: 'tree-moved',
      message,
    });
  });
  it('fails where the moved directory lists less', () => {
    expect(failureOf(() => assertTreeMoved([docs(there, listed([]), 'new'), moved({})])).assertion).toBe(
      'directory-content',
    );
  });
});

describe('path-gone', () => {
  it('takes reads that find nothing, in the words of each', () => {
    assertPathGone([answered('FILE_NOT_FOUND'), answered('KEY_NOT_FOUND'), answered('DIRECTORY_NOT_FOUND')], 'docs');
  });
  it.each([
    [status(fileStatus('docs/')), 'OK from om1 for GetFileStatus'],
    [listed([]), 'OK from om1 for ListStatus'],
    [answered('INTERNAL_ERROR'), 'INTERNAL_ERROR from om1 for InfoVolume'],
    [answered('BUCKET_NOT_FOUND'), 'BUCKET_NOT_FOUND from om1 for InfoVolume'],
    [answered('NOT_A_FILE'), 'NOT_A_FILE from om1 for InfoVolume'],
  ])('fails for what is found, also an empty listing, and for other failures', (read, found) => {
    expect(failureOf(() => assertPathGone([answered('FILE_NOT_FOUND'), read], 'docs'))).toMatchObject({
      assertion: 'path-gone',
      message: `expected nothing at "docs", found ${found}`,
    });
  });
});

describe('served-not-found', () => {
  it('takes nodes that find nothing and nodes that refuse as usual', () => {
    assertServedNotFound([answered('FILE_NOT_FOUND'), notLeader({ node: 'om2' })]);
  });
  it.each([
    [[answered('FILE_NOT_FOUND'), answered('INTERNAL_ERROR', { node: 'om2' })], 'INTERNAL_ERROR from om2'],
    [[answered('FILE_NOT_FOUND'), listed([], { node: 'om2' })], 'OK from om2'],
    [[notLeader(), notLeader({ node: 'om2' })], 'gRPC INTERNAL from om1 '],
    [[unanswered('deadline')], 'no answer from om1 (deadline: gone)'],
  ])('fails where a node says anything else, and where none serves', (reads, found) => {
    const failed = failureOf(() => assertServedNotFound(reads));
    expect(failed.assertion).toBe('served-not-found');
    expect(failed.message).toContain(found);
  });
});

describe('served-not-found-at-last', () => {
  const gone = answered('FILE_NOT_FOUND');
  const follower = { node: 'om2' };
  const goneThere = answered('FILE_NOT_FOUND', follower);
  it('takes a follower that shows what was there, and then finds nothing', () => {
    assertServedNotFoundAtLast([[gone], [listed(['a'], follower), notLeader(follower), goneThere]], 'om1');
    assertServedNotFoundAtLast([[gone], [notLeader(follower)]], 'om1');
  });
  it.each([
    [[[listed(['a']), gone], [goneThere]], 'served-not-found-at-last', 'OK from om1'],
    [
      [[gone], [answered('INTERNAL_ERROR', follower), goneThere]],
      'served-not-found-at-last',
      'INTERNAL_ERROR from om2',
    ],
    [[[gone], [listed(['a'], follower)]], 'served-not-found', 'OK from om2'],
    [
      [[gone], [listed(['a'], follower), answered('INTERNAL_ERROR', follower)]],
      'served-not-found',
      'INTERNAL_ERROR from om2',
    ],
  ])(
    'fails for a leader that was late, a failure in between, and a follower that never sees it',
    (histories, id, found) => {
      const failed = failureOf(() => assertServedNotFoundAtLast(histories, 'om1'));
      expect(failed.assertion).toBe(id);
      expect(failed.message).toContain(found);
    },
  );
});

describe('file-kind', () => {
  it('takes files and directories', () => {
    assertKind([status(fileStatus('a/'))], 'directory');
    assertKind([status(fileStatus('a'))], 'file');
    assertKind([status({ isDirectory: true })], 'directory');
  });
  it.each([
    [status(fileStatus('a')), 'found isDirectory false'],
    [answered('FILE_NOT_FOUND'), 'found FILE_NOT_FOUND from om1'],
  ])('fails for the other kind, and for none', (read, found) => {
    expect(failureOf(() => assertKind([read], 'directory'))).toMatchObject({
      assertion: 'file-kind',
      message: `expected the status of a directory, ${found}`,
    });
  });
});

describe('entries-agree', () => {
  const page = listed(['a']);
  const entry = fileStatus('a');
  it('takes an entry that is its own status', () => {
    assertEntriesAgree([{ page, listed: entry, read: status(entry) }]);
  });
  it.each([
    [status(fileStatus('a', { updateID: 3n })), 'expected "a" listed with updateID 3, found updateID nothing'],
    [answered('FILE_NOT_FOUND'), 'expected the status of "a", found FILE_NOT_FOUND from om1'],
  ])('fails where they differ, and where there is none', (read, message) => {
    expect(failureOf(() => assertEntriesAgree([{ page, listed: entry, read }]))).toMatchObject({
      assertion: 'entries-agree',
      message,
    });
  });
  it('is the kit’s fault where nothing was listed', () => {
    expect(() => assertEntriesAgree([])).toThrow('no entry');
  });
});

describe('file-size', () => {
  const right = [status(fileStatus('a/f', { dataSize: 5n })), key({ keyName: 'a/f', dataSize: 5n })];
  it('takes reads of either kind that show the file with its size', () => {
    assertFileSize(right, 'a/f', 5n);
  });
  it.each([
    [status(fileStatus('a/f', { dataSize: 4n })), 'file "a/f" of 4 bytes'],
    [key({ keyName: 'a/f', dataSize: 268_435_456n }), 'file "a/f" of 268435456 bytes'],
    [key({ keyName: 'f', dataSize: 5n }), 'file "f" of 5 bytes'],
    [status(fileStatus('a/f/', { dataSize: 5n })), 'directory "a/f"'],
    [answered('FILE_NOT_FOUND'), 'FILE_NOT_FOUND from om1'],
    [answered('KEY_NOT_FOUND', { command: 'LookupKey' }), 'KEY_NOT_FOUND from om1'],
  ])('fails where one of them shows another size, another place, a directory or nothing', (read, found) => {
    expect(failureOf(() => assertFileSize([...right, read], 'a/f', 5n))).toMatchObject({
      assertion: 'file-size',
      message: `expected file "a/f" of 5 bytes, found ${found}`,
    });
  });
});
