#!/usr/bin/env node
// Builds raft.wasm.br and raft.wasm.sha256 from the Go sources beside this file; with --check, builds in a temporary
// folder and compares. The build is reproducible: same sources and same Go give the same bytes, whatever folder or cache.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const packed = join(here, 'raft.wasm.br');
const recorded = join(here, 'raft.wasm.sha256');

function fail(message) {
  console.error(`build:raft: ${message}`);
  process.exit(1);
}

function goVersion() {
  try {
    return execFileSync('go', ['env', 'GOVERSION'], { cwd: here, encoding: 'utf8' }).trim();
  } catch (error) {
    return fail(`Go is needed (the version named in ${join(here, 'go.mod')}) and could not be run: ${error.message}`);
  }
}

function build() {
  const folder = mkdtempSync(join(tmpdir(), 'raft-wasm-'));
  try {
    const target = join(folder, 'raft.wasm');
    const args = ['-trimpath', '-buildvcs=false', '-buildmode=c-shared', '-ldflags=-s -w -buildid=', '-o', target, '.'];
    execFileSync('go', ['build', ...args], {
      cwd: here,
      stdio: 'inherit',
      env: {
        ...process.env,
        GOOS: 'wasip1',
        GOARCH: 'wasm',
        CGO_ENABLED: '0',
        GOFLAGS: '',
        GOWASM: '',
        GOEXPERIMENT: '',
      },
    });
    return readFileSync(target);
  } catch (error) {
    return fail(`the Go build failed: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** One line as sha256sum writes it, then the Go that made it. */
const record = (hash, go) => `${hash}  raft.wasm\n# ${go}\n`;

const check = process.argv.includes('--check');
const go = goVersion();
const wasm = build();
const hash = sha256(wasm);

if (check) {
  const [line = '', comment = ''] = readFileSync(recorded, 'utf8').split('\n');
  const [expected] = line.split(' ');
  const madeBy = comment.replace(/^# /, '');
  const stored = sha256(brotliDecompressSync(readFileSync(packed)));
  if (stored !== expected) {
    fail(`raft.wasm.br unpacks to ${stored}, and raft.wasm.sha256 says ${expected}: run npm run build:raft`);
  }
  if (hash !== expected) {
    const other =
      go === madeBy ? 'the Go sources have changed: run npm run build:raft' : `it was made by ${madeBy}, this is ${go}`;
    fail(`the sources build to ${hash}, and raft.wasm.sha256 says ${expected}: ${other}`);
  }
  console.log(`raft.wasm ${hash} (${go}, ${wasm.length} bytes): the sources give the stored module`);
} else {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  };
  const small = brotliCompressSync(wasm, { params });
  writeFileSync(packed, small);
  writeFileSync(recorded, record(hash, go));
  console.log(`raft.wasm ${hash} (${go}, ${wasm.length} bytes), packed ${small.length} bytes`);
}
