/** What a recursive delete left is taken away wrongly, a while later (NS-FSO-5). */
import { hadoop } from '#proto';
import { ok } from '../../namespace/answers.js';
import type { Operation } from '../../namespace/command.js';
import { getKey } from '../../namespace/key-info.js';
import { DELETED_DIRECTORIES, DIRECTORIES, FILES, idKey } from '../../namespace/tables.js';
import type { StateView } from '../../storage/state-store.js';
import type { Mutant } from '../mutant.js';

const { DeleteKey, PurgeDirectories } = hadoop.ozone.Type;
/** Long enough for a client to make anew what it removed. */
const A_WHILE_MS = 300n;

interface Removal {
  /** Where the directory stood: under the id of its parent, by its name. */
  readonly row: Uint8Array;
  readonly atMs: bigint;
}

/** The key of the row that is put into, or deleted from, a table. */
function keyOf(operations: readonly Operation[], kind: 'put' | 'delete', table: string): Uint8Array | undefined {
  for (const operation of operations) {
    if (operation.kind === kind && operation.table === table) return operation.key;
  }
  return undefined;
}

/** The rows right below the directory that stands there now. */
function contentAt(view: StateView, row: Uint8Array): Operation[] {
  const id = getKey(view, DIRECTORIES, row)?.objectID;
  if (id == null) return [];
  return [DIRECTORIES, FILES].flatMap((table) =>
    [...view.scan(table, { prefix: idKey(id) })].map(([key]): Operation => ({ kind: 'delete', table, key })),
  );
}

const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');

export const PURGING_MUTANTS: readonly Mutant[] = [
  {
    kind: 'policy',
    id: 'ns-fso-5-purged-by-name',
    wrong:
      'What a recursive delete left is purged by the name that it had: what was made anew under it loses its content.',
    breaks: { 'NS-FSO-5': 'key-content' },
    parts: (right) => {
      const removals = new Map<string, Removal>();
      return {
        ...right,
        plan: (input) => {
          const { command } = input;
          return right.plan({
            ...input,
            command: {
              ...command,
              plan: (view, request, context) => {
                const plan = command.plan(view, request, context);
                const { operations } = plan;
                if (command.type === DeleteKey) {
                  const row = keyOf(operations, 'delete', DIRECTORIES);
                  const id = keyOf(operations, 'put', DELETED_DIRECTORIES);
                  if (row !== undefined && id !== undefined) removals.set(hex(id), { row, atMs: context.nowMs });
                }
                if (command.type !== PurgeDirectories) return plan;
                const purged = keyOf(operations, 'delete', DELETED_DIRECTORIES);
                const removal = purged && removals.get(hex(purged));
                if (removal === undefined) return plan;
                if (context.nowMs < removal.atMs + A_WHILE_MS) return { operations: [], answer: ok({}) };
                return { ...plan, operations: [...operations, ...contentAt(view, removal.row)] };
              },
            },
          });
        },
      };
    },
  },
];
