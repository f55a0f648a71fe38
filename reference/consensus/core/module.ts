/**
 * Finds and compiles the WebAssembly module of the core. The module is kept packed in the sources, which compiled code
 * finds from the package's root; it is compiled once per process and shared by all instances.
 */
import './webassembly.js';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { ReferenceFailure } from '../../errors.js';

const PACKED = join('reference', 'consensus', 'wasm', 'raft.wasm.br');

let shared: WebAssembly.Module | undefined;

/**
 * The compiled module; about 35 ms at the first call.
 *
 * @throws ReferenceFailure `CONSENSUS_CORE_MISSING` when the file is missing or is not a module.
 */
export function raftModule(): WebAssembly.Module {
  shared ??= compile(packedModulePath());
  return shared;
}

/** Where the packed module stands: below the nearest folder upwards that holds a package.json. */
export function packedModulePath(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) {
      return join(folder, PACKED);
    }
    if (folder === dirname(folder)) {
      throw new ReferenceFailure('CONSENSUS_CORE_MISSING', `no folder above ${from} holds a package.json`);
    }
  }
}

/** Reads and compiles a packed module. */
export function compile(path: string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(brotliDecompressSync(readFileSync(path)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ReferenceFailure('CONSENSUS_CORE_MISSING', `${path} cannot be loaded: ${why}`, { cause });
  }
}
