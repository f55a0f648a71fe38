import { describe, expect, it } from 'vitest';
import type { History, HistoryOperation } from '../call.js';
import { changed, generated } from '../simulated/generated.js';
import { hasAnOrder } from '../test/every-order.js';
import {
  BOX,
  drop,
  failed,
  list,
  ok,
  page,
  read,
  rename,
  says,
  shows,
  unknown,
  type Written,
  write,
  written,
} from '../test/written.js';
import { checkLinearizable } from './check.js';

const missing = says('KEY_NOT_FOUND');
const made = ok();
const one = { volume: 'coming', bucket: 'one' };
const inOne = { ...one, key: 'k' };
const create: HistoryOperation = { kind: 'create-bucket', ...one };
const remove: HistoryOperation = { kind: 'delete-bucket', ...one };
const buckets: HistoryOperation = { kind: 'list-buckets', volume: 'coming', count: 9 };
const batch = (...keys: string[]): HistoryOperation => ({ kind: 'delete-keys', ...BOX, keys });
const volume = { volume: 'p' };
const owned = (owner: string) => ({ kind: 'create-volume', ...volume, owner }) as const;

const right: readonly (readonly [string, readonly Written[]])[] = [
  ['nothing', []],
  [
    'a read of what was written',
    [
      [0, 1, write('a', '1'), made],
      [2, 3, read('a'), shows('1')],
    ],
  ],
  [
    'a write that overlaps a deletion and comes behind it',
    [
      [0, 1, write('a', '1'), made],
      [2, 8, write('a', '2'), made],
      [2, 9, drop('a'), made],
      [10, 11, rename('a', 'b'), made],
    ],
  ],
  [
    'a read that overlaps a write, before it',
    [
      [0, 9, write('a', '1'), made],
      [2, 3, read('a'), missing],
    ],
  ],
  [
    'a read that overlaps a write, behind it',
    [
      [0, 9, write('a', '1'), made],
      [2, 3, read('a'), shows('1')],
    ],
  ],
  [
    'calls that touch',
    [
      [0, 5, write('a', '1'), made],
      [5, 6, read('a'), missing],
    ],
  ],
  [
    'a write of unknown outcome that happened',
    [
      [0, 1, write('a', '1'), unknown],
      [5, 6, read('a'), shows('1')],
    ],
  ],
  [
    'one that did not',
    [
      [0, 1, write('a', '1'), unknown],
      [5, 6, read('a'), missing],
    ],
  ],
  [
    'one that happened late',
    [
      [0, 1, write('a', '1'), unknown],
      [2, 3, write('a', '2'), made],
      [4, 5, read('a'), shows('2')],
      [6, 7, read('a'), shows('1')],
    ],
  ],
  [
    'a failed write that did not happen',
    [
      [0, 1, write('a', '1'), failed],
      [2, 3, read('a'), missing],
    ],
  ],
  [
    'a read without answer',
    [
      [0, 1, write('a', '1'), made],
      [2, 3, read('a'), failed],
    ],
  ],
  [
    'a page with two names of a rename, seen before and behind it',
    [
      [0, 1, write('a', '1'), made],
      [2, 9, rename('a', 'b'), made],
      [3, 4, list(9), page('a=1')],
      [5, 6, list(9), page('b=1')],
    ],
  ],
  [
    'pages of which each is a read of its own',
    [
      [0, 1, write('b', '1'), made],
      [2, 3, list(1), page('b=1')],
      [4, 5, write('a', '2'), made],
      [6, 7, list(1, 'b'), page()],
    ],
  ],
  [
    'a batch that says what was missing',
    [
      [0, 1, write('a', '1'), made],
      [2, 3, batch('a', 'b'), says('PARTIAL_DELETE', { left: ['b'] })],
      [4, 5, read('a'), missing],
    ],
  ],
  [
    'an existing target, also when the source is missing',
    [
      [0, 1, write('b', '1'), made],
      [2, 3, rename('a', 'b'), says('KEY_ALREADY_EXISTS')],
    ],
  ],
  [
    'buckets that come and go',
    [
      [0, 1, create, made],
      [2, 3, buckets, page('one')],
      [4, 5, { kind: 'commit-key', ...inOne, content: '1' }, made],
      [6, 7, remove, says('BUCKET_NOT_EMPTY')],
      [8, 9, { kind: 'delete-key', ...inOne }, made],
      [10, 11, remove, made],
      [12, 13, { kind: 'read-key', ...inOne }, says('BUCKET_NOT_FOUND')],
      [14, 15, buckets, page()],
    ],
  ],
  [
    'a session that went with its bucket',
    [
      [0, 1, create, made],
      [2, 3, { kind: 'open-key', ...inOne, content: '1' }, made],
      [4, 5, remove, made],
      [6, 7, create, made],
      [8, 9, { kind: 'commit-key', ...inOne, content: '1' }, missing],
    ],
  ],
  [
    'volumes that come, are given away and go',
    [
      [0, 1, owned('ann'), made],
      [2, 3, { kind: 'set-owner', ...volume, owner: 'bob' }, made],
      [4, 5, { kind: 'read-volume', ...volume }, ok({ owner: 'bob' })],
      [6, 7, { kind: 'delete-volume', ...volume }, made],
      [8, 9, { kind: 'read-volume', ...volume }, says('VOLUME_NOT_FOUND')],
    ],
  ],
  [
    'a volume that holds a bucket',
    [
      [0, 1, create, made],
      [2, 3, { kind: 'delete-volume', volume: 'coming' }, says('VOLUME_NOT_EMPTY')],
    ],
  ],
];

