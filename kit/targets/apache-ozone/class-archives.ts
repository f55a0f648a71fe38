/**
 * Class data sharing archives beside a release's jars: the first cluster of a release writes one per kind of server when
 * it ends, later ones start from it (about a third of the remaining start-up work). Java itself refuses an archive that
 * does not fit; this file only decides which one to offer.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from './jars.js';
import type { ClassArchive } from './jvm.js';
import { type NodeName, SCM } from './layout.js';
import type { Java } from './toolchain.js';

/** One OM writes for all three. */
const WRITERS: readonly NodeName[] = [SCM, 'om1'];
const PART = '.part';
/** A part older than this was left by a process that was killed while it wrote. */
const STALE_MS = 24 * 3600_000;

export class ClassArchives {
  readonly #folder: string;
  readonly #key: string;

  /** The Java build and the class path decide whether an archive fits. */
  constructor(release: Release, java: Java) {
    this.#folder = join(release.folder, 'cds');
    this.#key = createHash('sha256')
      .update([java.version, ...release.jars].join('\n'))
      .digest('hex')
      .slice(0, 12);
  }

  /** For one start of a server; undefined where there is none and this process does not write one. */
  forStart(node: NodeName, task: 'init' | 'run'): ClassArchive | undefined {
    const file = join(this.#folder, `${node === SCM ? 'scm' : 'om'}-${this.#key}.jsa`);
    if (existsSync(file)) return { use: file };
    if (task === 'init' || !WRITERS.includes(node)) return undefined;
    mkdirSync(this.#folder, { recursive: true });
    this.#removeStale();
    return { write: `${file}.${randomUUID()}${PART}` };
  }

  #removeStale(): void {
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const writtenMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (name.endsWith(PART) && Date.now() - writtenMs > STALE_MS) rmSync(path, { force: true });
    }
  }
}

/** Makes an archive known to later starts, once the process that wrote it has ended by itself. */
export function publish(part: string): void {
  if (!existsSync(part)) return;
  renameSync(part, part.slice(0, part.lastIndexOf('.jsa') + '.jsa'.length));
}
