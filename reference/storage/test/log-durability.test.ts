/** What the log survives, and what it refuses to start from: real files, real processes, real kill -9. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { ReferenceFailure } from '../../errors.js';
import { recordChecksum } from '../checksum.js';
import { STORAGE_FORMAT } from '../identity.js';
import { LogDatabase } from '../log-database.js';
import { loadSqlite } from '../sqlite.js';
import { SqliteLogStore } from '../sqlite-log-store.js';
import {
  CLUSTER,
  codeOf,
  comparable,
  failureOf,
  hardState,
  madeEntries,
  NODE,
  smallDisk,
  temporaryDirectory,
} from './fixtures.js';

const WRITER = fileURLToPath(new URL('./log-writer.js', import.meta.url));

function open(directory: string, identity: { cluster?: string; node?: string } = {}) {
  return SqliteLogStore.open({ directory, cluster: CLUSTER, node: NODE, ...identity });
}

/** A directory with a log of `entries` entries that was closed in order. */
async function closedLog(entries = 200, bytes = 300): Promise<string> {
  const directory = temporaryDirectory();
  const store = await open(directory);
  await store.append([
    { group: 'main', hardState: hardState(1, entries), entries: madeEntries('main', 1, entries, 1, bytes) },
  ]);
  await store.close();
  return directory;
}

/** A copy of a log directory taken while its owner runs: as kill -9 would leave it, write-ahead log and all. */
async function killedLog(): Promise<string> {
  const directory = temporaryDirectory();
  const store = await open(directory);
  for (let index = 1; index <= 20; index++) {
    await store.append([{ group: 'main', hardState: hardState(1, index), entries: madeEntries('main', index, index) }]);
  }
  const copy = temporaryDirectory();
  cpSync(directory, copy, { recursive: true });
  await store.close();
  return copy;
}

