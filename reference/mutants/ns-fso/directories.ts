/** Directories that are made, removed or moved wrongly (NS-FSO-1, NS-FSO-3, NS-FSO-4, NS-FSO-5). */
import { hadoop } from '#proto';
import { ok, Status } from '../../namespace/answers.js';
import type { Answer } from '../../namespace/command.js';
import { DIRECTORIES, FILES } from '../../namespace/tables.js';
import type { Mutant } from '../mutant.js';
import { blindTo, withRead, withWrite } from '../wrapped.js';

const { CreateDirectory, DeleteKey, GetFileStatus, LookupKey } = hadoop.ozone.Type;

export const DIRECTORY_MUTANTS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-fso-1-parents-left-out',
    wrong: 'Of a path whose parents are missing only the last directory is made, in the lowest that is there.',
    breaks: { 'NS-FSO-1': 'directory-content' },
    file: 'reference/namespace/tree/tree-files.ts',
    search: 'const names = [way.name, ...way.beyond];',
    replace: 'const names = [way.beyond.at(-1) ?? way.name];',
  },
  {
    kind: 'policy',
    id: 'ns-fso-1-there-and-made-anew',
    wrong: 'Creating a directory that is there says so, and makes it and its parents anew all the same.',
    breaks: { 'NS-FSO-1': 'directory-unchanged' },
    parts: (right) =>
      withWrite(right, CreateDirectory, (command) => ({
        plan: (view, request, context) => {
          const { answer, operations } = command.plan(view, request, context);
          const anew = answer.status === Status.DIRECTORY_ALREADY_EXISTS;
          return {
            operations: anew ? command.plan(blindTo(view, DIRECTORIES), request, context).operations : operations,
            answer,
          };
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-1-there-is-done',
    wrong: 'Creating a directory that is there is done, as by mkdir -p.',
    breaks: { 'NS-FSO-1': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateDirectory, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.DIRECTORY_ALREADY_EXISTS
            ? { operations: [], answer: ok({ createDirectoryResponse: {} }) }
            : plan;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-1-beside-a-file',
    wrong: 'A directory gets a name that a file has, and both are there.',
    breaks: { 'NS-FSO-1': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateDirectory, (command) => ({
        plan: (view, request, context) => command.plan(blindTo(view, FILES), request, context),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-3-always-recursive',
    wrong: 'A directory is deleted with all that is in it, whether or not that was asked for.',
    breaks: { 'NS-FSO-3': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteKey, (command) => ({
        plan: (view, { deleteKeyRequest, ...request }, context) => {
          const keyArgs = deleteKeyRequest?.keyArgs;
          const changed = keyArgs && { deleteKeyRequest: { keyArgs: { ...keyArgs, recursive: true } } };
          return command.plan(view, { ...request, ...changed }, context);
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-fso-3-files-alone-count',
    wrong: 'A directory that holds directories and no file counts as empty.',
    breaks: { 'NS-FSO-3': 'answer-status' },
    file: 'reference/namespace/tree/removed-directory.ts',
    search: 'const CONTENT = [DIRECTORIES, FILES] as const;',
    replace: 'const CONTENT = [FILES, FILES] as const; void DIRECTORIES;',
  },
  {
    kind: 'patch',
    id: 'ns-fso-3-a-slash-says-recursive',
    wrong: 'A slash behind the name of a directory is taken for consent to delete what is in it.',
    breaks: { 'NS-FSO-3': 'answer-status' },
    file: 'reference/namespace/tree/tree-space.ts',
    search: 'if (!recursive && !isEmpty(view, id)) {',
    replace: "if (!recursive && !name.endsWith('/') && !isEmpty(view, id)) {",
  },
  {
    kind: 'patch',
    id: 'ns-fso-4-moved-with-a-new-id',
    wrong: 'A directory that moves is copied: it gets an id of its own.',
    breaks: { 'NS-FSO-4': 'tree-moved' },
    file: 'reference/namespace/tree/rename.ts',
    search: 'parentID: to.parentId, updateID: managedIndex };',
    replace:
      'parentID: to.parentId, updateID: managedIndex, objectID: directory ? managedIndex : objectIdOf({ ...info }) };',
  },
  {
    kind: 'patch',
    id: 'ns-fso-4-old-name-stays',
    wrong: 'A directory that moves keeps its old name as well.',
    breaks: { 'NS-FSO-4': 'path-gone' },
    file: 'reference/namespace/tree/rename.ts',
    search: "{ kind: 'delete', table, key: childKey(from.parentId, from.name) },",
    replace: '',
  },
  {
    kind: 'patch',
    id: 'ns-fso-4-below-by-its-first-letters',
    wrong: 'A new name that begins with the old one counts as a place below it.',
    breaks: { 'NS-FSO-4': 'answer-status' },
    file: 'reference/namespace/tree/rename.ts',
    search: 'return path.length > directory.length && directory.every((component, at) => component === path[at]);',
    replace:
      "return path.join('/').length > directory.join('/').length && path.join('/').startsWith(directory.join('/'));",
  },
  {
    kind: 'patch',
    id: 'ns-fso-4-into-itself',
    wrong: 'A directory may move below itself, where nobody finds it any more.',
    breaks: { 'NS-FSO-4': 'answer-status' },
    file: 'reference/namespace/tree/rename.ts',
    search: 'if (found.directory && isBelow(target, source)) {',
    replace: 'if (found.directory && target.length === 0 && isBelow(target, source)) {',
  },
  {
    kind: 'patch',
    id: 'ns-fso-5-gone-when-purged',
    wrong: 'A directory that is deleted with all that is in it keeps its name.',
    breaks: { 'NS-FSO-5': 'path-gone' },
    file: 'reference/namespace/tree/tree-space.ts',
    search: "{ kind: 'delete', table: DIRECTORIES, key: row },",
    replace: "...(recursive ? [] : [{ kind: 'delete', table: DIRECTORIES, key: row } as const]),",
  },
  {
    kind: 'policy',
    id: 'ns-fso-5-statuses-from-a-cache',
    wrong: 'The status of a path reads for ever as it was first read.',
    breaks: { 'NS-FSO-5': 'path-gone' },
    parts: (right) => {
      const cache = new Map<string, Answer>();
      return withRead(right, GetFileStatus, (command) => ({
        answer: (view, request, context) => {
          const { volumeName, bucketName, keyName } = request.getFileStatusRequest?.keyArgs ?? {};
          const path = `${volumeName}/${bucketName}/${keyName}`;
          const answer = cache.get(path) ?? command.answer(view, request, context);
          if (answer.status === Status.OK) cache.set(path, answer);
          return answer;
        },
      }));
    },
  },
  {
    kind: 'policy',
    id: 'ns-fso-5-looked-up-in-vain',
    wrong: 'LookupKey of a path that leads nowhere fails with an error of the server.',
    breaks: { 'NS-FSO-5': 'path-gone' },
    parts: (right) =>
      withRead(right, LookupKey, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          return answer.status === Status.KEY_NOT_FOUND ? { ...answer, status: Status.INTERNAL_ERROR } : answer;
        },
      })),
  },
];
