/** Keys that are deleted, renamed and tagged wrongly, one by one and in lists (NS-KEY-5, -6, -7, -9, -12, -14). */
import { hadoop } from '#proto';
import { ok, Status } from '../../namespace/answers.js';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { DeleteKey, DeleteKeys, RenameKeys } = hadoop.ozone.Type;
const FLAT_SPACE = 'reference/namespace/flat/flat-space.ts';

export const KEY_CHANGES: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-key-5-deletes-by-prefix',
    wrong: 'Deleting a key deletes every key whose name begins with its name.',
    breaks: { 'NS-KEY-5': 'key-unchanged' },
    file: FLAT_SPACE,
    search: "operations: [{ kind: 'delete', table: KEYS, key: childKey(bucket.objectId, name) }],",
    replace:
      "operations: [...view.scan(KEYS, { prefix: childKey(bucket.objectId, name) })].map(([key]) => ({ kind: 'delete' as const, table: KEYS, key })),",
  },
  {
    kind: 'policy',
    id: 'ns-key-5-delete-of-nothing-is-done',
    wrong: 'Deleting a key that is not there counts as done.',
    breaks: { 'NS-KEY-5': 'answer-status' },
    parts: (right) =>
      withWrite(right, DeleteKey, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.KEY_NOT_FOUND
            ? { operations: [], answer: ok({ deleteKeyResponse: {} }) }
            : plan;
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-key-6-stops-at-the-first',
    wrong: 'DeleteKeys stops at the first key that is missing.',
    breaks: { 'NS-KEY-6': 'undeleted-keys' },
    file: 'reference/namespace/commands/key/delete-keys.ts',
    search: 'undeleted.push({ key, why: removal });\n        continue;',
    replace: 'undeleted.push({ key, why: removal });\n        break;',
  },
  {
    kind: 'policy',
    id: 'ns-key-6-all-or-nothing',
    wrong: 'DeleteKeys deletes nothing when one of its keys is missing.',
    breaks: { 'NS-KEY-6': 'bucket-holds' },
    parts: (right) =>
      withWrite(right, DeleteKeys, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.PARTIAL_DELETE ? { ...plan, operations: [] } : plan;
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-key-7-copied-under-a-new-id',
    wrong: 'A renamed key is a new one.',
    breaks: { 'NS-KEY-7': 'key-kept' },
    file: FLAT_SPACE,
    search: 'return { ...info, keyName, modificationTime',
    replace: 'return { ...info, objectID: context.objectId, keyName, modificationTime',
  },
  {
    kind: 'patch',
    id: 'ns-key-7-source-first',
    wrong: 'A rename looks for its source before it looks at its target.',
    breaks: { 'NS-KEY-7': 'answer-status' },
    file: FLAT_SPACE,
    search: 'if (place(view, bucket, to).present !== undefined) {',
    replace: 'if (place(view, bucket, from).present !== undefined && place(view, bucket, to).present !== undefined) {',
  },
  {
    kind: 'patch',
    id: 'ns-key-7-old-name-stays',
    wrong: 'A renamed key has its old name besides.',
    breaks: { 'NS-KEY-7': 'missing' },
    file: FLAT_SPACE,
    search: "    return [\n      { kind: 'delete', table: KEYS, key: childKey(bucket.objectId, from) },\n",
    replace: '    return [\n',
  },
  {
    kind: 'patch',
    id: 'ns-key-9-tags-are-added',
    wrong: 'PutObjectTagging leaves tags that it does not name.',
    breaks: { 'NS-KEY-9': 'key-tags' },
    file: 'reference/namespace/key-change.ts',
    search: 'const info = { ...place.present, ...changed, updateID: context.managedIndex };',
    replace:
      'const tags = changed.tags?.length ? [...(place.present.tags ?? []).filter(({ key }) => !changed.tags?.some((tag) => tag.key === key)), ...changed.tags] : changed.tags;\n  const info = { ...place.present, ...changed, tags, updateID: context.managedIndex };',
  },
  {
    kind: 'patch',
    id: 'ns-key-9-names-of-pairs-in-lower-case',
    wrong: 'Names of metadata and tags are kept in lower case.',
    breaks: { 'NS-KEY-9': 'key-metadata' },
    file: 'reference/namespace/metadata.ts',
    search: "return pairs.map(({ key, value }) => ({ key, value: value ?? '' }));",
    replace: "return pairs.map(({ key, value }) => ({ key: key.toLowerCase(), value: value ?? '' }));",
  },
  {
    kind: 'patch',
    id: 'ns-key-12-a-session-keeps-the-id',
    wrong: 'A session that was opened over a key makes a key of its id, though the key lives on under another name.',
    breaks: { 'NS-KEY-12': 'object-ids' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'objectID: inherited && present?.objectID !== session.objectID ? context.objectId : session.objectID,',
    replace: 'objectID: session.objectID,',
  },
  {
    kind: 'patch',
    id: 'ns-key-12-tags-leave-the-generation',
    wrong: 'A change of tags is no change of the key.',
    breaks: { 'NS-KEY-12': 'generation-grows' },
    file: 'reference/namespace/key-change.ts',
    search: '...changed, updateID: context.managedIndex };',
    replace: '...changed, updateID: place.present.updateID ?? context.managedIndex };',
  },
  {
    kind: 'patch',
    id: 'ns-key-12-an-id-for-a-name',
    wrong: 'The id of a key is a digest of its name.',
    breaks: { 'NS-KEY-12': 'object-id-new' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'objectID: inherited && present?.objectID !== session.objectID ? context.objectId : session.objectID,',
    replace:
      'objectID: [...session.keyName].reduce((sum, one) => sum * 31n + BigInt(one.codePointAt(0) ?? 0), 7n) << 8n,',
  },
  {
    kind: 'patch',
    id: 'ns-key-14-stops-at-the-first',
    wrong: 'RenameKeys names the pair that could not be renamed first, and renames none behind it.',
    breaks: { 'NS-KEY-14': 'unrenamed-keys' },
    file: 'reference/namespace/commands/key/rename-keys.ts',
    search: '.filter((pair) => !keys.rename(pair, context));',
    replace:
      '.filter((pair, n, all) => !all.slice(0, n).some((one) => !keys.rename(one, context)) && !keys.rename(pair, context));',
  },
  {
    kind: 'policy',
    id: 'ns-key-14-all-or-nothing',
    wrong: 'RenameKeys renames nothing when one of its pairs cannot be renamed.',
    breaks: { 'NS-KEY-14': 'bucket-holds' },
    parts: (right) =>
      withWrite(right, RenameKeys, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return plan.answer.status === Status.PARTIAL_RENAME ? { ...plan, operations: [] } : plan;
        },
      })),
  },
  {
    kind: 'patch',
    id: 'ns-key-14-takes-the-place-of-the-target',
    wrong: 'RenameKeys names a pair whose target exists, and carries it out, as Ozone does.',
    breaks: { 'NS-KEY-14': 'key-unchanged' },
    file: 'reference/namespace/commands/key/rename-keys.ts',
    search: "if (fromKeyName === '' || toKeyName === '' || this.#key(toKeyName) !== undefined) return false;",
    replace:
      "if (fromKeyName === '' || toKeyName === '') return false;\n    const source = this.#key(fromKeyName);\n    if (this.#key(toKeyName) !== undefined) {\n      if (source === undefined || fromKeyName === toKeyName) return false;\n      this.#keys.set(fromKeyName, undefined);\n      this.#keys.set(toKeyName, renamed(source, toKeyName, context));\n      return false;\n    }",
  },
];
