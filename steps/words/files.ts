/**
 * Phrases about files and directories, such as `renames directory "a" to "b" in bucket "box"`. Where a list has both, a slash
 * stands behind the name of each directory.
 */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import type { Operation } from '../../kit/scenario/operation.js';
import type { KeyPlace } from '../../kit/scenario/operations/key.js';
import { BUCKET, readBucket } from './buckets.js';
import { readKey } from './keys.js';
import { type Phrase, QUOTED, quotedWords } from './phrase.js';

const LIST = `${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?`;
/** `file "a/f" in bucket "box"` */
export const FILE = new RegExp(`file ${QUOTED} in ${BUCKET.source}`);
const ROOT = new RegExp(`the root of ${BUCKET.source}`);
const WITH_PARENTS = ' with its parents';
const IN_PLACE = ' in place of an old one';
const RECURSIVE = ' with all that is in it';

/** `directory "a/b" in bucket "box"` */
export const DIRECTORY = new RegExp(`directory ${QUOTED} in ${BUCKET.source}`);
/** `directories "a/b" and "c" in bucket "box"` */
export const DIRECTORIES = new RegExp(`director(?:y|ies) ${LIST} in ${BUCKET.source}`);
/** A directory, or `the root of bucket "box"`. */
export const FOLDER = new RegExp(`${DIRECTORY.source}|${ROOT.source}`);
/** `"a/", "b" and "c/"`, `nothing` */
export const CHILDREN = new RegExp(`${LIST}|nothing`);

/** A file that is created: `file "a/f" in bucket "box" with its parents in place of an old one` */
export const NEW_FILE = new RegExp(`${FILE.source}(?:${WITH_PARENTS})?(?:${IN_PLACE})?`);

export type NewFile = Extract<Operation, { readonly kind: 'create-file' }>;

export function readNewFile(phrase: string, names: ScenarioNames): NewFile {
  return {
    kind: 'create-file',
    ...readKey(phrase, names),
    withParents: phrase.includes(WITH_PARENTS, phrase.lastIndexOf('"')),
    inPlace: phrase.endsWith(IN_PLACE),
  };
}

export function readFolder(phrase: string, names: ScenarioNames): KeyPlace {
  return phrase.startsWith('the root of ') ? { ...readBucket(phrase, names), key: '' } : readKey(phrase, names);
}

/** Directories that are to be there, each with the parents that it lacks. */
export function readDirectories(phrase: string, names: ScenarioNames): readonly KeyPlace[] {
  const [directories = ''] = phrase.split(' in bucket ');
  return quotedWords(directories).map((key) => ({ ...readBucket(phrase, names), key }));
}

export const filePhrases: readonly Phrase[] = [
  {
    form: new RegExp(`creates ${DIRECTORY.source}`),
    read: (phrase, names) => ({ kind: 'create-directory', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`creates ${NEW_FILE.source}`),
    read: readNewFile,
  },
  {
    form: new RegExp(`reads the status of ${QUOTED} in ${BUCKET.source}`),
    read: (phrase, names) => ({ kind: 'read-status', ...readKey(phrase, names) }),
  },
  {
    form: new RegExp(`lists (?:${FOLDER.source})(?: from ${QUOTED})?`),
    read: (phrase, names) => {
      const [, from] = / from "([^"]*)"$/.exec(phrase) ?? [];
      const folder = readFolder(phrase.slice('lists '.length), names);
      return { kind: 'list-status', ...folder, ...(from === undefined ? {} : { from }) };
    },
  },
  {
    form: new RegExp(`deletes ${DIRECTORY.source}(?:${RECURSIVE})?`),
    read: (phrase, names) => ({
      kind: 'delete-directory',
      ...readKey(phrase, names),
      recursive: phrase.endsWith(RECURSIVE),
    }),
  },
  {
    form: new RegExp(`renames directory ${QUOTED} to ${QUOTED} in ${BUCKET.source}`),
    read: (phrase, names) => ({
      kind: 'rename-directory',
      ...readKey(phrase, names),
      to: quotedWords(phrase)[1] ?? '',
    }),
  },
];