const wrong: readonly (readonly [string, number, readonly Written[]])[] = [
  [
    'a write that was forgotten',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, read('a'), missing],
    ],
  ],
  [
    'a read that is old',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('a', '2'), made],
      [4, 5, read('a'), shows('1')],
    ],
  ],
  [
    'reads that go back',
    2,
    [
      [0, 9, write('a', '1'), made],
      [1, 2, read('a'), shows('1')],
      [3, 4, read('a'), missing],
    ],
  ],
  [
    'a content that nobody wrote',
    1,
    [
      [0, 1, write('a', '1'), made],
      [0, 1, read('a'), shows('7')],
    ],
  ],
  [
    'a failed write that happened',
    1,
    [
      [0, 1, write('a', '1'), failed],
      [2, 3, read('a'), shows('1')],
    ],
  ],
  [
    'a write of unknown outcome that happened twice',
    3,
    [
      [0, 1, write('a', '1'), unknown],
      [2, 3, drop('a'), made],
      [4, 5, drop('a'), made],
    ],
  ],
  [
    'an unknown write that happened before it was sent',
    1,
    [
      [0, 1, read('a'), shows('1')],
      [2, 3, write('a', '1'), unknown],
    ],
  ],
  [
    'a page that misses a key',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('b', '2'), made],
      [4, 5, list(9), page('b=2')],
    ],
  ],
  [
    'a page that shows a deleted key',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, drop('a'), made],
      [4, 5, list(9), page('a=1')],
    ],
  ],
  [
    'a page that mixes two moments',
    3,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('b', '2'), made],
      [4, 5, write('a', '3'), made],
      [6, 7, write('b', '4'), made],
      [0, 9, list(9), page('a=1', 'b=4')],
    ],
  ],
  [
    'a page in another order',
    1,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('b', '2'), made],
      [4, 5, list(9), page('b=2', 'a=1')],
    ],
  ],
  [
    'a page that is too short',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('b', '2'), made],
      [4, 5, list(2), page('a=1')],
    ],
  ],
  [
    'a rename that keeps its source',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, rename('a', 'b'), made],
      [4, 5, read('a'), shows('1')],
    ],
  ],
  [
    'a rename over what is there',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, write('b', '2'), made],
      [4, 5, rename('a', 'b'), made],
    ],
  ],
  ['a batch that says OK of what was missing', 1, [[0, 1, batch('a'), made]]],
  [
    'a batch that left what it could delete',
    2,
    [
      [0, 1, write('a', '1'), made],
      [2, 3, batch('a', 'b'), says('PARTIAL_DELETE', { left: ['a', 'b'] })],
    ],
  ],
  [
    'two makers of one bucket',
    2,
    [
      [0, 9, create, made],
      [0, 9, create, made],
    ],
  ],
  [
    'a bucket that is deleted with a key in it',
    2,
    [
      [0, 1, create, made],
      [2, 3, { kind: 'commit-key', ...inOne, content: '1' }, made],
      [4, 5, remove, made],
    ],
  ],
  [
    'a session that is gone although its bucket never was',
    1,
    [
      [0, 1, { kind: 'open-key', ...BOX, key: 'a', content: '1' }, made],
      [2, 3, write('a', '1'), missing],
    ],
  ],
  ['a status that no rule has', 1, [[0, 1, drop('a'), says('INTERNAL_ERROR')]]],
];

