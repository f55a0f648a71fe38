/** Buckets that are missing, full or made anew, and taken for something else (NS-BKT-3, NS-BKT-5, NS-BKT-8). */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../namespace/answers.js';
import { getBucket } from '../../namespace/records.js';
import { idKey } from '../../namespace/tables.js';
import type { StateView } from '../../storage/state-store.js';
import type { Mutant } from '../mutant.js';
import { blindTo, withRead, withWrite } from '../wrapped.js';

const { CommitKey, CreateBucket, CreateKey, DeleteBucket, GetKeyInfo, ListKeys } = hadoop.ozone.Type;

/** The state with the sessions of one bucket under the id of another. */
function withSessionsOf(view: StateView, before: bigint, now: bigint): StateView {
  const prefix = Buffer.from(idKey(now));
  return {
    get: (table, key) => {
      const asked = Buffer.from(key);
      const isOurs = table === 'openKey' && asked.subarray(0, prefix.length).equals(prefix);
      return view.get(table, isOurs ? Buffer.concat([idKey(before), asked.subarray(prefix.length)]) : key);
    },
    scan: (table, range) => view.scan(table, range),
  };
}

export const BUCKET_CONTENTS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-bkt-3-key-missing-instead',
    wrong: 'A key that is read in a bucket that is not there counts as a missing key.',
    breaks: { 'NS-BKT-3': 'answer-status' },
    parts: (right) =>
      withRead(right, GetKeyInfo, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          return answer.status === Status.BUCKET_NOT_FOUND ? { ...answer, status: Status.KEY_NOT_FOUND } : answer;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-3-no-bucket-no-keys',
    wrong: 'A bucket that is not there is listed as one without keys.',
    breaks: { 'NS-BKT-3': 'answer-status' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          return answer.status === Status.BUCKET_NOT_FOUND ? ok({ listKeysResponse: { isTruncated: false } }) : answer;
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-3-the-name-first',
    wrong: 'The name of a new key is looked at before its bucket.',
    breaks: { 'NS-BKT-3': 'answer-status' },
    parts: (right) =>
      withWrite(right, CreateKey, (command) => ({
        validate: (request) =>
          request.createKeyRequest?.keyArgs.keyName === ''
            ? refusal(Status.INVALID_KEY_NAME, 'a key has a name')
            : command.validate?.(request),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-5-directories-do-not-count',
    wrong: 'A bucket with directories and without keys is deleted.',
    breaks: { 'NS-BKT-5': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteBucket, (command) => ({
        plan: (view, request, context) => command.plan(blindTo(view, 'directory'), request, context),
      })),
  },
  {
    kind: 'patch',
    id: 'ns-bkt-5-sessions-count',
    wrong: 'A bucket with an open session is not empty.',
    breaks: { 'NS-BKT-5': 'answer-status' },
    file: 'reference/namespace/flat/flat-space.ts',
    search: 'return removedSessions(view, OPEN_KEYS, objectId);',
    replace:
      'const sessions = removedSessions(view, OPEN_KEYS, objectId); return sessions.length > 0 ? undefined : sessions;',
  },
  {
    kind: 'policy',
    id: 'ns-bkt-5-refused-and-deleted',
    wrong: 'Deleting a bucket with a key in it is refused, and done all the same.',
    breaks: { 'NS-BKT-5': 'bucket-unchanged' },
    parts: (right) =>
      withWrite(right, DeleteBucket, (command) => ({
        plan: (view, request, context) => ({
          operations: command.plan(blindTo(view, 'key'), request, context).operations,
          answer: command.plan(view, request, context).answer,
        }),
      })),
  },
  {
    kind: 'policy',
    id: 'ns-bkt-8-an-id-for-a-name',
    wrong: 'A bucket that is made anew has the objectID that its name had before.',
    breaks: { 'NS-BKT-8': 'object-id-new' },
    parts: (right) => {
      const ids = new Map<string, bigint>();
      return withWrite(right, CreateBucket, (command) => ({
        plan: (view, request, context) => {
          const { volumeName, bucketName } = request.createBucketRequest?.bucketInfo ?? {};
          const name = `${volumeName}/${bucketName}`;
          const objectId = ids.get(name) ?? context.objectId;
          ids.set(name, objectId);
          return command.plan(view, request, { ...context, objectId });
        },
      }));
    },
  },
  {
    kind: 'policy',
    id: 'ns-bkt-8-sessions-by-name',
    wrong: 'Sessions outlive their bucket, and are found by its name.',
    breaks: { 'NS-BKT-8': 'answer-status' },
    parts: (right) => {
      const before = new Map<string, bigint>();
      const deleting = withWrite(right, DeleteBucket, (command) => ({
        plan: (view, request, context) => {
          const { volumeName = '', bucketName = '' } = request.deleteBucketRequest ?? {};
          const { objectID } = getBucket(view, volumeName, bucketName) ?? {};
          const plan = command.plan(view, request, context);
          if (plan.operations.length > 0 && objectID != null) before.set(`${volumeName}/${bucketName}`, objectID);
          return { ...plan, operations: plan.operations.filter((one) => !('table' in one && one.table === 'openKey')) };
        },
      }));
      return withWrite(deleting, CommitKey, (command) => ({
        plan: (view, request, context) => {
          const { volumeName = '', bucketName = '' } = request.commitKeyRequest?.keyArgs ?? {};
          const now = getBucket(view, volumeName, bucketName)?.objectID;
          const old = before.get(`${volumeName}/${bucketName}`);
          const seen = now == null || old === undefined ? view : withSessionsOf(view, old, now);
          return command.plan(seen, request, context);
        },
      }));
    },
  },
];
