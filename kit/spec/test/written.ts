/** Reads features that a test wrote, the way a run reads them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSpecification } from '../../cucumber/read.js';
import type { Reading } from '../reading.js';

/** @param files path under the root → text */
export async function readWritten(files: Readonly<Record<string, string>>): Promise<Reading> {
  const root = mkdtempSync(join(tmpdir(), 'omc-features-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await readSpecification({ root, support: [] });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