describe('checkLinearizable', () => {
  it.each(right)('finds an order for %s', (_, calls) => {
    expect(checkLinearizable(written(...calls))).toMatchObject({ kind: 'linearizable' });
  });
  it.each(wrong)('finds none for %s', (_, size, calls) => {
    const verdict = checkLinearizable(written(...calls));
    expect(verdict.kind).toBe('not linearizable');
    expect(verdict).toMatchObject({ counterExample: { calls: { length: size } } });
  });
  it('agrees with the judge that tries every order', () => {
    const seen = { right: 0, wrong: 0 };
    for (let at = 0; at < 400; at += 1) {
      const mix = { keys: 0, listings: at % 2, buckets: (at + 1) % 2, volumes: 0 };
      const made = generated(`small ${at}`, { clients: 3, operations: 6, mix, unknownPerMille: 250 });
      if (made.calls.length > 8) continue;
      const history = at % 4 < 2 ? made : changedIfPossible(made, `change ${at}`);
      const right = hasAnOrder(history);
      seen[right ? 'right' : 'wrong'] += 1;
      expect({ at, verdict: checkLinearizable(history).kind }).toEqual({
        at,
        verdict: right ? 'linearizable' : 'not linearizable',
      });
    }
    expect(seen.right).toBeGreaterThan(100);
    expect(seen.wrong).toBeGreaterThan(50);
  });
  it('finds no order for what its counter-examples are made of', () => {
    for (let at = 0; at < 40; at += 1) {
      const history = changed(
        generated(`shrunk ${at}`, { clients: 4, operations: 80, unknownPerMille: 20 }),
        `at ${at}`,
      );
      const verdict = checkLinearizable(history);
      if (verdict.kind !== 'not linearizable') continue;
      // Whatever the others did: without them there is none either.
      const { calls } = verdict.counterExample;
      expect(calls.length).toBeLessThan(12);
      expect(checkLinearizable({ ...history, calls }).kind).toBe('not linearizable');
    }
  });
  it('says that it is undecided when its steps are spent', () => {
    const history = generated('long', { clients: 8, operations: 400, unknownPerMille: 20 });
    const verdict = checkLinearizable(history, { maxSteps: 300 });
    expect(verdict.kind).toBe('unknown');
    expect(verdict).toMatchObject({ why: expect.stringMatching(/^300 steps decided all but \d+ of its parts/) });
  });
  it('finds what is wrong in one part although another is too hard', () => {
    // So many writes whose outcome nobody knows that no budget is enough for them.
    const hard = Array.from({ length: 40 }, (_, at): Written => [0, 1, write('hard', `u${at}`), unknown]);
    const reads = Array.from({ length: 20 }, (_, at): Written => [10, 20, read('hard'), shows(`u${at}`)]);
    const never: Written = [30, 31, read('hard'), shows('u99')];
    const verdict = checkLinearizable(written(...hard, ...reads, never, [0, 1, read('a'), shows('7')]), {
      maxSteps: 100_000,
    });
    expect(verdict).toMatchObject({
      kind: 'not linearizable',
      counterExample: { calls: [{ operation: { key: 'a' } }] },
    });
  });
});

function changedIfPossible(history: History, seed: string): History {
  const can = history.calls.some(
    ({ outcome, operation }) => outcome.kind === 'answered' && operation.kind !== 'open-key',
  );
  return can ? changed(history, seed) : history;
}
