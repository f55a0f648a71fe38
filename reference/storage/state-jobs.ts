/**
 * The loop's side of the thread for state files: one for all groups of a node. Hands jobs over and resolves their results.
 */
import { Worker } from 'node:worker_threads';
import { ReferenceFailure } from '../errors.js';
import type { StateJob, StateJobResult, StateReport, StateRequest } from './state-thread.js';

type ResultOf<J extends StateJob> = StateJobResult & { readonly kind: J['kind'] };

interface Waiting {
  resolve(result: StateJobResult): void;
  reject(error: Error): void;
}

export class StateJobs {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: Error | undefined;

  constructor() {
    this.#worker = new Worker(new URL('./state-worker.js', import.meta.url), { name: 'state' });
    this.#worker.on('message', (report: StateReport) => {
      const waiting = this.#waiting.get(report.id);
      this.#waiting.delete(report.id);
      if ('failure' in report) waiting?.reject(ReferenceFailure.fromPlain(report.failure));
      else waiting?.resolve(report.result);
    });
    this.#worker.on('error', (error: Error) => this.#end(error));
  }

  /** Rejects with what the job failed with, or with `STORE_CLOSED`. Jobs are done one at a time, in order. */
  run<J extends StateJob>(job: J): Promise<ResultOf<J>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as ResultOf<J>), reject });
      this.#worker.postMessage({ id, job } satisfies StateRequest);
    });
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Ends the thread; what it is doing is left unfinished, which every file operation of it survives. */
  async close(): Promise<void> {
    this.#end(new ReferenceFailure('STORE_CLOSED', 'the thread for state files is closed'));
    await this.#worker.terminate();
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
