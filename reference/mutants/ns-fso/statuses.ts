/** Listings and statuses that say what is not so, and files that are created wrongly (NS-FSO-2, NS-FSO-6, NS-FSO-7). */
import { hadoop } from '#proto';
import { ok, Status } from '../../namespace/answers.js';
import type { Answer, OMRequest } from '../../namespace/command.js';
import { getBucket } from '../../namespace/records.js';
import { FILES, idKey } from '../../namespace/tables.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withRead, withWrite } from '../wrapped.js';

const { CommitKey, CreateFile, GetFileStatus, ListStatus } = hadoop.ozone.Type;
/** What every row of a tree begins with: the id of what it stands in. */
const ID_BYTES = 8;

/** Listings are answered as `change` makes them. */
function listing(right: NodeParts, change: (answer: Answer) => Answer): NodeParts {
  return withRead(right, ListStatus, (command) => ({
    answer: (view, request, context) => change(command.answer(view, request, context)),
  }));
}

function recursively(request: OMRequest, isRecursive: boolean): OMRequest {
  const { createFileRequest } = request;
  return createFileRequest == null ? request : { ...request, createFileRequest: { ...createFileRequest, isRecursive } };
}

export const STATUS_MUTANTS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-fso-2-start-left-out',
    wrong: 'A page of a directory begins behind its start key.',
    breaks: { 'NS-FSO-2': 'directory-content' },
    file: 'reference/namespace/tree/tree-files.ts',
    search: 'names = { prefix, from };',
    replace: 'names = { prefix, after: from };',
  },
  {
    kind: 'patch',
    id: 'ns-fso-2-directories-first',
    wrong: 'A directory lists the directories in it before the files.',
    breaks: { 'NS-FSO-2': 'directory-content' },
    file: 'reference/namespace/tree/levels.ts',
    search: 'yield* merged(directories, files, ({ name }) => name);',
    replace: 'yield* directories; yield* files;',
  },
  {
    kind: 'patch',
    id: 'ns-fso-2-order-of-utf-16',
    wrong: 'Files and directories are put together in the order of UTF-16 units.',
    breaks: { 'NS-FSO-2': 'directory-content' },
    file: 'reference/namespace/tree/levels.ts',
    search: 'return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;',
    replace: 'return unit;',
  },
  {
    kind: 'patch',
    id: 'ns-fso-2-flat-names-without-slash',
    wrong: 'A bucket of flat names orders its directories by their names without the slash.',
    breaks: { 'NS-FSO-2': 'directory-content' },
    file: 'reference/namespace/flat/flat-status.ts',
    search: "return statuses(view, bucket, name === '' ? '' : directoryName(name), range);",
    replace: `const path = ({ info }) => info.keyName.replace(/\\/$/, '');
      const all = [...statuses(view, bucket, name === '' ? '' : directoryName(name), range)];
      return all.sort((left, right) => (path(left) < path(right) ? -1 : 1));`,
  },
  {
    kind: 'policy',
    id: 'ns-fso-2-one-too-many',
    wrong: 'A page of a directory holds one entry more than was asked for.',
    breaks: { 'NS-FSO-2': 'directory-page-size' },
    parts: (right) =>
      withRead(right, ListStatus, (command) => ({
        answer: (view, request, context) => {
          const { listStatusRequest } = request;
          if (listStatusRequest == null) return command.answer(view, request, context);
          const numEntries = BigInt.asIntN(64, listStatusRequest.numEntries) + 1n;
          return command.answer(view, { ...request, listStatusRequest: { ...listStatusRequest, numEntries } }, context);
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-2-listed-in-short',
    wrong: 'The entries of a listing lack the metadata that they have by themselves.',
    breaks: { 'NS-FSO-2': 'entries-agree' },
    parts: (right) =>
      listing(right, (answer) => {
        const { listStatusResponse } = answer.body;
        if (listStatusResponse == null) return answer;
        const statuses = (listStatusResponse.statuses ?? []).map(({ keyInfo, ...status }) =>
          keyInfo == null ? status : { ...status, keyInfo: { ...keyInfo, metadata: [] } },
        );
        return ok({ listStatusResponse: { statuses } });
      }),
  },
  {
    kind: 'policy',
    id: 'ns-fso-2-what-has-no-size-is-a-directory',
    wrong: 'A file without bytes has the status of a directory.',
    breaks: { 'NS-FSO-2': 'file-kind' },
    parts: (right) =>
      withRead(right, GetFileStatus, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const status = answer.body.getFileStatusResponse?.status;
          return status?.keyInfo?.dataSize === 0n
            ? ok({ getFileStatusResponse: { status: { ...status, isDirectory: true } } })
            : answer;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-6-always-recursive',
    wrong: 'CreateFile makes missing parents whether or not it may.',
    breaks: { 'NS-FSO-6': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateFile, (command) => ({
        plan: (view, request, context) => command.plan(view, recursively(request, true), context),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-6-never-recursive',
    wrong: 'CreateFile makes no parents, also when it may.',
    breaks: { 'NS-FSO-6': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateFile, (command) => ({
        plan: (view, request, context) => command.plan(view, recursively(request, false), context),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-fso-6-refused-and-parents-made',
    wrong: 'CreateFile is refused for want of a directory, and has made it.',
    breaks: { 'NS-FSO-6': 'directory-content' },
    parts: (right) =>
      withWrite(right, CreateFile, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          if (plan.answer.status !== Status.DIRECTORY_NOT_FOUND) return plan;
          const { operations } = command.plan(view, recursively(request, true), context);
          return { operations, answer: plan.answer };
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-fso-6-as-large-as-its-block',
    wrong: 'A file keeps the size that it was opened with, a whole block, whatever its commit says.',
    breaks: { 'NS-FSO-6': 'file-size' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'dataSize: args.dataSize ?? 0n,',
    replace: '',
  },
  {
    kind: 'policy',
    id: 'ns-fso-6-committed-into-the-root',
    wrong: 'What CreateFile opened is put into the root of its bucket when it is committed.',
    breaks: { 'NS-FSO-6': 'file-size' },
    parts: (right) => {
      const opened = new Set<bigint>();
      const remembering = withWrite(right, CreateFile, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          opened.add(plan.answer.body.createFileResponse?.ID ?? 0n);
          return plan;
        },
      }));
      return withWrite(remembering, CommitKey, (command) => ({
        plan: (view, request, context) => {
          const { keyArgs, clientID = 0n } = request.commitKeyRequest ?? {};
          const plan = command.plan(view, request, context);
          const bucket = keyArgs && getBucket(view, keyArgs.volumeName, keyArgs.bucketName);
          if (bucket == null || !opened.has(clientID)) return plan;
          const inRoot = (key: Uint8Array) => Buffer.concat([idKey(bucket.objectID ?? 0n), key.subarray(ID_BYTES)]);
          return {
            ...plan,
            operations: plan.operations.map((operation) =>
              operation.kind === 'put' && operation.table === FILES
                ? { ...operation, key: inRoot(operation.key) }
                : operation,
            ),
          };
        },
      }));
    },
  },
  {
    kind: 'policy',
    id: 'ns-fso-7-an-error-of-the-server',
    wrong: 'Listing a directory that is gone is an error of the server.',
    breaks: { 'NS-FSO-7': 'served-not-found' },
    parts: (right) =>
      listing(right, (answer) =>
        answer.status === Status.FILE_NOT_FOUND ? { ...answer, status: Status.INTERNAL_ERROR } : answer,
      ),
  },
  {
    kind: 'policy',
    id: 'ns-fso-7-nothing-is-in-it',
    wrong: 'A directory that is gone lists as an empty one.',
    breaks: { 'NS-FSO-7': 'served-not-found' },
    parts: (right) =>
      listing(right, (answer) =>
        answer.status === Status.FILE_NOT_FOUND ? ok({ listStatusResponse: { statuses: [] } }) : answer,
      ),
  },
  {
    kind: 'policy',
    id: 'ns-fso-7-followers-fail',
    wrong: 'A node that never led fails with an error of the server where a directory is gone.',
    breaks: { 'NS-FSO-7': 'served-not-found' },
    parts: (right) => {
      let led = false;
      const changed = listing(right, (answer) =>
        !led && answer.status === Status.FILE_NOT_FOUND ? { ...answer, status: Status.INTERNAL_ERROR } : answer,
      );
      return {
        ...changed,
        plan: (input) => {
          led = true;
          return changed.plan(input);
        },
      };
    },
  },
];
