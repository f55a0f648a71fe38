import { describe, expect, it } from 'vitest';
import type { Command } from './command.js';
import { step } from './step.js';
import { bag, box, committed, key, link, stateAfter, statusesOf, tree } from './test/commands.js';

const volume: Command = { kind: 'create-volume', volume: 'one', owner: 'ann', quotaInBytes: -1n };

/** Each row: what was there, what is asked, what may be answered (docs/observations). */
type Row = readonly [string, readonly Command[], Command, readonly string[]];

describe('volumes', () => {
  const rows: readonly Row[] = [
    ['a new one', [], volume, ['OK']],
    ['one that is there', [volume], volume, ['VOLUME_ALREADY_EXISTS']],
    ['a bad name', [], { kind: 'create-volume', volume: 'Bad', owner: 'ann' }, ['INVALID_VOLUME_NAME']],
    ['a missing one', [], { kind: 'info-volume', volume: 'one' }, ['VOLUME_NOT_FOUND']],
    ['one with a bucket', [volume, box], { kind: 'delete-volume', volume: 'one' }, ['VOLUME_NOT_EMPTY']],
    ['neither owner nor quota', [volume], { kind: 'set-volume', volume: 'one' }, ['INVALID_REQUEST']],
    [
      'a limit while a bucket has none',
      [volume, box],
      { kind: 'set-volume', volume: 'one', quotaInBytes: 10n },
      ['QUOTA_ERROR'],
    ],
    [
      'a limit below its buckets’',
      [volume, { ...box, quotaInBytes: 20n }],
      { kind: 'set-volume', volume: 'one', quotaInBytes: 10n },
      ['QUOTA_EXCEEDED'],
    ],
    [
      'fewer buckets than it has',
      [volume, box, bag],
      { kind: 'set-volume', volume: 'one', quotaInBytes: -1n, quotaInNamespace: 1n },
      ['QUOTA_EXCEEDED'],
    ],
  ];
  it.each(rows)('%s', (_, given, asked, statuses) => {
    expect(statusesOf(stateAfter(given), asked)).toEqual(statuses);
  });
});

describe('buckets', () => {
  const rows: readonly Row[] = [
    ['a bad name comes before a missing volume', [], { ...box, bucket: 'B_d' }, ['INVALID_BUCKET_NAME']],
    ['in a missing volume', [], box, ['VOLUME_NOT_FOUND']],
    ['one that is there', [volume, box], { ...tree, bucket: 'box' }, ['BUCKET_ALREADY_EXISTS']],
    ['without a limit in a volume that has one', [{ ...volume, quotaInBytes: 100n }], box, ['QUOTA_ERROR']],
    [
      'with a limit in a volume that was never given one',
      [{ kind: 'create-volume', volume: 'one', owner: 'ann' }],
      { ...box, quotaInBytes: 1n },
      ['QUOTA_EXCEEDED'],
    ],
    [
      'limits that together are above the volume’s',
      [
        { ...volume, quotaInBytes: 100n },
        { ...box, quotaInBytes: 60n },
      ],
      { ...bag, quotaInBytes: 41n },
      ['QUOTA_EXCEEDED'],
    ],
    ['one more than the volume takes', [{ ...volume, quotaInNamespace: 1n }, box], link, ['QUOTA_EXCEEDED']],
    ['a link has no space of its own', [{ ...volume, quotaInBytes: 100n }], link, ['OK']],
    ['deleting in a missing volume', [], { kind: 'delete-bucket', volume: 'one', bucket: 'box' }, ['BUCKET_NOT_FOUND']],
    [
      'deleting one with a directory',
      [volume, tree, { kind: 'create-directory', ...key(tree, 'd') }],
      { kind: 'delete-bucket', volume: 'one', bucket: 'tree' },
      ['BUCKET_NOT_EMPTY'],
    ],
    [
      'deleting one with open keys alone',
      [volume, box, committed(box, 'a')[0]],
      { kind: 'delete-bucket', volume: 'one', bucket: 'box' },
      ['OK'],
    ],
    ['a key through a link', [volume, box, link], committed(link, 'a')[0], ['OK']],
    ['a key through a link to nothing', [volume, link], committed(link, 'a')[0], ['BUCKET_NOT_FOUND']],
    [
      'a key through a loop',
      [volume, { ...box, source: { volume: 'one', bucket: 'link' } }, link],
      committed(link, 'a')[0],
      ['DETECTED_LOOP_IN_BUCKET_LINKS'],
    ],
    [
      'a limit of a link',
      [volume, box, link],
      { kind: 'set-bucket', volume: 'one', bucket: 'link', metadata: {}, quotaInBytes: 5n },
      ['NOT_SUPPORTED_OPERATION'],
    ],
    [
      'a limit below what it holds',
      [volume, box, ...committed(box, 'a'), ...committed(box, 'b')],
      { kind: 'set-bucket', volume: 'one', bucket: 'box', metadata: {}, quotaInNamespace: 1n },
      ['QUOTA_ERROR'],
    ],
  ];
  it.each(rows)('%s', (_, given, asked, statuses) => {
    expect(statusesOf(stateAfter(given), asked)).toEqual(statuses);
  });
});

