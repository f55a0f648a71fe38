import { expect, onTestFinished, test } from 'vitest';
import { SqliteLogStore } from '../sqlite-log-store.js';
import {
  CLUSTER,
  codeOf,
  comparable,
  failureOf,
  hardState,
  MEMBERSHIP,
  madeEntries,
  NODE,
  point,
  temporaryDirectory,
} from './fixtures.js';

async function openLog(directory: string, options: { maxQueuedBytes?: number; checkpointBytes?: number } = {}) {
  const store = await SqliteLogStore.open({ directory, cluster: CLUSTER, node: NODE, ...options });
  onTestFinished(() => store.close());
  return store;
}

test('a group that was never written is undefined; what was appended is there after reopening', async () => {
  const directory = temporaryDirectory();
  const store = await openLog(directory);
  expect(await store.load('main')).toBeUndefined();
  await store.append([
    { group: 'main', hardState: hardState(1, 0), entries: madeEntries('main', 1, 3) },
    { group: 'b1', entries: madeEntries('b1', 1, 1) },
  ]);
  await store.append([{ group: 'main', hardState: hardState(2, 2), entries: [] }]);
  await store.close();

  const again = await openLog(directory);
  const main = await again.load('main');
  expect(main?.hardState).toEqual(hardState(2, 2));
  expect(main?.snapshot.index).toBe(0);
  expect(comparable(main?.entries ?? [])).toEqual(comparable(madeEntries('main', 1, 3)));
  expect((await again.load('b1'))?.hardState).toEqual({ term: 0, vote: 0, commit: 0 });
});

test('entries replace whatever stands at or above the first one’s index', async () => {
  const store = await openLog(temporaryDirectory());
  await store.append([{ group: 'main', entries: madeEntries('main', 1, 6, 1) }]);
  await store.append([{ group: 'main', entries: madeEntries('main', 3, 4, 2) }]);
  const expected = [...madeEntries('main', 1, 2, 1), ...madeEntries('main', 3, 4, 2)];
  expect(comparable((await store.load('main'))?.entries ?? [])).toEqual(comparable(expected));
});

test('a cut keeps the entries above it and survives; an older cut changes nothing', async () => {
  const directory = temporaryDirectory();
  const store = await openLog(directory);
  await store.append([{ group: 'main', entries: madeEntries('main', 1, 10) }]);
  await store.cut('main', point(8), 5);
  await store.cut('main', point(4), 2);
  await store.close();
  const stored = await (await openLog(directory)).load('main');
  expect(stored?.snapshot).toEqual({ index: 8, term: 1, membership: MEMBERSHIP });
  expect(stored?.entries.map(({ index }) => index)).toEqual([6, 7, 8, 9, 10]);
});

test('an installed snapshot empties the log, which starts after it', async () => {
  const store = await openLog(temporaryDirectory());
  await store.append([{ group: 'main', entries: madeEntries('main', 1, 10) }]);
  await store.append([{ group: 'main', snapshot: point(7, 3), hardState: hardState(3, 7), entries: [] }]);
  expect(await store.load('main')).toEqual({ hardState: hardState(3, 7), snapshot: point(7, 3), entries: [] });
  await store.append([{ group: 'main', entries: madeEntries('main', 8, 9, 3) }]);
  expect((await store.load('main'))?.entries.map(({ index }) => index)).toEqual([8, 9]);
});

test.each([
  ['a gap above the end', 4],
  ['an entry below the cut', 1],
])('%s is refused, and so is every write after it', async (_, index) => {
  const store = await openLog(temporaryDirectory());
  await store.append([{ group: 'main', snapshot: point(2), entries: [] }]);
  expect(await codeOf(store.append([{ group: 'main', entries: madeEntries('main', index, index) }]))).toBe('LOG_ORDER');
  expect(await codeOf(store.append([{ group: 'main', entries: madeEntries('main', 3, 3) }]))).toBe('LOG_ORDER');
  expect((await store.load('main'))?.entries).toEqual([]);
});

test('appends that wait together share one sync', async () => {
  const store = await openLog(temporaryDirectory());
  await store.append([{ group: 'main', entries: madeEntries('main', 1, 1) }]);
  await store.takeSyncTimesMs();
  await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      store.append([{ group: 'main', entries: madeEntries('main', at + 2, at + 2) }]),
    ),
  );
  const times = await store.takeSyncTimesMs();
  expect(times.length).toBeGreaterThan(0);
  expect(times.length).toBeLessThan(100);
  expect(times.every((ms) => ms >= 0)).toBe(true);
  expect((await store.load('main'))?.entries.length).toBe(201);
  expect(await store.takeSyncTimesMs()).toEqual([]);
});

test('what would exceed the queue’s bound is refused by name, and nothing else is touched by it', async () => {
  const store = await openLog(temporaryDirectory(), { maxQueuedBytes: 3000 });
  const outcomes = await Promise.allSettled([
    store.append([{ group: 'main', entries: madeEntries('main', 1, 1, 1, 1400) }]),
    store.append([{ group: 'main', entries: madeEntries('main', 2, 2, 1, 1400) }]),
    store.append([{ group: 'main', entries: madeEntries('main', 3, 3, 1, 1400) }]),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(outcomes[2]).toMatchObject({ reason: { code: 'LOG_QUEUE_FULL' } });
  expect(store.queuedBytes).toBe(0);
  await store.append([{ group: 'main', entries: madeEntries('main', 3, 3, 1, 1400) }]);
  expect((await store.load('main'))?.entries.length).toBe(3);
});

test('the write-ahead log is brought in by size, and nothing is lost over it', async () => {
  const directory = temporaryDirectory();
  const store = await openLog(directory, { checkpointBytes: 100_000 });
  for (let from = 1; from <= 2000; from += 50) {
    await store.append([{ group: 'main', entries: madeEntries('main', from, from + 49, 1, 500) }]);
  }
  const { size } = await import('node:fs').then(({ statSync }) => statSync(`${directory}/log.db-wal`));
  expect(size).toBeLessThan(1_000_000);
  await store.close();
  const stored = await (await openLog(directory)).load('main');
  expect(comparable(stored?.entries ?? [])).toEqual(comparable(madeEntries('main', 1, 2000, 1, 500)));
});

test('member ids are kept and cannot be changed', async () => {
  const directory = temporaryDirectory();
  const store = await openLog(directory);
  expect(store.member('main')).toBeUndefined();
  await store.assignMember('main', 2);
  await store.assignMember('main', 2);
  await store.close();
  const again = await openLog(directory);
  expect(again.member('main')).toBe(2);
  const failure = await failureOf(again.assignMember('main', 3));
  expect(failure.code).toBe('DATA_DIR_FOREIGN');
  expect(failure.message).toContain('member 2');
});

test('a closed store refuses, and what was handed over before is written', async () => {
  const directory = temporaryDirectory();
  const store = await openLog(directory);
  const handedOver = store.append([{ group: 'main', entries: madeEntries('main', 1, 1) }]);
  await store.close();
  await handedOver;
  expect(await codeOf(store.append([]))).toBe('STORE_CLOSED');
  expect((await (await openLog(directory)).load('main'))?.entries.length).toBe(1);
});
