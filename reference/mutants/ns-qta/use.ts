/** Buckets that count wrongly what is in them (NS-QTA-1). */
import { hadoop } from '#proto';
import type { Operation } from '../../namespace/command.js';
import { int64FromBytes, int64ToBytes } from '../../namespace/int64.js';
import type { StateView } from '../../storage/state-store.js';
import type { Mutant } from '../mutant.js';
import { withWrite } from '../wrapped.js';

const { CommitKey } = hadoop.ozone.Type;

/** The counter as the plan sees it, changed and written back, in the place of what adds to it. */
function writtenBack(view: StateView, operation: Operation): Operation {
  if (operation.kind !== 'merge' || operation.table !== 'usage') return operation;
  const { table, key } = operation;
  const before = view.get(table, key);
  const sum = (before === undefined ? 0n : int64FromBytes(before)) + int64FromBytes(operation.value);
  return { kind: 'put', table, key, value: int64ToBytes(sum) };
}

export const USE: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'ns-qta-1-every-commit-counts',
    wrong: 'A commit counts one more name, also where it replaces a key.',
    breaks: { 'NS-QTA-1': 'used-names' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'entries: present === undefined ? 1n : 0n,',
    replace: 'entries: 1n,',
  },
  {
    kind: 'patch',
    id: 'ns-qta-1-missing-names-count-off',
    wrong: 'DeleteKeys takes off a name for each that is asked for, there or not.',
    breaks: { 'NS-QTA-1': 'used-names' },
    file: 'reference/namespace/commands/key/delete-keys.ts',
    search: 'undeleted.push({ key, why: removal });',
    replace: 'undeleted.push({ key, why: removal }); entries += 1n;',
  },
  {
    kind: 'patch',
    id: 'ns-qta-1-parents-of-keys-are-free',
    wrong: 'Directories that a key needs are made and not counted.',
    breaks: { 'NS-QTA-1': 'used-names' },
    file: 'reference/namespace/sessions.ts',
    search: '...addToUsage(bucket.objectId, { entries: BigInt(place.newParents) }),',
    replace: '',
  },
  {
    kind: 'patch',
    id: 'ns-qta-1-a-tree-counts-for-ever',
    wrong: 'What was in a directory that went is removed, and counts for ever.',
    breaks: { 'NS-QTA-1': 'used-names' },
    file: 'reference/namespace/tree/purge.ts',
    search: 'return charged ? [...step.operations, ...freeUsage(bucketId, step.freed)] : step.operations;',
    replace:
      'return charged ? [...step.operations, ...freeUsage(bucketId, { bytes: 0n, entries: 0n })] : step.operations;',
  },
  {
    kind: 'patch',
    id: 'ns-qta-1-bytes-of-one-copy',
    wrong: 'The bytes of a key count once, however often they are kept.',
    breaks: { 'NS-QTA-1': 'used-bytes' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'const bytes = chargedBytes(committed);',
    replace: 'const bytes = committed.dataSize;',
  },
  {
    kind: 'patch',
    id: 'ns-qta-1-replaced-bytes-stay',
    wrong: 'A key that is replaced gives no bytes back.',
    breaks: { 'NS-QTA-1': 'used-bytes' },
    file: 'reference/namespace/commands/key/commit-key.ts',
    search: 'bytes: present === undefined ? bytes : bytes - chargedBytes(present),',
    replace: 'bytes,',
  },
  {
    kind: 'policy',
    id: 'ns-qta-1-counters-written-back',
    wrong: 'A commit reads the counters, adds to them and writes them back, so that of two at once one is lost.',
    breaks: { 'NS-QTA-1': 'used-names' },
    parts: (right) =>
      withWrite(right, CommitKey, (command) => ({
        plan: (view, request, context) => {
          const plan = command.plan(view, request, context);
          return { ...plan, operations: plan.operations.map((operation) => writtenBack(view, operation)) };
        },
      })),
  },
];
