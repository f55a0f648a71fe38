/** Sends a request to its command and its group (design §3). With one group that is `main`, always. */
import { type ClusterActions, isForNode, isWrite, type NodeCommand } from '../namespace/command.js';
import type { OmCall, OmHandler } from '../service/om-call.js';
import type { NodeParts } from './parts.js';
import type { Replica } from './replica.js';

export class OmDispatch implements OmHandler {
  readonly #parts: NodeParts;
  readonly #main: Replica;
  readonly #cluster: ClusterActions;
  #closed = false;

  constructor(parts: NodeParts, main: Replica, cluster: ClusterActions) {
    this.#parts = parts;
    this.#main = main;
    this.#cluster = cluster;
  }

  submit(call: OmCall): void {
    if (this.#closed) {
      call.reply({ kind: 'refusal', refusal: stopping(this.#main.self.node), nothingProposed: true });
      return;
    }
    const command = this.#parts.commandFor(call.request);
    if (isForNode(command)) this.#carryOut(call, command);
    else if (isWrite(command)) this.#main.writes.submit(call, command);
    else this.#main.reads.submit(call, command);
  }

  #carryOut(call: OmCall, command: NodeCommand): void {
    command.carryOut(call.request, this.#cluster).then(
      (answer) => call.reply({ kind: 'answer', answer }),
      (error: unknown) => call.fault(error),
    );
  }

  /** Refuses what waits and what still comes. */
  close(): void {
    this.#closed = true;
    this.#main.close(stopping(this.#main.self.node));
  }
}

function stopping(node: string) {
  return { kind: 'retriable', text: `${node} is stopping` } as const;
}
