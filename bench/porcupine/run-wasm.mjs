#!/usr/bin/env node
// Runs the second judge as WebAssembly: its module, and what it is given. Files are read where they are.
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const [path, ...given] = process.argv.slice(2);
const wasi = new WASI({
  version: 'preview1',
  args: ['judge', ...given],
  env: {},
  preopens: { '/': '/' },
  returnOnExit: true,
});
const module = await WebAssembly.compile(readFileSync(path));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exit(wasi.start(instance));
