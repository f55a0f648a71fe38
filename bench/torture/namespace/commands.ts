/**
 * Random sequences of commands on few names, so that they meet each other. What may be sent in which state is not decided here: the
 * model and what is known of a target do that, command by command.
 */
import fc from 'fast-check';
import type { BucketPlace, Command, KeyPlace, Layout, Pairs } from '../../../kit/model/command.js';

/** Something of the first list, seldom of the second. */
function mostly<T>(usual: readonly T[], odd: readonly T[], weight = 12): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: fc.constantFrom(...usual), weight }, { arbitrary: fc.constantFrom(...odd), weight: 1 });
}

const volume = mostly(['one', 'one', 'one', 'one', 'one', 'one', 'one', 'one', 'one', 'two'], ['three', 'Bad'], 50);
const bucket = mostly(['box', 'box', 'box', 'box', 'tree', 'tree', 'tree', 'tree', 'bag'], ['B_d', 'boxer'], 40);
const PLAIN_KEYS = ['a', 'b', 'a/b', 'a/b/c', 'a/c', 'ab', 'd', 'd/e'];
const ODD_KEYS = [
  'a/',
  '/a',
  'a//b',
  'd/../b',
  '..',
  'a-b',
  'é',
  ' ',
  '',
  '.snapshot/x',
  'x\0y',
  'k:v',
  '\ufffd',
  '\u{10000}',
];
/** Some more often than others, so that commands meet on them. */
const key = mostly([...PLAIN_KEYS, 'a', 'a', 'a/b', 'a/b', 'b', 'b'], ODD_KEYS, 16);
const plainKey = fc.constantFrom(...PLAIN_KEYS);
const owner = fc.constantFrom('ann', 'bob');
const maybeOwner = fc.option(owner, { nil: undefined });
const metadata: fc.Arbitrary<Pairs> = fc.constantFrom<Pairs>(
  {},
  {},
  { m: '1' },
  { m: '2' },
  { n: '3' },
  { m: '', n: 'é' },
);
const layout = fc.constantFrom<Layout>('OBJECT_STORE', 'FILE_SYSTEM_OPTIMIZED');
const dataSize = fc.constantFrom(0, 0, 10, 25);

function quota(...values: bigint[]): fc.Arbitrary<bigint | undefined> {
  return fc.constantFrom(undefined, undefined, undefined, ...values);
}

const place = fc.record<BucketPlace>({ volume, bucket });
const spot = fc.record<KeyPlace>({ volume, bucket, key });
const source = fc.option(fc.record<BucketPlace>({ volume: fc.constantFrom('one', 'two'), bucket }), { nil: undefined });

/** What a command is with fields that may be absent. */
function command<K extends Command['kind']>(
  kind: K,
  fields: { [F in Exclude<keyof Extract<Command, { kind: K }>, 'kind'>]: fc.Arbitrary<unknown> },
): fc.Arbitrary<Command> {
  return fc.record(fields as Record<string, fc.Arbitrary<unknown>>).map((drawn) => ({ kind, ...drawn }) as Command);
}

function at(kind: 'info-bucket' | 'delete-bucket'): fc.Arbitrary<Command> {
  return place.map((drawn) => ({ kind, ...drawn }));
}

function on(
  kind: 'lookup-key' | 'get-key-info' | 'get-tags' | 'delete-tags' | 'create-directory' | 'get-file-status',
): fc.Arbitrary<Command> {
  return spot.map((drawn) => ({ kind, ...drawn }));
}

const createVolume = command('create-volume', {
  volume,
  owner,
  quotaInBytes: quota(-1n, 100n, 5000n),
  quotaInNamespace: quota(-1n, 1n, 3n),
});

const createBucket = (
  of: fc.Arbitrary<Layout>,
  where: { volume: fc.Arbitrary<string>; bucket: fc.Arbitrary<string> },
) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: command('create-bucket', {
        ...where,
        layout: of,
        versioned: mostly([false], [true], 6),
        owner: maybeOwner,
        metadata,
        quotaInBytes: quota(60n, 1000n),
        quotaInNamespace: quota(0n, 2n, 3n, 6n),
        source: fc.constant(undefined),
      }),
    },
    {
      weight: 1,
      arbitrary: command('create-bucket', {
        ...where,
        layout: of,
        versioned: fc.constant(false),
        owner: maybeOwner,
        metadata,
        quotaInBytes: fc.constant(undefined),
        quotaInNamespace: fc.constant(undefined),
        source,
      }),
    },
  );

