import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { recordChecksum } from '../checksum.js';
import { DataDirectory, type DataDirectoryOptions } from '../data-directory.js';
import { type AppliedPosition, type StateStore, TABLES, tablesOf } from '../state-store.js';
import {
  CLUSTER,
  codeOf,
  failureOf,
  hardState,
  MEMBERSHIP,
  madeEntries,
  NODE,
  position,
  smallDisk,
  temporaryDirectory,
} from './fixtures.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new Uint8Array(Buffer.from(value));

/** Opens a directory whose log holds more entries than any test applies. */
async function openDirectory(directory: string, options: Partial<DataDirectoryOptions> = {}) {
  const data = await DataDirectory.open({ directory, cluster: CLUSTER, node: NODE, ...options });
  onTestFinished(() => data.close());
  if ((await data.log.load('main')) === undefined) {
    await data.log.append([{ group: 'main', entries: madeEntries('main', 1, 20_000, 1, 0) }]);
    await data.close();
    return openDirectory(directory, options);
  }
  return data;
}

function write(state: StateStore, index: number): void {
  state.transact((transaction) => {
    transaction.put('volume', text(`/v${index}`), text(`value ${index}`));
    return position(index);
  });
}

test('rows and position are there after reopening; a new state is at the start', async () => {
  const directory = temporaryDirectory();
  const data = await openDirectory(directory);
  const state = data.openState('main');
  expect(state.position).toMatchObject({ index: 0, term: 0, managedIndex: 0n, digest: new Uint8Array(32) });
  const applied: AppliedPosition = { ...position(7), term: 3, managedIndex: 2n ** 63n + 5n };
  state.transact((transaction) => {
    transaction.put('volume', text('/v1'), text('one'));
    transaction.put('volume', text('/v2'), bytes());
    transaction.put('bucket', text('/v1'), text('other table'));
    transaction.delete('volume', text('/absent'));
    expect(transaction.get('volume', text('/v1'))).toEqual(Buffer.from('one'));
    return applied;
  });
  await data.close();

  const again = (await openDirectory(directory)).openState('main');
  expect(again.position).toEqual({ ...applied, digest: Buffer.from(applied.digest) });
  expect(again.position.membership).toEqual(MEMBERSHIP);
  expect(again.get('volume', text('/v1'))).toEqual(Buffer.from('one'));
  expect(again.get('volume', text('/v2'))?.length).toBe(0);
  expect(again.get('volume', text('/v3'))).toBeUndefined();
  expect(again.get('userVolume', text('/v1'))).toBeUndefined();
});

test('a state of format 1 keeps its rows and gains the tables of today', async () => {
  const directory = temporaryDirectory();
  const data = await openDirectory(directory);
  data.openState('main').transact((transaction) => {
    transaction.put('volume', text('/v1'), text('one'));
    return position(3);
  });
  await data.close();
  const name = readdirSync(directory, { recursive: true }).find((file) => String(file).endsWith('main.db'));
  const file = new Database(join(directory, String(name)));
  for (const table of TABLES) if (!tablesOf(1).includes(table)) file.exec(`DROP TABLE "${table}"`);
  file.prepare("UPDATE meta SET value = '1', checksum = ? WHERE key = 'format'").run(recordChecksum('format', '1'));
  file.close();

  const again = (await openDirectory(directory)).openState('main');
  expect(again.position.index).toBe(3);
  expect(again.get('volume', text('/v1'))).toEqual(Buffer.from('one'));
  again.transact((transaction) => {
    transaction.put('key', text('k'), text('two'));
    return position(4);
  });
  expect(again.get('key', text('k'))).toEqual(Buffer.from('two'));
});