describe('sessions', () => {
  const full = { ...box, quotaInNamespace: 1n };
  const [open, commit] = committed(box, 'a');
  const rows: readonly Row[] = [
    ['a commit of a session', [volume, box, open], commit, ['OK']],
    ['a second commit of it', [volume, box, open, commit], commit, ['KEY_NOT_FOUND']],
    ['a commit under another name', [volume, box, open], { ...commit, elsewhere: key(box, 'b') }, ['KEY_NOT_FOUND']],
    ['the second of two sessions', [volume, box, open, open, commit], { ...commit, session: 1 }, ['OK']],
    [
      'the newest generation',
      [volume, box, open, commit, { kind: 'lookup-key', ...key(box, 'a') }],
      { ...open, expects: 'seen' },
      ['OK'],
    ],
    [
      'an older generation',
      [volume, box, open, commit, { kind: 'lookup-key', ...key(box, 'a') }, open, commit],
      { ...open, expects: 'seen' },
      ['KEY_NOT_FOUND'],
    ],
    ['none, while there is one', [volume, box, open, commit], { ...open, expects: 'absent' }, ['KEY_ALREADY_EXISTS']],
    [
      'none, and somebody made one meanwhile',
      [volume, box, { ...open, expects: 'absent' }, open, commit],
      { ...commit, session: 1 },
      ['ATOMIC_WRITE_CONFLICT'],
    ],
    ['a full bucket', [volume, full, open, commit], { ...open, key: 'b' }, ['QUOTA_EXCEEDED']],
    ['a full bucket, and a key that is there', [volume, full, open, commit], open, ['QUOTA_EXCEEDED']],
    [
      'the second of two for one place',
      [volume, full, open, open, commit],
      { ...commit, session: 1 },
      ['QUOTA_EXCEEDED'],
    ],
    ['an empty name', [volume, box], { ...open, key: '' }, ['INVALID_KEY_NAME']],
    ['below a file', [volume, tree, ...committed(tree, 'a')], committed(tree, 'a/b')[0], ['NOT_A_FILE']],
    [
      'onto a directory',
      [volume, tree, { kind: 'create-directory', ...key(tree, 'd') }],
      committed(tree, 'd')[0],
      ['NOT_A_FILE'],
    ],
    [
      'a parent that was renamed, by the old path',
      [volume, tree, committed(tree, 'd/f')[0], { kind: 'rename-key', ...key(tree, 'd'), to: 'e' }],
      committed(tree, 'd/f')[1],
      ['DIRECTORY_NOT_FOUND'],
    ],
    [
      'a parent that was renamed, by the new path',
      [volume, tree, committed(tree, 'd/f')[0], { kind: 'rename-key', ...key(tree, 'd'), to: 'e' }],
      { ...committed(tree, 'd/f')[1], elsewhere: key(tree, 'e/f') },
      ['OK'],
    ],
  ];
  it.each(rows)('%s', (_, given, asked, statuses) => {
    expect(statusesOf(stateAfter(given), asked)).toEqual(statuses);
  });
});