const createKey = command('create-key', {
  volume,
  bucket,
  key,
  owner: maybeOwner,
  metadata,
  tags: metadata,
  replication: fc.constantFrom('RATIS/ONE', 'RATIS/THREE'),
  expects: fc.constantFrom(undefined, undefined, undefined, undefined, 'seen', 'seen', 'absent', 'never'),
  dataSize: mostly([0], [10], 8),
});

const session = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3);
/** Where a session was opened, or somewhere else. */
const elsewhere = fc.option(spot, { nil: undefined, freq: 6 }).map((drawn) => drawn ?? undefined);
const commitKey = command('commit-key', {
  session,
  elsewhere: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: elsewhere }),
  metadata,
  dataSize,
});

const listKey = fc.constantFrom('', '', '', 'a', 'a/', 'a/b', 'b', 'zz', '/');
const count = fc.constantFrom(0, -1, 1, 2, 3, 100, 5000);

const ANY: readonly fc.WeightedArbitrary<Command>[] = [
  { weight: 2, arbitrary: createVolume },
  {
    weight: 2,
    arbitrary: fc.oneof(
      command('set-volume', {
        volume,
        owner: fc.constantFrom('ann', 'bob'),
        quotaInBytes: mostly([undefined], [100n], 8),
        quotaInNamespace: quota(3n),
      }),
      command('set-volume', {
        volume,
        owner: fc.constant(undefined),
        quotaInBytes: quota(-1n, 0n, 50n, 100n, 5000n),
        quotaInNamespace: quota(-1n, 1n, 2n, 5n),
      }),
    ),
  },
  { weight: 1, arbitrary: volume.map((drawn) => ({ kind: 'info-volume', volume: drawn })) },
  { weight: 1, arbitrary: volume.map((drawn) => ({ kind: 'delete-volume', volume: drawn })) },
  { weight: 4, arbitrary: createBucket(layout, { volume, bucket }) },
  {
    weight: 3,
    arbitrary: command('set-bucket', {
      volume,
      bucket,
      owner: mostly([undefined, undefined, undefined, 'ann', 'bob'], ['']),
      versioned: mostly([undefined], [true, false], 4),
      ssd: mostly([undefined], [true, false], 4),
      metadata,
      quotaInBytes: quota(-1n, 0n, 30n, 60n, 1000n),
      quotaInNamespace: quota(-1n, 0n, 1n, 3n, 6n),
    }),
  },
  { weight: 2, arbitrary: at('info-bucket') },
  { weight: 2, arbitrary: at('delete-bucket') },
  {
    weight: 1,
    arbitrary: command('list-buckets', {
      volume,
      startKey: fc.constantFrom('', '', 'bag', 'box', 'c'),
      prefix: fc.constantFrom('', '', 'b', 'box'),
      count,
    }),
  },
  { weight: 18, arbitrary: createKey },
  {
    weight: 3,
    arbitrary: command('create-file', {
      volume,
      bucket,
      key,
      recursive: fc.boolean(),
      overwrite: fc.boolean(),
      dataSize,
    }),
  },
  { weight: 14, arbitrary: commitKey },
  { weight: 1, arbitrary: command('allocate-block', { session, elsewhere }) },
  { weight: 6, arbitrary: on('lookup-key') },
  { weight: 4, arbitrary: on('get-key-info') },
  { weight: 1, arbitrary: on('get-tags') },
  { weight: 1, arbitrary: on('delete-tags') },
  { weight: 2, arbitrary: command('put-tags', { volume, bucket, key, tags: metadata }) },
  { weight: 7, arbitrary: command('delete-key', { volume, bucket, key, recursive: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: command('delete-keys', {
      volume,
      bucket,
      keys: fc.array(mostly(PLAIN_KEYS, ['', 'x\0y'], 20), { maxLength: 4 }),
    }),
  },
  { weight: 8, arbitrary: command('rename-key', { volume, bucket, key, to: key }) },
  {
    weight: 3,
    arbitrary: command('rename-keys', {
      volume,
      bucket,
      pairs: fc.array(fc.record({ from: plainKey, to: mostly(PLAIN_KEYS, ['', 'x\0y'], 20) }), { maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: command('list-keys', { volume, bucket, light: fc.boolean(), startKey: listKey, prefix: listKey, count }),
  },
  { weight: 7, arbitrary: on('create-directory') },
  { weight: 4, arbitrary: on('get-file-status') },
  {
    weight: 5,
    arbitrary: command('list-status', {
      volume,
      bucket,
      key: mostly(['', '', 'a', 'a/b', 'd', 'b', 'ab'], ['a/', '/a', '..']),
      startKey: fc.constantFrom('', '', 'a', 'b', 'a/b', 'a/bb', 'd/a'),
      entries: fc.constantFrom(0, 1, 2, 3, 100),
    }),
  },
];

/** Nearly every sequence begins with a volume and buckets of both layouts, so that the rest has something to work on. */
const beginning = fc
  .tuple(
    command('create-volume', {
      volume: fc.constant('one'),
      owner,
      quotaInBytes: mostly([-1n], [undefined, 5000n]),
      quotaInNamespace: mostly([undefined], [2n, 5n]),
    }),
    createBucket(fc.constant('OBJECT_STORE'), { volume: fc.constant('one'), bucket: fc.constant('box') }),
    createBucket(fc.constant('FILE_SYSTEM_OPTIMIZED'), { volume: fc.constant('one'), bucket: fc.constant('tree') }),
  )
  .map((drawn): readonly Command[] => drawn);

const content = fc.constantFrom(0, 0, 10);

/** Opened and committed at once: what the other commands need to find something. */
const written = fc
  .tuple(
    createKey,
    command('commit-key', { session: fc.constant(0), elsewhere: fc.constant(undefined), metadata, dataSize: content }),
  )
  .map((drawn): readonly Command[] => drawn);

/** Read, perhaps changed by somebody else, and then replaced only where it is still what was read (NS-KEY-12, NS-KEY-13). */
const readAndReplaced = fc
  .tuple(createKey, fc.constantFrom('nothing', 'written', 'tagged', 'renamed', 'deleted'), content, key)
  .map(([drawn, meanwhile, dataSize, to]): readonly Command[] => {
    const place = {
      volume: 'one',
      bucket: 'bucket' in drawn ? drawn.bucket : '',
      key: 'key' in drawn ? drawn.key : '',
    };
    const open = { ...drawn, ...place, expects: undefined } as Command;
    const commit: Command = { kind: 'commit-key', session: 0, metadata: {}, dataSize };
    const read: Command = { kind: 'lookup-key', ...place };
    const changes: Readonly<Record<typeof meanwhile, readonly Command[]>> = {
      nothing: [],
      written: [open, commit],
      tagged: [{ kind: 'put-tags', ...place, tags: { t: '1' } }],
      renamed: [
        { kind: 'rename-key', ...place, to },
        { kind: 'lookup-key', ...place, key: to },
      ],
      deleted: [{ kind: 'delete-key', ...place, recursive: false }],
    };
    return [open, commit, read, ...changes[meanwhile], { ...open, expects: 'seen' } as Command, commit];
  });

const single = fc.oneof(...ANY).map((drawn): readonly Command[] => [drawn]);
const few = fc.oneof(
  { weight: 22, arbitrary: single },
  { weight: 4, arbitrary: written },
  { weight: 1, arbitrary: readAndReplaced },
);
const rest = fc.array(few, { minLength: 1, maxLength: 30, size: 'max' }).map((drawn) => drawn.flat());

export const commandSequences: fc.Arbitrary<readonly Command[]> = fc
  .tuple(fc.oneof({ weight: 19, arbitrary: beginning }, { weight: 1, arbitrary: fc.constant([]) }), rest)
  .map(([first, more]) => [...first, ...more]);