test('work that throws leaves neither rows nor position', async () => {
  const state = (await openDirectory(temporaryDirectory())).openState('main');
  const reason = new Error('the plan was wrong');
  expect(() =>
    state.transact((transaction) => {
      transaction.put('volume', text('a'), text('b'));
      throw reason;
    }),
  ).toThrow(reason);
  expect(state.position.index).toBe(0);
  expect(state.get('volume', text('a'))).toBeUndefined();
  state.transact(() => position(1));
  expect(state.position.index).toBe(1);
});

test('an unknown table is refused by name, for reads and writes', async () => {
  const state = (await openDirectory(temporaryDirectory())).openState('main');
  expect((await failureOf(() => state.get('song', text('a')))).message).toContain('"song"');
  expect(await codeOf(() => [...state.scan('song', {})])).toBe('UNKNOWN_TABLE');
  const write = () =>
    state.transact((transaction) => {
      transaction.put('song', text('a'), text('b'));
      return position(1);
    });
  expect(await codeOf(write)).toBe('UNKNOWN_TABLE');
  expect(state.position.index).toBe(0);
});

test('scans answer what a sorted list would', { timeout: 30_000 }, async () => {
  const state = (await openDirectory(temporaryDirectory())).openState('main');
  const key = fc
    .array(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), { maxLength: 4 })
    .map((values) => Uint8Array.from(values));
  const range = fc.record({ prefix: key, from: key, after: key, limit: fc.nat({ max: 6 }) }, { requiredKeys: [] });
  const keys =
    fc.sample(fc.uniqueArray(key, { selector: (value) => value.join(), minLength: 300, maxLength: 300 }), 1)[0] ?? [];
  state.transact((transaction) => {
    for (const [at, name] of keys.entries()) transaction.put('bucket', name, text(String(at)));
    return position(1);
  });
  const sorted = [...keys].sort(Buffer.compare);
  fc.assert(
    fc.property(range, (asked) => {
      const { prefix, from, after, limit } = asked;
      const wanted = sorted
        .filter((name) => prefix === undefined || Buffer.compare(name.subarray(0, prefix.length), prefix) === 0)
        .filter((name) => from === undefined || Buffer.compare(name, from) >= 0)
        .filter((name) => after === undefined || Buffer.compare(name, after) > 0)
        .slice(0, limit);
      const found = [...state.scan('bucket', asked as object)].map(([name]) => new Uint8Array(name));
      expect(found).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});

test('a scan is lazy: rows changed behind it are seen, other statements run between, and it can be left early', async () => {
  const state = (await openDirectory(temporaryDirectory())).openState('main');
  const name = (at: number) => text(String(at).padStart(6, '0'));
  state.transact((transaction) => {
    for (let at = 0; at < 1000; at++) transaction.put('volume', name(at), text('x'));
    return position(1);
  });
  let seen = 0;
  for (const [key] of state.scan('volume', {})) {
    seen += 1;
    if (seen === 5) {
      state.transact((transaction) => {
        for (let at = 500; at < 1000; at++) transaction.delete('volume', name(at));
        return position(2);
      });
    }
    expect(state.get('volume', key)).toBeDefined();
  }
  expect(seen).toBe(500);
  for (const [key] of state.scan('volume', {})) {
    expect(Buffer.from(key).toString()).toBe('000000');
    break;
  }
  state.transact(() => position(3));
});

test('a snapshot is a whole synced copy, and the loop goes on meanwhile', async () => {
  const directory = temporaryDirectory();
  const data = await openDirectory(directory);
  const state = data.openState('main');
  for (let index = 1; index <= 500; index++) write(state, index);
  expect(await codeOf(data.log.cut('main', { index: 400, term: 1, membership: MEMBERSHIP }, 400))).toBe('LOG_ORDER');
  const taking = state.snapshot();
  let index = 500;
  let taken = false;
  taking.finally(() => {
    taken = true;
  });
  while (!taken) {
    write(state, ++index);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const snapshot = await taking;
  expect(index).toBeGreaterThan(500);
  expect(snapshot.position.index).toBeGreaterThanOrEqual(500);
  expect(snapshot.path).toBe(join(directory, 'state', `main-${snapshot.position.index}.snapshot`));
  expect(snapshot.bytes).toBe(statSync(snapshot.path).size);
  expect(state.syncedIndex).toBeGreaterThanOrEqual(snapshot.position.index);

  const copy = new Database(snapshot.path, { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM volume').pluck().get()).toBe(snapshot.position.index);
  copy.close();

  await data.log.cut('main', { index: 500, term: 1, membership: MEMBERSHIP }, 500);
  write(state, ++index);
  const next = await state.snapshot();
  expect(next.position.index).toBe(index);
  expect(readdirSync(join(directory, 'state')).filter((name) => name.endsWith('.snapshot'))).toEqual([
    `main-${index}.snapshot`,
  ]);
  expect(await state.newestSnapshot()).toEqual({ ...next, position: { ...next.position } });
});

// Quiet while the write-ahead log is brought in: a checkpoint during a write may leave out pages that are in the synced part of
// that log, and the database file alone is then not whole.
test('after a snapshot the database file of a state that was quiet holds as much by itself', async () => {
  const directory = temporaryDirectory();
  const state = (await openDirectory(directory, { checkpointBytes: 10 ** 9 })).openState('main');
  for (let index = 1; index <= 500; index++) write(state, index);
  const { position: taken } = await state.snapshot();
  // Without its write-ahead log, as if all of that had been lost with the power.
  const alone = join(temporaryDirectory(), 'alone.db');
  copyFileSync(join(directory, 'state', 'main.db'), alone);
  const database = new Database(alone);
  expect(database.prepare('SELECT idx FROM position').pluck().get()).toBe(taken.index);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});

test('under a writer that never pauses the write-ahead log stays bounded', { timeout: 30_000 }, async () => {
  const directory = temporaryDirectory();
  const data = await openDirectory(directory, { checkpointBytes: 256 * 1024, maxStateWalBytes: 1024 * 1024 });
  const state = data.openState('main');
  const value = new Uint8Array(500);
  let largest = 0;
  for (let index = 1; index <= 8000; index++) {
    state.transact((transaction) => {
      transaction.put('volume', text(`/v${index % 3000}`), value);
      return position(index);
    });
    largest = Math.max(largest, statSync(join(directory, 'state', 'main.db-wal')).size);
    // As in a node, where what is applied has been synced to the log before.
    if (index % 4 === 0) await data.log.append([{ group: 'main', hardState: hardState(1, index), entries: [] }]);
  }
  console.info(
    `largest write-ahead log ${Math.round(largest / 1024)} KiB, finished by the loop ${state.checkpointsByLoop} times`,
  );
  expect(largest).toBeGreaterThan(256 * 1024);
  // 8000 transactions of at least three pages: 96 MiB went through it.
  expect(largest).toBeLessThan(24 * 1024 * 1024);
});

test('a transaction waits for another connection of the process that has the writer’s lock for a moment', async () => {
  const directory = temporaryDirectory();
  const state = (await openDirectory(directory)).openState('main');
  const holder = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const database = new (require(workerData.module))(workerData.file);
     database.exec('BEGIN IMMEDIATE');
     parentPort.postMessage('locked');
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
     database.exec('COMMIT');`,
    {
      eval: true,
      workerData: {
        module: createRequire(import.meta.url).resolve('better-sqlite3'),
        file: join(directory, 'state', 'main.db'),
      },
    },
  );
  onTestFinished(async () => {
    await holder.terminate();
  });
  await once(holder, 'message');
  state.transact(() => position(1));
  expect(state.position.index).toBe(1);
});

/** A closed directory whose state holds 300 volumes. */
async function closedState(): Promise<string> {
  const directory = temporaryDirectory();
  const data = await openDirectory(directory);
  data.openState('main').transact((transaction) => {
    for (let at = 0; at < 300; at++)
      transaction.put('volume', text(`/volume-${at}`), text(`value of ${at} `.repeat(8)));
    return position(9);
  });
  await data.close();
  return directory;
}

function flipAt(file: string, needle: string): void {
  const content = readFileSync(file);
  const pristine = Buffer.from(content);
  // Wherever it stands: pages keep copies of rows that have moved away.
  for (let at = content.indexOf(needle); at >= 0; at = content.indexOf(needle, at + 1)) {
    content[at + 3] = (content[at + 3] ?? 0) ^ 0x10;
  }
  if (content.equals(pristine)) throw new Error(`${needle} is not in ${file}`);
  writeFileSync(file, content);
}

test.each([
  ['a flipped byte in a value', (file: string) => flipAt(file, 'value of 17 ')],
  ['a flipped byte in a key', (file: string) => flipAt(file, '/volume-123')],
  ['a flipped byte in the position', (file: string) => flipAt(file, '"voters"')],
  ['a file cut in the middle', (file: string) => truncateSync(file, 12_288)],
  ['a file cut within its header', (file: string) => truncateSync(file, 50)],
  ['a file that is something else', (file: string) => writeFileSync(file, 'x'.repeat(20_000))],
])('%s is refused, naming the file', async (_, damage) => {
  const directory = await closedState();
  const file = join(directory, 'state', 'main.db');
  damage(file);
  const data = await openDirectory(directory);
  const failure = await failureOf(() => data.openState('main'));
  expect(failure.code).toBe('STATE_DAMAGED');
  expect(failure.message).toContain(file);
});

test('in a file too large to be checked at start, a flipped byte is found when its row is read', async () => {
  const directory = await closedState();
  flipAt(join(directory, 'state', 'main.db'), 'value of 17 ');
  const state = (await openDirectory(directory, { checkUpToBytes: 0 })).openState('main');
  expect(state.get('volume', text('/volume-16'))).toBeDefined();
  expect(await codeOf(() => state.get('volume', text('/volume-17')))).toBe('STATE_DAMAGED');
  expect(await codeOf(() => [...state.scan('volume', {})])).toBe('STATE_DAMAGED');
  expect(await codeOf(state.snapshot())).toBe('STATE_DAMAGED');
  expect(
    readdirSync(join(directory, 'state')).filter((name) => name.includes('snapshot') || name.includes('partial')),
  ).toEqual([]);
});

test('a state file of another cluster or group is refused', async () => {
  const directory = await closedState();
  copyFileSync(join(directory, 'state', 'main.db'), join(directory, 'state', 'b1.db'));
  const data = await openDirectory(directory);
  const failure = await failureOf(() => data.openState('b1'));
  expect(failure.code).toBe('DATA_DIR_FOREIGN');
  expect(failure.message).toContain('group "main"');
});

test('on a full disk a transaction and a snapshot are refused whole, and the state goes on once there is room', async (context) => {
  const directory = smallDisk(context, 4);
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, Buffer.alloc(1024 * 1024));
  const data = await DataDirectory.open({ directory, cluster: CLUSTER, node: NODE, checkpointBytes: 10 ** 9 });
  onTestFinished(() => data.close());
  const state = data.openState('main');
  const write = (index: number) =>
    state.transact((transaction) => {
      transaction.put('volume', text(`/v${index}`), new Uint8Array(5000));
      return position(index);
    });
  const filling = await failureOf(() => {
    for (let index = 1; index < 10_000; index++) write(index);
  });
  expect(filling.code).toBe('DISK_FULL');
  const { index } = state.position;
  expect([...state.scan('volume', {})].length).toBe(index);
  expect(await codeOf(state.snapshot())).toBe('DISK_FULL');
  expect(readdirSync(join(directory, 'state')).filter((name) => !name.startsWith('main.db'))).toEqual([]);
  rmSync(ballast);
  write(index + 1);
  expect([...state.scan('volume', {})].length).toBe(index + 1);
});
