#!/usr/bin/env node
// Runs etcd's own test suite of raft, at the version that go.mod names, on the WebAssembly target in Node: what is shipped
// is what was tested. The tests come with the Go module and are not part of this repository.
// Called by `go test -exec` with --exec, it is also the runner of one compiled test binary.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MODULE = 'go.etcd.io/raft/v3';
const self = fileURLToPath(import.meta.url);

if (process.argv[2] === '--exec') {
  await runBinary(process.argv[3], process.argv.slice(3));
} else {
  await runSuite();
}

async function runBinary(path, args) {
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({
    version: 'preview1',
    args,
    env: { PWD: process.cwd(), HOME: '.', TMPDIR: '.' },
    preopens: { '/': '/' },
    returnOnExit: true,
  });
  const module = await WebAssembly.compile(readFileSync(path));
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  process.exit(wasi.start(instance));
}

async function runSuite() {
  const counts = { passed: 0, topLevel: 0, failed: 0, skipped: 0, packages: 0, packagesFailed: 0 };
  const failures = [];
  const go = spawn(
    'go',
    ['test', '-count=1', '-v', '-exec', `${process.execPath} --no-warnings ${self} --exec`, `${MODULE}/...`],
    {
      cwd: dirname(self),
      env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise((resolve, reject) => go.once('error', reject).once('close', resolve)).catch(
    (error) => `${error.message}: is Go installed?`,
  );
  for await (const line of createInterface({ input: go.stdout })) {
    count(line, counts);
    if (/^\s*(--- FAIL|FAIL\s+\S|panic:)/.test(line)) {
      failures.push(line);
    }
  }
  const code = await ended;
  console.log(
    `${MODULE} on wasip1/wasm: ${counts.packages} packages ok, ${counts.packagesFailed} failed; ` +
      `${counts.passed} passed (${counts.topLevel} top level), ${counts.failed} failed, ${counts.skipped} skipped`,
  );
  if (code !== 0 || counts.failed > 0 || counts.packagesFailed > 0 || counts.packages === 0 || counts.passed === 0) {
    console.error([...failures, `etcd-suite: go test ended with ${code}`].join('\n'));
    process.exit(1);
  }
}

function count(line, counts) {
  if (/^\s*--- PASS: /.test(line)) {
    counts.passed++;
    counts.topLevel += line.startsWith('---') ? 1 : 0;
  } else if (/^\s*--- FAIL: /.test(line)) {
    counts.failed++;
  } else if (/^\s*--- SKIP: /.test(line)) {
    counts.skipped++;
  } else if (/^ok\s/.test(line)) {
    counts.packages++;
  } else if (/^FAIL\s+\S/.test(line)) {
    counts.packagesFailed++;
  }
}
