/**
 * Three nodes in one process, mutated or not, as the reference's `mutants` door serves them. This process is started and
 * ended here and nowhere else; that it ended by itself is remembered.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { EnvironmentError } from '../failure.js';
import { messageOf } from '../wire/text.js';

const STOP_GRACE_MS = 5000;
const MAX_LOG_CHARS = 4000;

const readySchema = z.object({
  nodes: z.array(z.object({ id: z.string(), om: z.string(), control: z.string() })).min(1),
});
const restartedSchema = z.object({ node: z.string(), started: z.boolean(), why: z.string().optional() });
type Restarted = Pick<z.infer<typeof restartedSchema>, 'started' | 'why'>;
export type ServedNodes = z.infer<typeof readySchema>['nodes'];

export class ServedCluster {
  readonly #process: ChildProcess;
  /** Resolves when the process has ended and its log is complete. */
  readonly exited: Promise<void>;
  /** Who waits for a node to be started again. */
  readonly #restarts = new Map<string, (answer: Restarted) => void>();
  #log = '';
  #stopping = false;

  private constructor(dist: string, mutant: string | undefined) {
    const door = join(dist, 'reference', 'mutants', 'main.js');
    const which = mutant === undefined ? [] : ['--mutant', mutant];
    this.#process = spawn(process.execPath, [door, 'serve', ...which], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-MAX_LOG_CHARS);
    });
    this.#process.stdin?.on('error', () => {}); // It has ended; its exit says so.
    this.exited = new Promise((resolve) => this.#process.once('close', () => resolve()));
  }

  /**
   * @param dist compiled code, as it was built or with a patch
   * @param mutant id of a policy mutant; undefined: the code as it is
   * @throws EnvironmentError NODE_START_FAILED when the nodes do not come up
   */
  static async start(
    dist: string,
    mutant: string | undefined,
    withinMs: number,
  ): Promise<{ readonly cluster: ServedCluster; readonly nodes: ServedNodes }> {
    const cluster = new ServedCluster(dist, mutant);
    try {
      return { cluster, nodes: await cluster.#ready(withinMs) };
    } catch (cause) {
      await cluster.stop();
      const why = `${messageOf(cause)}: ${cluster.#log.trim() || 'no output'}`;
      throw new EnvironmentError('NODE_START_FAILED', `the nodes of ${mutant ?? dist} did not start: ${why}`, {
        cause,
      });
    }
  }

  /** How it ended, when nobody asked it to. */
  get crash(): string | undefined {
    const { exitCode, signalCode } = this.#process;
    if (this.#stopping || (exitCode === null && signalCode === null)) return undefined;
    return `the process of the nodes ended by itself (${signalCode ?? `exit code ${exitCode}`}): ${this.#log.trim()}`;
  }

  /**
   * Stops a node, if it runs, and starts it.
   *
   * @param keys that the nodes were configured with: one whose directory is gone knows of none
   * @throws EnvironmentError NODE_START_FAILED with its last words
   */
  async restart(node: string, keys: Readonly<Record<string, string>> | undefined, withinMs: number): Promise<void> {
    const answer = new Promise<Restarted>((resolve, reject) => {
      this.#restarts.set(node, resolve);
      void this.exited.then(() => reject(new Error('the process of the nodes ended')));
      setTimeout(() => reject(new Error(`no word within ${withinMs} ms`)), withinMs).unref();
    });
    this.#process.stdin?.write(`${JSON.stringify({ node, keys })}\n`);
    const { started, why } = await answer.catch((error: unknown) => ({ started: false, why: messageOf(error) }));
    this.#restarts.delete(node);
    if (!started) throw new EnvironmentError('NODE_START_FAILED', `${node} did not start again: ${why ?? 'no word'}`);
  }

  /** Ends the nodes in good order, so that they remove what they stored; at once where they do not. */
  async stop(): Promise<void> {
    this.#stopping = this.crash === undefined;
    this.#process.stdin?.end();
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), STOP_GRACE_MS);
    await this.exited;
    clearTimeout(kill);
  }

  async #ready(withinMs: number): Promise<ServedNodes> {
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('it has no standard output');
    const lines = createInterface({ input: stdout });
    const line = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no word within ${withinMs} ms`)), withinMs);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        settle();
      };
      lines.once('line', (text) => end(() => resolve(text)));
      this.#process.once('error', (error) => end(() => reject(error)));
      this.#process.once('close', (code, signal) =>
        end(() => reject(new Error(`it ended with ${signal ?? `exit code ${code}`}`))),
      );
    });
    lines.on('line', (text) => {
      const answer = restartedSchema.parse(JSON.parse(text));
      this.#restarts.get(answer.node)?.(answer);
    });
    return readySchema.parse(JSON.parse(line)).nodes;
  }
}
