import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDirectory } from './durable-files.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'om-durable-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('makes what is missing, outermost first, and nothing twice', () => {
  expect(makeDirectory(join(folder, 'a/b/c'))).toEqual([join(folder, 'a'), join(folder, 'a/b'), join(folder, 'a/b/c')]);
  expect(makeDirectory(join(folder, 'a/b/d'))).toEqual([join(folder, 'a/b/d')]);
  expect(makeDirectory(join(folder, 'a/b'))).toEqual([]);
});

it('says what stands in the way', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  symlinkSync('/nowhere', join(folder, 'dangling'));
  expect(() => makeDirectory(file)).toThrow('EEXIST');
  expect(() => makeDirectory(join(file, 'x'))).toThrow('ENOTDIR');
  expect(() => makeDirectory(join(folder, 'dangling'))).toThrow('EEXIST');
});

it.runIf(existsSync('/proc/self'))('ends where a system says ENOENT below a folder that exists', () => {
  expect(() => makeDirectory('/proc/none/such')).toThrow(/ENOENT.*\/proc\/none/);
});
