/**
 * Three nodes in one process, mutated or not, as the reference's `mutants` door serves them; the kit sees them as an
 * attached cluster. This process is started and ended here and nowhere else.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { EnvironmentError } from '../failure.js';

const READY_WITHIN_MS = 30_000;

const readySchema = z.object({
  nodes: z.array(z.object({ id: z.string(), om: z.string(), control: z.string() })).min(1),
});
export type ServedNodes = z.infer<typeof readySchema>['nodes'];

export class ServedCluster {
  readonly nodes: ServedNodes;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, nodes: ServedNodes) {
    this.#process = process;
    this.nodes = nodes;
  }

  /** Throws EnvironmentError when the nodes do not come up. */
  static async start(dist: string, mutant: string | undefined): Promise<ServedCluster> {
    const process_ = spawn(
      process.execPath,
      [`${dist}/reference/mutants/main.js`, 'serve', ...(mutant === undefined ? [] : ['--mutant', mutant])],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let log = '';
    process_.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000);
    });
    const line = await new Promise<string | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), READY_WITHIN_MS);
      const end = (text: string | undefined) => {
        clearTimeout(timer);
        resolve(text);
      };
      createInterface({ input: process_.stdout }).once('line', end);
      process_.once('exit', () => end(undefined));
    });
    if (line === undefined) {
      process_.kill('SIGKILL');
      throw new EnvironmentError(
        'NODE_START_FAILED',
        `the cluster of mutant ${mutant ?? 'none'} did not start: ${log}`,
      );
    }
    return new ServedCluster(process_, readySchema.parse(JSON.parse(line)).nodes);
  }

  /** True while no node has ended by itself. */
  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}
