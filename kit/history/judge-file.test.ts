import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../failure.js';
import type { Guarantee, History } from './call.js';
import { historyText } from './file.js';
import { judgeFile } from './judge-file.js';
import { ok, read, says, shows, write, written } from './test/written.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'omc-judge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function saved(history: History): string {
  const path = join(folder, 'h.jsonl');
  writeFileSync(path, historyText(history));
  return path;
}

const right = written([0, 1_000, write('a', '1'), ok()], [2_000, 3_000, read('a'), shows('1')]);
const wrong = written([0, 1_000, write('a', '1'), ok()], [2_000, 3_000, read('a'), says('KEY_NOT_FOUND')]);

describe('judgeFile', () => {
  it('ends with 0 for a history with an order', () => {
    const { lines, exit } = judgeFile(saved(right));
    expect(exit).toBe(0);
    expect(lines[0]).toBe('2 calls of 2 clients: 2 answered, 0 failed for sure, 0 of unknown outcome');
    expect(lines[3]).toMatch(/^linearizable: one order explains every answer \(1 parts, \d+ steps\)$/);
  });
  it('ends with 1, and the calls, where there is none', () => {
    const { lines, exit } = judgeFile(saved(wrong));
    expect(exit).toBe(1);
    expect(lines.slice(3)).toEqual([
      'not linearizable: no order explains these 2 calls, whatever 0 others did',
      '  client 1 at om1, 0.0–1.0 ms: commits key "a" with "1": OK',
      '  client 2 at om1, 2.0–3.0 ms: reads key "a": KEY_NOT_FOUND',
    ]);
  });
  it('ends with 2 where the steps are spent', () => {
    const { lines, exit } = judgeFile(saved(right), 1);
    expect(exit).toBe(2);
    expect(lines[3]).toMatch(/^undecided: 1 steps decided all but 1 of its parts/);
  });
  it('prints what a file says without its control characters', () => {
    const evil = { ...right, header: { ...right.header, target: 'x\u001b[31m' } };
    expect(judgeFile(saved(evil)).lines.join('')).not.toContain('\u001b');
  });
  it.each<[string, string]>([
    ['no-such-file.jsonl', 'it cannot be read (ENOENT'],
    ['', 'it cannot be read (EISDIR'],
  ])('says of %j that it cannot be read', (name, message) => {
    const judged = () => judgeFile(join(folder, name));
    expect(judged).toThrow(UsageError);
    expect(judged).toThrow(message);
  });
  it('judges by what the header says that reads were promised', () => {
    const behind = written([0, 1_000, write('a', '1'), ok(), 1], [2_000, 3_000, read('a'), says('KEY_NOT_FOUND'), 2]);
    const promised = (guarantee: Guarantee) => ({ ...behind, header: { ...behind.header, guarantee } });
    const one = judgeFile(saved(promised({ kind: 'sequential per client' })));
    expect(one.exit).toBe(0);
    expect(one.lines[3]).toMatch(/^no client goes back behind what it wrote or saw: one order explains every answer/);
    expect(judgeFile(saved(promised({ kind: 'bounded staleness', maxMs: 1 }))).exit).toBe(0);
    const other = judgeFile(saved(promised({ kind: 'bounded staleness', maxMs: 0 })));
    expect(other.exit).toBe(1);
    expect(other.lines[3]).toBe(
      'not so that no read is older than 0 ms: no order explains these 2 calls, whatever 0 others did',
    );
  });
});