describe('names that move and go', () => {
  const inTree = [volume, tree, ...committed(tree, 'd/f'), { kind: 'create-directory', ...key(tree, 'e') } as const];
  const flat = [volume, box, ...committed(box, 'a'), ...committed(box, 'b')];
  const rename = (place: typeof box, from: string, to: string): Command => ({
    kind: 'rename-key',
    ...key(place, from),
    to,
  });
  const rows: readonly Row[] = [
    ['onto a key', flat, rename(box, 'a', 'b'), ['KEY_ALREADY_EXISTS']],
    ['onto a key, from nothing', flat, rename(box, 'zz', 'b'), ['KEY_ALREADY_EXISTS']],
    ['from nothing', flat, rename(box, 'zz', 'yy'), ['KEY_NOT_FOUND']],
    ['a directory below itself', inTree, rename(tree, 'd', 'd/x'), ['KEY_RENAME_ERROR']],
    ['a directory to a name that begins with its own', inTree, rename(tree, 'd', 'dx'), ['OK']],
    ['a directory to itself', inTree, rename(tree, 'd', 'd/'), ['KEY_ALREADY_EXISTS']],
    ['into a directory', inTree, rename(tree, 'd', 'e'), ['OK']],
    ['into its own parent', inTree, rename(tree, 'd/f', 'd'), ['KEY_ALREADY_EXISTS']],
    ['below a missing directory', inTree, rename(tree, 'd', 'x/y'), ['KEY_RENAME_ERROR']],
    [
      'a directory that is not empty',
      inTree,
      { kind: 'delete-key', ...key(tree, 'd'), recursive: false },
      ['DIRECTORY_NOT_EMPTY'],
    ],
    ['with all below it', inTree, { kind: 'delete-key', ...key(tree, 'd'), recursive: true }, ['OK']],
    ['an empty directory', inTree, { kind: 'delete-key', ...key(tree, 'e'), recursive: false }, ['OK']],
    [
      'a level of nothing',
      inTree,
      { kind: 'list-status', ...key(tree, 'x'), startKey: '', entries: 9 },
      ['FILE_NOT_FOUND'],
    ],
    [
      'several, one missing',
      flat,
      { kind: 'delete-keys', volume: 'one', bucket: 'box', keys: ['a', 'zz'] },
      ['PARTIAL_DELETE'],
    ],
    [
      'a directory and what is in it',
      inTree,
      { kind: 'delete-keys', volume: 'one', bucket: 'tree', keys: ['d', 'd/f'] },
      ['OK'],
    ],
  ];
  it.each(rows)('%s', (_, given, asked, statuses) => {
    expect(statusesOf(stateAfter(given), asked)).toEqual(statuses);
  });

  it('a chain of renames ends at its last name', () => {
    const pairs = [
      { from: 'a', to: 'c' },
      { from: 'c', to: 'd' },
    ];
    const state = stateAfter([...flat, { kind: 'rename-keys', volume: 'one', bucket: 'box', pairs }]);
    expect([...(state.volumes.get('one')?.buckets.get('box')?.root.keys() ?? [])]).toEqual(['b', 'd']);
  });

  it('flat names are shown in the order of their bytes, the slash of a directory among them', () => {
    const state = stateAfter([volume, box, ...['a/b', 'a-b/c', 'a-', 'a.b'].flatMap((name) => committed(box, name))]);
    const shown = (startKey: string) => {
      const [first] = step(state, { kind: 'list-status', ...key(box, ''), startKey, entries: 9 });
      return first?.body;
    };
    const entry = (name: string) => ({ key: { key: name } });
    expect(shown('')).toMatchObject({ statuses: [entry('a-'), entry('a-b/'), entry('a.b'), entry('a/')] });
    expect(shown('a-b')).toMatchObject({ statuses: [entry('a-b/'), entry('a.b'), entry('a/')] });
  });

  it('a directory takes what is in it along, under the ids that it had', () => {
    const before = stateAfter(inTree).volumes.get('one')?.buckets.get('tree')?.root.get('d');
    const moved = stateAfter([...inTree, rename(tree, 'd', 'e')])
      .volumes.get('one')
      ?.buckets.get('tree')
      ?.root.get('e');
    const there = moved?.kind === 'directory' ? moved.children.get('d') : undefined;
    expect(there?.object).toBe(before?.object);
    expect(there?.kind === 'directory' ? [...there.children.keys()] : []).toEqual(['f']);
  });
});
