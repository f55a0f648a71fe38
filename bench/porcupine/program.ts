/** Builds the second judge from its Go sources, native or as WebAssembly, and says how it is started. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OtherJudge } from './compare.js';

const SOURCES = fileURLToPath(new URL('../../../bench/porcupine/', import.meta.url));
const RUNNER = join(SOURCES, 'run-wasm.mjs');

/** Whether there is a Go to build it with. */
export function hasGo(): boolean {
  return spawnSync('go', ['version'], { cwd: SOURCES }).status === 0;
}

/** @throws Error when it cannot be built */
export function buildJudge(kind: 'native' | 'wasm', folder: string): OtherJudge {
  mkdirSync(folder, { recursive: true });
  const target = join(folder, kind === 'native' ? 'judge' : 'judge.wasm');
  const wasm = kind === 'native' ? {} : { GOOS: 'wasip1', GOARCH: 'wasm' };
  const built = spawnSync('go', ['build', '-trimpath', '-buildvcs=false', '-o', target, '.'], {
    cwd: SOURCES,
    env: { ...process.env, CGO_ENABLED: '0', ...wasm },
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the second judge could not be built: ${built.stderr}`);
  return kind === 'native'
    ? { command: target, arguments: [] }
    : { command: process.execPath, arguments: ['--no-warnings', RUNNER, target] };
}
