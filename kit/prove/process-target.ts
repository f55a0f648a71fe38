/**
 * Three processes of the reference, mutated or not, as a target of a run: the target `reference` with another program. It
 * notices nodes that are gone although nobody killed them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTargetFile } from '../targets/file.js';
import { ReferenceTarget } from '../targets/reference/target.js';
import type { ReferenceFile } from '../targets/schema.js';
import type { ProvedTarget } from './served-target.js';

const MAX_LOG_CHARS = 1000;
/** Every profile of which there are mutants, whether or not the bundled cluster claims it by itself. */
const CLAIMED = `kind: reference
profiles: [core, ha, read-consistency, follower-reads, leader-execution]
stages: [plain, read-consistency, follower-reads]`;

export class ProcessTarget extends ReferenceTarget implements ProvedTarget {
  #started = false;
  #crash: string | undefined;

  /** @param dist compiled code, as it was built or with a patch */
  constructor(dist: string) {
    super(plainFile(), { program: join(dist, 'reference', 'cli', 'main.js') });
  }

  get crash(): string | undefined {
    return this.#crash;
  }

  override async start(): Promise<void> {
    await super.start();
    this.#started = true;
  }

  /** Scenarios start again what they killed, so in the end every node runs. */
  override async stop(): Promise<void> {
    if (this.#started) {
      this.#started = false;
      const running = this.processIds();
      const gone = this.nodes.filter(({ id }) => !running.has(id)).map(({ id }) => `${id} (${this.#lastWords(id)})`);
      if (gone.length > 0) this.#crash = `nodes ended by themselves: ${gone.join(', ')}`;
    }
    await super.stop();
  }

  #lastWords(id: string): string {
    const { dataDir } = this;
    return dataDir === undefined
      ? 'no log'
      : readFileSync(join(dataDir, `${id}.log`), 'utf8')
          .trim()
          .slice(-MAX_LOG_CHARS);
  }
}

function plainFile(): ReferenceFile {
  const file = parseTargetFile(CLAIMED, 'the target of processes');
  if (file.kind !== 'reference') throw new Error('a target file of kind reference is one');
  return file;
}
