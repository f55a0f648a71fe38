/** What a crash at each step of a snapshot or an installation leaves, and what recovery makes of it: real processes, kill -9. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { DataDirectory } from '../data-directory.js';
import type { SqliteStateStore } from '../sqlite-state-store.js';
import {
  CLUSTER,
  codeOf,
  failureOf,
  hardState,
  madeEntries,
  NODE,
  point,
  position,
  temporaryDirectory,
} from './fixtures.js';

const CRASHER = fileURLToPath(new URL('./state-crasher.js', import.meta.url));

function run(
  directory: string,
  what: string,
  step: string,
  file = '',
): { signal: string | null; status: number | null } {
  const { signal, status, stderr } = spawnSync(process.execPath, [CRASHER, directory, what, step, file]);
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr.toString());
  return { signal, status };
}

async function open(directory: string): Promise<DataDirectory> {
  const data = await DataDirectory.open({ directory, cluster: CLUSTER, node: NODE });
  onTestFinished(() => data.close());
  return data;
}

/** Volumes 1 … `applied` stand in the state, each with `value`. */
function apply(state: SqliteStateStore, applied: number, value: string): void {
  state.transact((transaction) => {
    for (let index = 1; index <= applied; index++)
      transaction.put('volume', Buffer.from(`/v${index}`), Buffer.from(value));
    return position(applied);
  });
}

function rows(state: SqliteStateStore): { count: number; values: string[] } {
  const values = [...state.scan('volume', {})].map(([, value]) => Buffer.from(value).toString());
  return { count: values.length, values: [...new Set(values)] };
}

/** A closed directory: log 1 … 20, state applied up to 15. */
async function receiver(): Promise<string> {
  const directory = temporaryDirectory();
  const data = await open(directory);
  await data.log.append([{ group: 'main', hardState: hardState(1, 20), entries: madeEntries('main', 1, 20) }]);
  apply(data.openState('main'), 15, 'own');
  await data.close();
  return directory;
}

/** A snapshot file of another node, at index 50. */
async function donation(): Promise<string> {
  const data = await DataDirectory.open({ directory: temporaryDirectory(), cluster: CLUSTER, node: 'om2' });
  onTestFinished(() => data.close());
  const state = data.openState('main');
  apply(state, 50, 'donated');
  return (await state.snapshot()).path;
}

function leftovers(directory: string): string[] {
  return [...readdirSync(join(directory, 'state')), ...readdirSync(join(directory, 'receiving'))].filter(
    (name) => !/^main\.db(-wal|-shm)?$/.test(name) && !name.endsWith('.snapshot'),
  );
}

const BEFORE_LOG = ['verified', 'accepted'];
const AFTER_LOG = ['logged', 'closed', 'cleared', 'renamed', 'synced', 'installed'];

test.each([...BEFORE_LOG, ...AFTER_LOG])(
  'killed at "%s", an installation is either undone or finished',
  async (step) => {
    const directory = await receiver();
    const donated = await donation();
    expect(run(directory, 'install', step, donated).signal).toBe('SIGKILL');

    const data = await open(directory);
    const state = data.openState('main');
    const stored = await data.log.load('main');
    if (BEFORE_LOG.includes(step)) {
      expect(state.position.index).toBe(16);
      expect(rows(state)).toEqual({ count: 16, values: ['own'] });
      expect(stored?.entries.length).toBe(20);
    } else {
      expect(state.position.index).toBe(50);
      expect(rows(state)).toEqual({ count: 50, values: ['donated'] });
      expect(stored).toMatchObject({ snapshot: point(50, 2), hardState: hardState(2, 50), entries: [] });
    }
    expect(leftovers(directory)).toEqual([]);
    await data.close();
    // From wherever it stopped, the same installation can be carried through, and the state goes on from there.
    expect(run(directory, 'install', 'never', donated).status).toBe(0);
    const again = (await open(directory)).openState('main');
    expect(rows(again)).toEqual({ count: 50, values: ['donated'] });
    apply(again, 51, 'later');
  },
);

