/** What is found after losses of power: everything that was acknowledged, and nothing that does not fit together (HA-19). */
import { expect, onTestFinished, test } from 'vitest';
import { DataDirectory } from '../data-directory.js';
import { CLUSTER, hardState, madeEntries, NODE, position, temporaryDirectory } from './fixtures.js';

async function open(directory: string): Promise<DataDirectory> {
  return await DataDirectory.open({ directory, cluster: CLUSTER, node: NODE, checkpointBytes: 16_384 });
}

/** Entries of a size that makes checkpoints happen. */
const append = (data: DataDirectory, first: number, count: number) =>
  data.log.append([
    { group: 'main', hardState: hardState(1, 0), entries: madeEntries('main', first, first + count - 1) },
  ]);

async function lastIndex(data: DataDirectory): Promise<number> {
  return (await data.log.load('main'))?.entries.at(-1)?.index ?? 0;
}

test.each(Array.from({ length: 6 }, (_, seed) => seed))('acknowledged entries are kept, seed %i', async (seed) => {
  const directory = temporaryDirectory();
  let acknowledged = 0;
  let written = 0;
  for (let round = 0; round < 4; round++) {
    const data = await open(directory);
    const found = await lastIndex(data);
    expect(found).toBeGreaterThanOrEqual(acknowledged);
    expect(found).toBeLessThanOrEqual(written);
    const state = data.openState('main');
    expect(state.position.index).toBeLessThanOrEqual(found);
    written = found;
    for (let batch = 0; batch < 5; batch++) {
      await append(data, written + 1, 20);
      written += 20;
      acknowledged = written;
      state.transact((transaction) => {
        transaction.put('volume', Buffer.from(`/v${written}`), Buffer.alloc(400, round));
        return position(written);
      });
    }
    data.holdDisk();
    const refused = [append(data, written + 1, 7), append(data, written + 8, 7)].map((write) =>
      write.then(
        () => 'acknowledged',
        () => 'refused',
      ),
    );
    written += 14;
    await data.losePower(seed * 100 + round);
    expect(await Promise.all(refused)).toEqual(['refused', 'refused']);
  }
});

test('a write that was on its way is there or not, and never in part', async () => {
  const ends = new Set<number>();
  for (let seed = 0; seed < 12; seed++) {
    const directory = temporaryDirectory();
    const data = await open(directory);
    await append(data, 1, 3);
    data.holdDisk();
    const lost = append(data, 4, 200).catch(() => undefined);
    await data.losePower(seed);
    await lost;
    const again = await open(directory);
    onTestFinished(() => again.close());
    ends.add(await lastIndex(again));
  }
  expect([...ends].sort((a, b) => a - b)).toEqual([3, 203]);
});

test('a state that was not synced falls behind its log, and is never torn', async () => {
  const found = new Set<number>();
  for (let seed = 0; seed < 12; seed++) {
    const directory = temporaryDirectory();
    const data = await open(directory);
    await append(data, 1, 20);
    const state = data.openState('main');
    // So few that no checkpoint syncs them.
    for (let index = 1; index <= 12; index++) {
      state.transact((transaction) => {
        transaction.put('volume', Buffer.from('/v'), Buffer.from(`${index}`));
        return position(index);
      });
    }
    data.holdDisk();
    await data.losePower(seed);
    const again = await open(directory);
    const recovered = again.openState('main');
    const { index } = recovered.position;
    found.add(index);
    const row = recovered.get('volume', Buffer.from('/v'));
    expect(row === undefined ? 0 : Number(Buffer.from(row).toString())).toBe(index);
    await again.close();
  }
  expect(found.size).toBeGreaterThan(3);
  expect(Math.max(...found)).toBeLessThanOrEqual(12);
});
