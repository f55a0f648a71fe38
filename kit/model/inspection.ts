/** Reads that show everything the model knows to be there, and that what it knows of is all: the end of a sequence of commands. */
import type { Command } from './command.js';
import type { Children, State } from './state.js';

export function inspection(state: State): readonly Command[] {
  return [...state.volumes].flatMap(([volume, { buckets }]): Command[] => [
    { kind: 'info-volume', volume },
    { kind: 'list-buckets', volume, startKey: '', prefix: '', count: 1000 },
    ...[...buckets].flatMap(([bucket, { layout, root, source }]): Command[] => {
      const place = { volume, bucket };
      if (source !== undefined) return [{ kind: 'info-bucket', ...place }];
      const levels = layout === 'OBJECT_STORE' ? [] : levelsOf('', root);
      return [
        { kind: 'info-bucket', ...place },
        { kind: 'list-keys', ...place, light: false, startKey: '', prefix: '', count: 1000 },
        ...levels.map((key): Command => ({ kind: 'list-status', ...place, key, startKey: '', entries: 1000 })),
      ];
    }),
  ]);
}

function levelsOf(path: string, children: Children): readonly string[] {
  return [
    path,
    ...[...children].flatMap(([name, entry]) =>
      entry.kind === 'directory' ? levelsOf(path === '' ? name : `${path}/${name}`, entry.children) : [],
    ),
  ];
}