test('an installation is finished although the old state is damaged', async () => {
  const directory = await receiver();
  expect(run(directory, 'install', 'logged', await donation()).signal).toBe('SIGKILL');
  const live = join(directory, 'state', 'main.db');
  writeFileSync(live, readFileSync(live).fill(0xee, 4096));
  const state = (await open(directory)).openState('main');
  expect(rows(state)).toEqual({ count: 50, values: ['donated'] });
});

test('nothing of the old write-ahead log gets into the new state, though another reader keeps it in place', async () => {
  const directory = await receiver();
  const data = await open(directory);
  const state = data.openState('main');
  apply(state, 16, 'own, written late');
  const reader = new Database(join(directory, 'state', 'main.db'), { readonly: true });
  onTestFinished(() => {
    reader.close();
  });
  expect(reader.prepare('SELECT count(*) FROM volume').pluck().get()).toBe(16);
  const received = join(data.receivingDirectory, 'from-a-peer');
  copyFileSync(await donation(), received);
  await state.accept(received, 50);
  await data.log.append([{ group: 'main', snapshot: point(50, 2), entries: [] }]);
  await state.install(50);
  expect(rows(state)).toEqual({ count: 50, values: ['donated'] });
  expect(state.position.index).toBe(50);
  apply(state, 51, 'later');
  expect(rows(state)).toEqual({ count: 51, values: ['later'] });
});

test.each(['cleared', 'renamed', 'synced'])(
  'a recovery that is itself killed at "%s" is finished by the next',
  async (step) => {
    const directory = await receiver();
    expect(run(directory, 'install', 'closed', await donation()).signal).toBe('SIGKILL');
    expect(run(directory, 'open', step).signal).toBe('SIGKILL');
    const state = (await open(directory)).openState('main');
    expect(rows(state)).toEqual({ count: 50, values: ['donated'] });
    expect(leftovers(directory)).toEqual([]);
  },
);

test.each(['copied', 'published', 'checkpointed'])(
  'killed at "%s", a snapshot leaves the state whole and no half file',
  async (step) => {
    const directory = await receiver();
    expect(run(directory, 'snapshot', step).signal).toBe('SIGKILL');
    const state = (await open(directory)).openState('main');
    expect(rows(state)).toEqual({ count: 15, values: ['own'] });
    expect(leftovers(directory)).toEqual([]);
    expect((await state.newestSnapshot())?.position.index).toBe(step === 'copied' ? undefined : 15);
    expect((await state.snapshot()).position.index).toBe(15);
  },
);

