/** Sends a request to its command and its group (design §3). With one group that is `main`, always. */
import { type ClusterActions, isForNode, isForPosition, isWrite, type NodeCommand } from '../namespace/command.js';
import type { OmCall, OmHandler } from '../service/om-call.js';
import type { Refusal } from '../service/refusals.js';
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
    const outside = this.#outside();
    if (outside !== undefined) {
      call.reply({ kind: 'refusal', refusal: outside, nothingProposed: true });
      return;
    }
    const command = this.#parts.commandFor(call.request);
    if (isForNode(command)) this.#carryOut(call, command);
    else if (isForPosition(command)) this.#main.msyncs.submit(call, command);
    else if (isWrite(command)) this.#main.writes.submit(call, command);
    else this.#main.reads.submit(call, command);
  }

  #carryOut(call: OmCall, command: NodeCommand): void {
    const refusal = this.#main.reads.refusalOf(call, command);
    if (refusal !== undefined) {
      call.reply({ kind: 'refusal', refusal });
      return;
    }
    command.carryOut(call.request, this.#cluster).then(
      (answer) => call.reply({ kind: 'answer', answer }),
      (error: unknown) => call.fault(error),
    );
  }

  /** Whoever is no member has no state that anybody may be shown, and no leader to name but the one it was told of. */
  #outside(): Refusal | undefined {
    const { group, self } = this.#main;
    switch (this.#main.standing()) {
      case 'voter':
      case 'learner':
        return undefined;
      case 'joining':
        return { kind: 'retriable', text: `${self.node} waits until the other nodes know its data directory` };
      case 'outside':
        return { kind: 'no-member', self: self.node, group };
    }
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