function flipByte(file: string, offset: number): void {
  const bytes = readFileSync(file);
  bytes[offset] = (bytes[offset] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

/** Opens, loads everything and closes. */
async function readAll(directory: string): Promise<object[]> {
  const store = await open(directory);
  try {
    return comparable((await store.load('main'))?.entries ?? []);
  } finally {
    await store.close();
  }
}

async function killAfter(child: ChildProcess, acknowledgements: number): Promise<number> {
  let last = 0;
  let seen = 0;
  if (child.stdout === null) throw new Error('the writer has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    last = Math.max(last, Number(line));
    seen += 1;
    if (seen === acknowledgements) child.kill('SIGKILL');
  }
  return last;
}

test('after kill -9 of the writing process every acknowledged append is there', { timeout: 60_000 }, async () => {
  const directory = temporaryDirectory();
  let acknowledged = 0;
  for (const acknowledgements of [1, 37, 400, 1500, 5]) {
    const child = spawn(process.execPath, [WRITER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    acknowledged = Math.max(acknowledged, await killAfter(child, acknowledgements));
    expect((await exited)[1]).toBe('SIGKILL');
    const stored = await readAll(directory);
    expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toEqual(
      comparable(
        stored
          .map((_, at) => madeEntries('main', at + 1, at + 1, 1, 50 + ((at + 1) % 400))[0])
          .filter((e) => e !== undefined),
      ),
    );
  }
});

test('a directory that another process has open is refused', async () => {
  const directory = temporaryDirectory();
  const child = spawn(process.execPath, [WRITER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const failure = await failureOf(open(directory));
  child.kill('SIGKILL');
  await exited;
  expect(failure.code).toBe('DATA_DIR_IN_USE');
  expect(failure.message).toContain(directory);
  await (await open(directory)).close();
});

test('a second opener in the same process is refused too, and the first goes on', async () => {
  const directory = temporaryDirectory();
  const first = await open(directory);
  onTestFinished(() => first.close());
  expect(await codeOf(open(directory))).toBe('DATA_DIR_IN_USE');
  await first.append([{ group: 'main', entries: madeEntries('main', 1, 1) }]);
});

test.each([
  ['cluster', { cluster: 'cluster-b' }],
  ['node', { node: 'om2' }],
])('a directory of another %s is refused, naming both', async (what, identity) => {
  const directory = await closedLog();
  const failure = await failureOf(open(directory, identity));
  expect(failure.code).toBe('DATA_DIR_FOREIGN');
  expect(failure.message).toContain(`belongs to ${what} "${what === 'cluster' ? CLUSTER : NODE}"`);
  expect((await readAll(directory)).length).toBe(200);
});

test('an SQLite file of another program is refused and not written to', async () => {
  const directory = temporaryDirectory();
  const other = new Database(join(directory, 'log.db'));
  other.exec('CREATE TABLE songs (title TEXT)');
  other.close();
  expect(await codeOf(open(directory))).toBe('DATA_DIR_FOREIGN');
});

test('a newer format is refused, naming it', async () => {
  const directory = await closedLog();
  const file = new Database(join(directory, 'log.db'));
  const newer = String(STORAGE_FORMAT + 1);
  file
    .prepare("UPDATE meta SET value = ?, checksum = ? WHERE key = 'format'")
    .run(newer, recordChecksum('format', newer));
  file.close();
  const failure = await failureOf(open(directory));
  expect(failure.code).toBe('DATA_DIR_NEWER_FORMAT');
  expect(failure.message).toContain(`format ${newer}`);
});

test('a flipped byte in an entry is found at load and named with group and index', async () => {
  const directory = await closedLog(5);
  const file = join(directory, 'log.db');
  const entry = madeEntries('main', 4, 4, 1, 300)[0];
  flipByte(file, readFileSync(file).indexOf(Buffer.from(entry?.data ?? [])) + 150);
  const failure = await failureOf(readAll(directory));
  expect(failure.code).toBe('LOG_DAMAGED');
  expect(failure.message).toContain(file);
  expect(failure.message).toContain('group main, index 4');
});

test('no flipped byte anywhere in the log changes what is read without an error', { timeout: 60_000 }, async () => {
  const sqlite = await loadSqlite();
  /** As `readAll`, without the thread, because it is done hundreds of times. */
  const read = (directory: string): object[] => {
    const log = new LogDatabase(sqlite, { directory, cluster: CLUSTER, node: NODE, checkpointBytes: 10 ** 9 });
    try {
      return comparable(log.load('main')?.entries ?? []);
    } finally {
      log.close();
    }
  };
  const pristine = await closedLog(40);
  const expected = read(pristine);
  const size = statSync(join(pristine, 'log.db')).size;
  // Every byte of SQLite's header, and a spread over the rest that hits every page at changing places.
  const spread = Array.from({ length: 400 }, (_, at) => 100 + Math.floor((at * (size - 101)) / 399));
  const outcomes = new Map<string, number>();
  for (const offset of [...Array(100).keys(), ...spread]) {
    const directory = temporaryDirectory();
    cpSync(pristine, directory, { recursive: true });
    flipByte(join(directory, 'log.db'), offset);
    let outcome = 'unharmed';
    try {
      expect(read(directory), `offset ${offset}`).toEqual(expected);
    } catch (error) {
      if (!(error instanceof ReferenceFailure)) throw new Error(`offset ${offset}: ${String(error)}`, { cause: error });
      outcome = error.code;
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    rmSync(directory, { recursive: true });
  }
  console.info('flipped bytes:', Object.fromEntries(outcomes));
  expect(outcomes.get('LOG_DAMAGED')).toBeGreaterThan(50);
  // A flipped byte of the application id makes it the file of another program, as far as anyone can tell.
  const named = new Set(['unharmed', 'LOG_DAMAGED', 'DATA_DIR_FOREIGN']);
  expect([...outcomes.keys()].filter((outcome) => !named.has(outcome))).toEqual([]);
});

test('a truncated log is refused, wherever it is cut', async () => {
  const pristine = await closedLog();
  const size = statSync(join(pristine, 'log.db')).size;
  for (const length of [0, 10, 100, 4096, 5000, Math.floor(size / 2), size - 4096, size - 1]) {
    const directory = temporaryDirectory();
    cpSync(pristine, directory, { recursive: true });
    truncateSync(join(directory, 'log.db'), length);
    const failure = await failureOf(readAll(directory));
    expect(failure.code, `cut to ${length} bytes`).toBe('LOG_DAMAGED');
    expect(failure.message).toContain('log.db');
  }
});

test('a killed node’s write-ahead log with a flipped byte, cut short or gone is refused: acknowledged writes are missing', async () => {
  const killed = await killedLog();
  expect((await readAll(killed)).length).toBe(20);
  const again = await killedLog();
  const size = statSync(join(again, 'log.db-wal')).size;
  const damages: [string, (wal: string) => void][] = [
    ['flipped in the middle', (wal) => flipByte(wal, Math.floor(size / 2))],
    ['flipped in the last frame', (wal) => flipByte(wal, size - 2000)],
    ['cut short', (wal) => truncateSync(wal, size - 4096)],
    ['gone', (wal) => rmSync(wal)],
  ];
  for (const [what, damage] of damages) {
    const directory = temporaryDirectory();
    cpSync(again, directory, { recursive: true });
    damage(join(directory, 'log.db-wal'));
    const failure = await failureOf(readAll(directory));
    expect(failure.code, what).toBe('LOG_DAMAGED');
    expect(failure.message).toContain('was acknowledged');
  }
});

test('an older copy of the log is refused: votes and entries would be forgotten', async () => {
  const directory = await closedLog(10);
  const older = temporaryDirectory();
  copyFileSync(join(directory, 'log.db'), join(older, 'log.db'));
  const store = await open(directory);
  await store.append([{ group: 'main', hardState: hardState(2, 10, 3), entries: [] }]);
  await store.close();
  copyFileSync(join(older, 'log.db'), join(directory, 'log.db'));
  expect(await codeOf(open(directory))).toBe('LOG_DAMAGED');
});

test('a damaged mark is refused; a mark that power loss left empty is not', async () => {
  const directory = await closedLog(3);
  const mark = join(directory, 'log.mark');
  flipByte(mark, 15);
  const failure = await failureOf(open(directory));
  expect(failure.code).toBe('LOG_DAMAGED');
  expect(failure.message).toContain('log.mark');
  writeFileSync(mark, '');
  expect((await readAll(directory)).length).toBe(3);
});

test('a path that is not a usable directory is refused by name', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'log.db'));
  expect(await codeOf(open(directory))).toBe('DATA_DIR_UNUSABLE');
  expect(await codeOf(open(join(directory, 'absent')))).toBe('DATA_DIR_UNUSABLE');
});

test('on a full disk the append is refused, nothing acknowledged is lost, and the log goes on once there is room', async (context) => {
  const directory = smallDisk(context, 3);
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, Buffer.alloc(1024 * 1024));
  const store = await SqliteLogStore.open({ directory, cluster: CLUSTER, node: NODE, checkpointBytes: 10 ** 9 });
  onTestFinished(() => store.close());
  let acknowledged = 0;
  let failure: unknown;
  while (failure === undefined && acknowledged < 10_000) {
    try {
      await store.append([
        { group: 'main', entries: madeEntries('main', acknowledged + 1, acknowledged + 1, 1, 3000) },
      ]);
      acknowledged += 1;
    } catch (error) {
      failure = error;
    }
  }
  expect(failure).toMatchObject({ code: 'DISK_FULL' });
  expect(acknowledged).toBeGreaterThan(50);
  expect(await codeOf(store.append([{ group: 'main', hardState: hardState(9, 0), entries: [] }]))).toBe('DISK_FULL');
  expect(comparable((await store.load('main'))?.entries ?? [])).toEqual(
    comparable(madeEntries('main', 1, acknowledged, 1, 3000)),
  );
  await store.close();
  rmSync(ballast);
  const again = await open(directory);
  onTestFinished(() => again.close());
  const stored = await again.load('main');
  expect(stored?.entries.length).toBe(acknowledged);
  expect(stored?.hardState.term).toBe(0);
  await again.append([{ group: 'main', entries: madeEntries('main', acknowledged + 1, acknowledged + 5) }]);
  expect(existsSync(join(directory, 'log.db'))).toBe(true);
  expect(readdirSync(directory)).toContain('log.mark');
});
