/** Random commands on paths of a tree and on a map of paths, written from the rules: same answers, same names, exact counters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../storage/state-store.js';
import { decodeKey } from '../key-info.js';
import { DELETED_DIRECTORIES, DIRECTORIES, FILES, OPEN_FILES } from '../tables.js';
import { FileWorld } from '../test/file-world.js';
import { statusName } from '../test/world.js';

type Kind = 'dir' | 'file';

/** Paths without slashes at the ends; the root is not among them. */
class Model {
  readonly paths = new Map<string, Kind>();

  mkdir(path: string): string {
    if (this.#fileOn(path) || this.paths.get(path) === 'file') return 'FILE_ALREADY_EXISTS';
    if (this.paths.has(path)) return 'DIRECTORY_ALREADY_EXISTS';
    for (const directory of [...parentsOf(path), path]) this.paths.set(directory, 'dir');
    return 'OK';
  }

  create(path: string): string {
    if (this.#fileOn(path) || this.paths.get(path) === 'dir') return 'NOT_A_FILE';
    for (const directory of parentsOf(path)) this.paths.set(directory, 'dir');
    return 'OK';
  }

  commit(path: string): void {
    this.paths.set(path, 'file');
  }

  remove(path: string, recursive: boolean): string {
    if (!this.paths.has(path)) return 'KEY_NOT_FOUND';
    const below = this.#below(path);
    if (below.length > 0 && !recursive) return 'DIRECTORY_NOT_EMPTY';
    for (const name of [path, ...below]) this.paths.delete(name);
    return 'OK';
  }

  rename(from: string, to: string): string {
    const kind = this.paths.get(from);
    if (kind === undefined) return 'KEY_NOT_FOUND';
    if (kind === 'dir' && to.startsWith(`${from}/`)) return 'KEY_RENAME_ERROR';
    if (from === to) return 'KEY_ALREADY_EXISTS';
    if (!this.paths.has(to)) {
      const parent = parentsOf(to).at(-1);
      return parent === undefined || this.paths.get(parent) === 'dir' ? this.#move(from, to) : 'KEY_RENAME_ERROR';
    }
    const inside = `${to}/${from.split('/').at(-1)}`;
    return this.paths.get(to) === 'file' || this.paths.has(inside) ? 'KEY_ALREADY_EXISTS' : this.#move(from, inside);
  }

  names(): readonly string[] {
    const names = [...this.paths].map(([path, kind]) => (kind === 'dir' ? `${path}/` : path));
    return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  #move(from: string, to: string): string {
    for (const name of [from, ...this.#below(from)]) {
      const kind = this.paths.get(name);
      if (kind !== undefined) this.paths.set(to + name.slice(from.length), kind);
      this.paths.delete(name);
    }
    return 'OK';
  }

  #fileOn(path: string): boolean {
    return parentsOf(path).some((parent) => this.paths.get(parent) === 'file');
  }

  #below(path: string): readonly string[] {
    return [...this.paths.keys()].filter((name) => name.startsWith(`${path}/`));
  }
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, n) => parts.slice(0, n + 1).join('/'));
}

const path = fc
  .array(fc.constantFrom('a', 'b', 'b!', 'é'), { minLength: 1, maxLength: 4 })
  .map((components) => components.join('/'));
const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('mkdir' as const), path }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('touch' as const), path, commits: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rename' as const), path, to: path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), path, recursive: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('purge' as const), rows: fc.integer({ min: 2, max: 6 }) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

function carryOut(step: Command, world: FileWorld, model: Model): void {
  switch (step.do) {
    case 'mkdir':
      expect(world.mkdir(step.path)).toBe(model.mkdir(step.path));
      return;
    case 'touch': {
      const answer = world.createKey(step.path);
      const expected = model.create(step.path);
      expect(statusName(answer)).toBe(expected);
      if (expected !== 'OK' || !step.commits) return;
      const id = answer.body.createKeyResponse?.ID ?? 0n;
      expect(statusName(world.commitKey(step.path, id, { dataSize: 5n }))).toBe('OK');
      model.commit(step.path);
      return;
    }
    case 'rename':
      expect(world.rename(step.path, step.to)).toBe(model.rename(step.path, step.to));
      return;
    case 'remove':
      expect(world.remove(step.path, step.recursive)).toBe(model.remove(step.path, step.recursive));
      return;
    case 'purge':
      world.purge(step.rows);
      return;
  }
}

/** Ids of directories: the bucket, those that are there, and those that are removed. */
function knownParents(world: FileWorld): Set<bigint> {
  const ids = [DIRECTORIES, DELETED_DIRECTORIES].flatMap((table) =>
    [...world.state.scan(table, {})].map(([, value]) => decodeKey(value).objectID ?? 0n),
  );
  return new Set([world.bucket('vol', 'bucket')?.objectID ?? 0n, ...ids]);
}

function parentIds(world: FileWorld, table: TableName): readonly bigint[] {
  return [...world.state.scan(table, {})].map(([key]) => Buffer.from(key).readBigUInt64BE());
}

function check(world: FileWorld, model: Model): void {
  expect(world.names()).toEqual(model.names());
  const known = knownParents(world);
  for (const table of [DIRECTORIES, FILES, OPEN_FILES] as const) {
    for (const parent of parentIds(world, table)) expect(known).toContain(parent);
  }
}

describe('a tree under random commands', () => {
  it('answers as the rules say, keeps no orphan, and counts exactly once all is purged (NS-FSO-1 to 5, NS-QTA-1)', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (steps) => {
        const world = new FileWorld();
        const model = new Model();
        for (const step of steps) {
          carryOut(step, world, model);
          check(world, model);
        }
        world.purgeAll(5);
        check(world, model);
        const files = BigInt([...model.paths.values()].filter((kind) => kind === 'file').length);
        expect(world.usage()).toEqual({ bytes: files * 15n, entries: BigInt(model.paths.size) });
        expect(parentIds(world, DIRECTORIES).length + parentIds(world, FILES).length).toBe(model.paths.size);
        expect([...world.state.scan(DELETED_DIRECTORIES, {})]).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
