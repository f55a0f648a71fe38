import { describe, expect, it } from 'vitest';
import { directoryIn } from './status-read.js';
import { answered, failureOf, fileStatus, status } from './test/outcomes.js';
import { assertDirectoryUnchanged } from './unchanged.js';

const DOCS = fileStatus('docs/');

describe('directory-unchanged', () => {
  it('takes the same record', () => {
    assertDirectoryUnchanged(status(DOCS), 'docs', DOCS);
  });
  it.each([
    [fileStatus('docs/', { updateID: 9n }), 'updateID nothing', 'updateID 9'],
    [fileStatus('docs/', { objectID: 6n }), 'objectID 5', 'objectID 6'],
    [{ ...DOCS, isDirectory: false }, 'isDirectory true', 'isDirectory false'],
  ])('names the fields that differ, of the record and beside it', (found, before, after) => {
    expect(failureOf(() => assertDirectoryUnchanged(status(found), 'docs', DOCS))).toEqual({
      assertion: 'directory-unchanged',
      message: `expected directory "docs" as it was, with ${before}, found directory "docs" with ${after}`,
      calls: [7],
    });
  });
  it('fails where it is gone', () => {
    expect(failureOf(() => assertDirectoryUnchanged(answered('FILE_NOT_FOUND'), 'docs', DOCS)).message).toBe(
      'expected directory "docs" as it was, found FILE_NOT_FOUND from om1',
    );
  });
});

describe('what a read of a directory shows', () => {
  it('is its status, and nothing of a file or a failure', () => {
    expect(directoryIn(status(DOCS))).toEqual(DOCS);
    expect(directoryIn(status(fileStatus('f')))).toBeUndefined();
    expect(directoryIn(answered('FILE_NOT_FOUND'))).toBeUndefined();
  });
});
