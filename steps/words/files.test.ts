import { describe, expect, it } from 'vitest';
import { namesOf } from '../../kit/run/names.js';
import { ScenarioNames } from '../../kit/scenario/names.js';
import { OPERATION, readExisting, readOperation, readSubject } from '../words.js';
import { CHILDREN, FILE, FOLDER, NEW_FILE, readFolder, readNewFile } from './files.js';
import { isWhole } from './phrase.js';

const names = () => new ScenarioNames(namesOf('abc123'));
const box = { volume: 'omc-abc123-v1-home', bucket: 'omc-abc123-box' };
const at = (key: string) => ({ ...box, key });

describe('what is done to files and directories', () => {
  it.each([
    ['creates directory "a/b" in bucket "box"', { kind: 'create-directory', ...at('a/b') }],
    [
      'creates directory "a" in bucket "box" in volume "alpha"',
      { kind: 'create-directory', ...at('a'), volume: 'omc-abc123-v1-alpha' },
    ],
    ['creates file "a/f" in bucket "box"', { kind: 'create-file', ...at('a/f'), withParents: false, inPlace: false }],
    [
      'creates file "a with its parents" in bucket "box"',
      { kind: 'create-file', ...at('a with its parents'), withParents: false, inPlace: false },
    ],
    [
      'creates file "a/f" in bucket "box" with its parents',
      { kind: 'create-file', ...at('a/f'), withParents: true, inPlace: false },
    ],
    [
      'creates file "a/f" in bucket "box" with its parents in place of an old one',
      { kind: 'create-file', ...at('a/f'), withParents: true, inPlace: true },
    ],
    ['reads the status of "" in bucket "box"', { kind: 'read-status', ...at('') }],
    ['lists directory "a" in bucket "box"', { kind: 'list-status', ...at('a') }],
    ['lists directory "a" in bucket "box" from "a/c"', { kind: 'list-status', ...at('a'), from: 'a/c' }],
    ['lists the root of bucket "box" from "c"', { kind: 'list-status', ...at(''), from: 'c' }],
    ['deletes directory "a" in bucket "box"', { kind: 'delete-directory', ...at('a'), recursive: false }],
    [
      'deletes directory "a" in bucket "box" with all that is in it',
      { kind: 'delete-directory', ...at('a'), recursive: true },
    ],
    ['renames directory "a" to "b/c" in bucket "box"', { kind: 'rename-directory', ...at('a'), to: 'b/c' }],
  ])('%s', (phrase, operation) => {
    expect(isWhole(OPERATION, phrase)).toBe(true);
    expect(readOperation(phrase, names())).toEqual(operation);
  });
});

describe('what is there', () => {
  it('is made with the names on the wire', () => {
    expect(readExisting('directories "a/b" and "c" in bucket "box"', names())).toEqual([
      { kind: 'create-directory', ...at('a/b') },
      { kind: 'create-directory', ...at('c') },
    ]);
    expect(readSubject('directory "a" in bucket "box"', names())).toEqual({ kind: 'read-status', ...at('a') });
  });
  it('is a file that is to be, with what is said of it', () => {
    const phrase = 'file "a/f" in bucket "box" in place of an old one';
    expect([isWhole(NEW_FILE, phrase), isWhole(FILE, phrase)]).toEqual([true, false]);
    expect(readNewFile(phrase, names())).toEqual({
      kind: 'create-file',
      ...at('a/f'),
      withParents: false,
      inPlace: true,
    });
  });
  it.each([
    ['the root of bucket "box"', at('')],
    ['directory "a/b" in bucket "box"', at('a/b')],
  ])('%s is a folder', (phrase, place) => {
    expect(isWhole(FOLDER, phrase)).toBe(true);
    expect(readFolder(phrase, names())).toEqual(place);
  });
  it.each(['"a/"', '"a/", "b" and "c/"', 'nothing'])('%s may be its children', (phrase) => {
    expect(isWhole(CHILDREN, phrase)).toBe(true);
  });
});
