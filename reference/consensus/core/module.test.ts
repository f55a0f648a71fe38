/** The packed module is the one whose hash is recorded, and is found from compiled code. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compile, packedModulePath } from './module.js';

test('it is found from the root of the package, wherever the code runs', () => {
  expect(packedModulePath()).toMatch(/reference\/consensus\/wasm\/raft\.wasm\.br$/);
  expect(() => packedModulePath('/')).toThrow('no folder above / holds a package.json');
});

test('it unpacks to what raft.wasm.sha256 says', () => {
  const path = packedModulePath();
  const [expected] = readFileSync(join(dirname(path), 'raft.wasm.sha256'), 'utf8').split(' ');
  const hash = createHash('sha256').update(brotliDecompressSync(readFileSync(path)));
  expect(hash.digest('hex')).toBe(expected);
});

test('a file that is missing, cut off or another one is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-core-'));
  try {
    const file = join(folder, 'raft.wasm.br');
    expect(() => compile(file)).toThrow(/CONSENSUS_CORE_MISSING.*ENOENT/);
    writeFileSync(file, readFileSync(packedModulePath()).subarray(0, 1000));
    expect(() => compile(file)).toThrow('CONSENSUS_CORE_MISSING');
    writeFileSync(file, brotliCompressSync(Uint8Array.from([0, 0x61, 0x73, 0x6d])));
    expect(() => compile(file)).toThrow('CONSENSUS_CORE_MISSING');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
