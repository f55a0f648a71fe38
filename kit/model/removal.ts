/** Commands that take away all that the model knows to be there: a sequence leaves nothing, and each of them has to succeed. */
import type { Command } from './command.js';
import type { State } from './state.js';

export function removal(state: State): readonly Command[] {
  return [...state.volumes].flatMap(([volume, { buckets }]): Command[] => [
    ...[...buckets].flatMap(([bucket, { layout, root }]): Command[] => {
      const place = { volume, bucket };
      const names = [...root.keys()];
      const contents: Command[] =
        layout === 'OBJECT_STORE'
          ? names.length > 0
            ? [{ kind: 'delete-keys', ...place, keys: names }]
            : []
          : names.map((key) => ({ kind: 'delete-key', ...place, key, recursive: true }));
      return [...contents, { kind: 'delete-bucket', ...place }];
    }),
    { kind: 'delete-volume', volume },
  ]);
}
