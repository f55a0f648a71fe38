/** Names and reads of keys that are not what was asked for (NS-KEY-10, NS-KEY-11, NS-KEY-14), and keys in no volume (NS-VOL-3). */
import { hadoop } from '#proto';
import { ok, Status } from '../../namespace/answers.js';
import type { KeyArgs } from '../../namespace/key-info.js';
import type { NodeParts } from '../../node/parts.js';
import type { Mutant } from '../mutant.js';
import { withRead, withWrite } from '../wrapped.js';

const { CommitKey, CreateKey, DeleteKey, DeleteKeys, GetKeyInfo, ListKeys, ListKeysLight, LookupKey } =
  hadoop.ozone.Type;

/** Keys are made, read and deleted under a name of the server's. */
function naming(right: NodeParts, change: (name: string) => string): NodeParts {
  const named = <R extends { readonly keyArgs: KeyArgs }>(asked: R): R => ({
    ...asked,
    keyArgs: { ...asked.keyArgs, keyName: change(asked.keyArgs.keyName) },
  });
  const opening = withWrite(right, CreateKey, (command) => ({
    plan: (view, request, context) =>
      command.plan(
        view,
        request.createKeyRequest == null ? request : { ...request, createKeyRequest: named(request.createKeyRequest) },
        context,
      ),
  }));
  const committing = withWrite(opening, CommitKey, (command) => ({
    plan: (view, request, context) =>
      command.plan(
        view,
        request.commitKeyRequest == null ? request : { ...request, commitKeyRequest: named(request.commitKeyRequest) },
        context,
      ),
  }));
  const deleting = withWrite(committing, DeleteKey, (command) => ({
    plan: (view, request, context) =>
      command.plan(
        view,
        request.deleteKeyRequest == null ? request : { ...request, deleteKeyRequest: named(request.deleteKeyRequest) },
        context,
      ),
  }));
  return withRead(deleting, GetKeyInfo, (command) => ({
    answer: (view, request, context) =>
      command.answer(
        view,
        request.GetKeyInfoRequest == null
          ? request
          : { ...request, GetKeyInfoRequest: named(request.GetKeyInfoRequest) },
        context,
      ),
  }));
}

export const KEY_NAMES: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-key-10-paths-are-cleaned',
    wrong: 'A slash too many is taken out of a name.',
    breaks: { 'NS-KEY-10': 'name-kept' },
    parts: (right) => naming(right, (name) => name.replace(/\/+/g, '/')),
  },
  {
    kind: 'policy',
    id: 'ns-key-10-letters-are-composed',
    wrong: 'Letters of a name are brought to their composed form.',
    breaks: { 'NS-KEY-10': 'name-kept' },
    parts: (right) => naming(right, (name) => name.normalize('NFC')),
  },
  {
    kind: 'policy',
    id: 'ns-key-10-cut-at-1023',
    wrong: 'A name is cut behind 1,023 characters.',
    breaks: { 'NS-KEY-10': 'name-kept' },
    parts: (right) => naming(right, (name) => name.slice(0, 1023)),
  },
  {
    kind: 'policy',
    id: 'ns-key-11-looked-up-without-tags',
    wrong: 'LookupKey shows no tags.',
    breaks: { 'NS-KEY-11': 'reads-agree' },
    parts: (right) =>
      withRead(right, LookupKey, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const found = answer.body.lookupKeyResponse?.keyInfo;
          return found == null ? answer : ok({ lookupKeyResponse: { keyInfo: { ...found, tags: [] } } });
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-11-listed-as-first-written',
    wrong: 'A listing shows the time at which a key was made as that of its last change.',
    breaks: { 'NS-KEY-11': 'reads-agree' },
    parts: (right) =>
      withRead(right, ListKeys, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const page = answer.body.listKeysResponse;
          if (page == null) return answer;
          const keyInfo = (page.keyInfo ?? []).map((info) => ({ ...info, modificationTime: info.creationTime }));
          return ok({ listKeysResponse: { ...page, keyInfo } });
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-key-14-no-end-in-short',
    wrong: 'A listing in short never says that there is more.',
    breaks: { 'NS-KEY-14': 'listings-agree' },
    parts: (right) =>
      withRead(right, ListKeysLight, (command) => ({
        answer: (view, request, context) => {
          const answer = command.answer(view, request, context);
          const page = answer.body.listKeysLightResponse;
          return page == null ? answer : ok({ listKeysLightResponse: { ...page, isTruncated: false } });
        },
      })),
  },
  {
    kind: 'policy',
    id: 'ns-vol-3-a-list-of-keys-in-no-volume',
    wrong: 'A list of keys in a volume that is not there counts as one in a missing bucket.',
    breaks: { 'NS-VOL-3': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteKeys, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.VOLUME_NOT_FOUND
            ? { ...plan, answer: { ...plan.answer, status: Status.BUCKET_NOT_FOUND } }
            : plan;
        },
      })),
  },
];
