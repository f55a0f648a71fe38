import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILES, ReportFolder } from './folder.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'omc-folder-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A report folder with the files of a run, and so many histories. */
function published(histories: number): (string | undefined)[] {
  const folder = new ReportFolder(join(root, 'report'));
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) writeFileSync(folder.file(name), '{}');
  const paths = Array.from({ length: histories }, (_, at) => folder.keepHistory('HA-10', `history ${at}`));
  folder.publish();
  return paths;
}

describe('histories in a report folder', () => {
  it('are where it said, once it is published', () => {
    const [first = '', second = ''] = published(2);
    expect(first).toBe(join(root, 'report', 'histories', 'HA-10-1.jsonl'));
    expect([first, second].map((path) => readFileSync(path, 'utf8'))).toEqual(['history 0', 'history 1']);
  });
  it('are those of the last run, and bounded', () => {
    const paths = published(60);
    expect(paths.filter((path) => path === undefined)).toHaveLength(10);
    expect(readdirSync(join(root, 'report', 'histories'))).toHaveLength(50);
    published(0);
    expect(existsSync(join(root, 'report', 'histories'))).toBe(false);
  });
  it('have names that are no paths', () => {
    const folder = new ReportFolder(join(root, 'other'));
    expect(folder.keepHistory('../../x', 'text')).toBe(join(root, 'other', 'histories', '------x-1.jsonl'));
    folder.discard();
  });
});