test('after kill -9 rows and position are from the same transaction, none lost', { timeout: 60_000 }, async () => {
  const directory = temporaryDirectory();
  const data = await open(directory);
  await data.log.append([{ group: 'main', entries: madeEntries('main', 1, 50_000, 1, 0) }]);
  await data.close();
  for (const transactions of [3, 250, 700, 90]) {
    const child = spawn(process.execPath, [CRASHER, directory, 'write'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    let last = 0;
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      seen += 1;
      if (seen === transactions) child.kill('SIGKILL');
    }
    expect((await exited)[1]).toBe('SIGKILL');
    const reopened = await open(directory);
    const state = reopened.openState('main');
    expect(state.position.index).toBeGreaterThanOrEqual(last);
    expect(state.position).toMatchObject({ managedIndex: BigInt(state.position.index) * 2n });
    expect(rows(state).count).toBe(state.position.index);
    await reopened.close();
  }
});

test.each([
  [
    'flipped in one byte',
    (file: string) =>
      writeFileSync(file, Buffer.from(readFileSync(file, 'latin1').replace('donated', 'domated'), 'latin1')),
  ],
  ['cut short', (file: string) => truncateSync(file, 8192)],
  ['empty', (file: string) => truncateSync(file, 0)],
])('a received file that is %s is refused and removed, and changes nothing', async (_, damage) => {
  const directory = await receiver();
  const data = await open(directory);
  const state = data.openState('main');
  const received = join(data.receivingDirectory, 'from-a-peer');
  copyFileSync(await donation(), received);
  damage(received);
  const failure = await failureOf(state.accept(received, 50));
  expect(failure.code).toBe('SNAPSHOT_DAMAGED');
  expect(failure.message).toContain(received);
  expect(leftovers(directory)).toEqual([]);
  expect(rows(state)).toEqual({ count: 15, values: ['own'] });
});

test('a received file at another index than announced, or of another cluster, is refused', async () => {
  const directory = await receiver();
  const data = await open(directory);
  const state = data.openState('main');
  const received = join(data.receivingDirectory, 'from-a-peer');
  copyFileSync(await donation(), received);
  expect((await failureOf(state.accept(received, 51))).message).toContain('index 50, announced was 51');

  const foreign = await DataDirectory.open({ directory: temporaryDirectory(), cluster: 'cluster-b', node: NODE });
  onTestFinished(() => foreign.close());
  const other = foreign.openState('main');
  apply(other, 50, 'foreign');
  copyFileSync((await other.snapshot()).path, received);
  expect(await codeOf(state.accept(received, 50))).toBe('DATA_DIR_FOREIGN');
});

test('a state that is replaced takes no writes meanwhile, and reads see the old one, then the new one', async () => {
  const data = await open(await receiver());
  const state = data.openState('main');
  const received = join(data.receivingDirectory, 'from-a-peer');
  copyFileSync(await donation(), received);
  await state.accept(received, 50);
  await data.log.append([{ group: 'main', snapshot: point(50, 2), entries: [] }]);
  const installing = state.install(50);
  await Promise.resolve();
  expect(await codeOf(() => state.transact(() => position(16)))).toBe('STORE_CLOSED');
  expect(rows(state)).toEqual({ count: 15, values: ['own'] });
  await installing;
  expect(rows(state)).toEqual({ count: 50, values: ['donated'] });
  expect(state.syncedIndex).toBe(50);
  state.transact(() => position(51));
});

/** Log 1 … 20 cut at 10, snapshot and state at 15. */
async function cutDirectory(): Promise<string> {
  const directory = await receiver();
  const data = await open(directory);
  await data.openState('main').snapshot();
  await data.log.cut('main', point(15), 10);
  await data.close();
  return directory;
}

test('a state file that was moved away is restored from this node’s own snapshot', async () => {
  const directory = await cutDirectory();
  renameSync(join(directory, 'state', 'main.db'), join(directory, 'moved-away'));
  const state = (await open(directory)).openState('main');
  expect(state.position.index).toBe(15);
  expect(rows(state)).toEqual({ count: 15, values: ['own'] });
  expect((await state.newestSnapshot())?.position.index).toBe(15);
});

test('files that do not belong together are refused, saying what is missing', async () => {
  const withoutSnapshot = await cutDirectory();
  rmSync(join(withoutSnapshot, 'state'), { recursive: true });
  const data = await open(withoutSnapshot);
  const behind = await failureOf(() => data.openState('main'));
  expect(behind.code).toBe('STATE_BEHIND_LOG');
  expect(behind.message).toContain('is missing; its log holds 11 … 20');

  const withoutLog = await cutDirectory();
  for (const name of ['log.db', 'log.mark']) rmSync(join(withoutLog, name));
  const missing = await failureOf(open(withoutLog));
  expect(missing.code).toBe('LOG_MISSING');
  expect(missing.message).toContain('main');

  const mixed = await cutDirectory();
  cpSync(join(await donation(), '..', 'main.db'), join(mixed, 'state', 'main.db'));
  const ahead = await open(mixed);
  expect(await codeOf(() => ahead.openState('main'))).toBe('LOG_BEHIND_STATE');
});
