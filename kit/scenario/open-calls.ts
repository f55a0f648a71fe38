/**
 * Calls that a scenario leaves open while it does something else. Whether one waits is seen by a witness: an echo, sent to the same node
 * later and on another connection, that is answered while the call is open (design §6).
 */
import { setMaxListeners } from 'node:events';
import type { Witnessed } from '../assert/waits.js';
import type { RunContext } from '../run/context.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { echoRead } from '../wire/requests.js';
import type { Request } from './operation.js';

/** A node that takes one call after the other has looked at the open one by the first; one with many threads has by the last. */
const WITNESSES = 3;

interface OpenCall {
  /** Undefined: of nobody who has a name. */
  readonly client: string | undefined;
  readonly learn: ((ended: Outcome) => void) | undefined;
  readonly node: string;
  readonly outcome: Promise<Outcome>;
  ended: Outcome | undefined;
}

export class OpenCalls {
  #calls: OpenCall[] = [];
  #left = leaving();

  constructor(private readonly run: RunContext) {}

  get count(): number {
    return this.#calls.length;
  }

  /**
   * Sends the call and goes on. It has time for all that the node may let it wait, unless `options` say otherwise.
   *
   * @param by name of the client that makes it
   * @param learn called once with what it came to, when `ends` answers that
   */
  send(node: string, request: Request, options: CallOptions = {}, learn?: (ended: Outcome) => void, by?: string): void {
    const { callMs, clusterStartMs } = this.run.target.budgets;
    const deadlineMs = Math.max(callMs, clusterStartMs);
    const call: OpenCall = {
      client: by,
      node,
      learn,
      ended: undefined,
      outcome: this.run.client
        .call(node, request, { deadlineMs, signal: this.#left.signal, ...options })
        .then((outcome) => {
          call.ended = outcome;
          return outcome;
        }),
    };
    this.#calls.push(call);
  }

  /**
   * Each call that was sent, beside a witness on its node.
   *
   * @param options of the witness: on the connection of the calls it comes behind them, however long that takes to be made
   */
  async witnessed(options: CallOptions = { connection: 'witness' }): Promise<Witnessed[]> {
    const nodes = [...new Set(this.#calls.map(({ node }) => node))];
    const witnesses = new Map(
      await Promise.all(nodes.map(async (node) => [node, await this.#witness(node, options)] as const)),
    );
    return this.#calls.flatMap(({ node, ended }) => {
      const witness = witnesses.get(node);
      return witness === undefined ? [] : [{ ended, witness }];
    });
  }

  /**
   * What the calls came to, in the order in which they were sent. They are forgotten.
   *
   * @param by those of this client alone; of nobody who has a name, where that is undefined
   */
  async ends(by?: { readonly client: string | undefined }): Promise<Outcome[]> {
    const calls = this.#calls.filter(({ client }) => by === undefined || client === by.client);
    this.#calls = this.#calls.filter((call) => !calls.includes(call));
    const ended = await Promise.all(calls.map(async ({ outcome, learn }) => ({ outcome: await outcome, learn })));
    for (const { outcome, learn } of ended) learn?.(outcome);
    return ended.map(({ outcome }) => outcome);
  }

  /** Whether this client still waits for one of its calls at least. */
  hasOpen(client: string): boolean {
    return this.#calls.some((call) => call.client === client && call.ended === undefined);
  }

  /** Takes back what is still open: its client goes away. */
  leave(): void {
    this.#left.abort();
    this.#left = leaving();
    this.#calls = [];
  }

  /** The last of several; the first that is not answered. */
  async #witness(node: string, options: CallOptions): Promise<Outcome> {
    for (let left = WITNESSES; ; left -= 1) {
      const seen = await this.run.client.call(node, echoRead, options);
      if (left === 1 || seen.kind !== 'answered') return seen;
    }
  }
}

/** For calls in any number: Node warns of more than ten that listen to one signal. */
function leaving(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
