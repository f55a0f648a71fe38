import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MessagesFile, readMessages } from './messages-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-messages-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const message = (id: number): Envelope => ({
  testCase: { id: String(id), pickleId: 'line\nbreak \u2028', testSteps: [] },
});

async function readAll(path: string): Promise<Envelope[]> {
  const all: Envelope[] = [];
  for await (const one of readMessages(path)) all.push(one);
  return all;
}

test('what is written is read back, in order', async () => {
  const path = join(folder, 'm.ndjson');
  const file = new MessagesFile(path);
  for (let id = 0; id < 3_000; id += 1) file.write(message(id));
  file.close();
  expect(await readAll(path)).toEqual(Array.from({ length: 3_000 }, (_, id) => message(id)));
});

test('memory is bounded: most of a long run is on disk before it ends', () => {
  const path = join(folder, 'm.ndjson');
  const file = new MessagesFile(path);
  for (let id = 0; id < 3_000; id += 1) file.write(message(id));
  const written = readFileSync(path, 'utf8').length;
  file.close();
  expect(readFileSync(path, 'utf8').length - written).toBeLessThan(64 * 1024);
  expect(written).toBeGreaterThan(0);
});

test('what comes after the end is dropped, and closing twice does nothing', async () => {
  const path = join(folder, 'm.ndjson');
  const file = new MessagesFile(path);
  file.write(message(1));
  file.close();
  file.write(message(2));
  file.close();
  expect(await readAll(path)).toHaveLength(1);
});

test('a full disk is an error once, and the file can be given up', () => {
  const file = new MessagesFile('/dev/full');
  file.write(message(1));
  expect(() => file.close()).toThrow(/ENOSPC/);
  file.abandon();
  expect(() => file.close()).not.toThrow();
});

test('a line that is cut is an error, not fewer messages', async () => {
  const path = join(folder, 'm.ndjson');
  writeFileSync(path, '{"testCase":{"id":"1","pickleId":"p","testSteps":[]}}\n{"testCa');
  await expect(readAll(path)).rejects.toThrow(/JSON/);
});
