/**
 * Clients that create, give away and delete volumes as fast as they are answered, each looking for the leader on its own.
 * They repeat no write: what came of each goes to the record, and they go on with another volume.
 */
import type { RunContext } from '../run/context.js';
import type { ScenarioNames } from '../scenario/names.js';
import { type Operation, requestOf } from '../scenario/operation.js';
import type { Outcome } from '../wire/outcome.js';
import { AcknowledgedWrites, type VolumeWrite } from './acknowledged.js';
import { FollowingClient } from './following-client.js';

const MAX_VOLUMES = 5_000;

export class VolumeWorkload {
  readonly #waiting = new Set<() => void>();
  #clients: Promise<void>[] = [];
  #stopped = false;
  #volumes = 0;

  readonly #record: AcknowledgedWrites;

  /** @param record of an earlier workload of the scenario, which this one goes on with */
  constructor(
    private readonly run: RunContext,
    private readonly names: ScenarioNames,
    record = new AcknowledgedWrites(),
  ) {
    this.#record = record;
  }

  get acknowledged(): number {
    return this.#record.count;
  }

  start(clients: number): void {
    this.#clients = Array.from({ length: clients }, (_, position) => this.#client(position));
  }

  /** Waits for `more` acknowledged writes; false when they did not come within the budget. */
  async acknowledges(more: number, budgetMs: number): Promise<boolean> {
    const wanted = this.#record.count + more;
    return await new Promise<boolean>((resolve) => {
      const end = (value: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(value);
      };
      const look = (): void => {
        if (this.#record.count >= wanted) end(true);
      };
      const timer = setTimeout(() => end(false), budgetMs);
      this.#waiting.add(look);
      look();
    });
  }

  /**
   * Asks a node for `count` more volumes at once and waits for the ends of these calls, whatever they are; false when they
   * did not come within the budget. The clients may all be waiting for something else just then.
   */
  async creates(node: string, count: number, budgetMs: number): Promise<boolean> {
    const calls = Array.from({ length: count }, async () => {
      const volume = this.names.nextVolume();
      const write: VolumeWrite = { kind: 'create', owner: `first-${volume}` };
      this.#record.record(volume, write, await this.run.client.call(node, requestOf(operationOf(volume, write))));
    });
    // What is late belongs to the record too: `stop` waits for it.
    this.#clients.push(...calls);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), budgetMs);
    });
    try {
      return await Promise.race([Promise.all(calls).then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the clients after their calls in flight, and answers the record. */
  async stop(): Promise<AcknowledgedWrites> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    return this.#record;
  }

  async #client(position: number): Promise<void> {
    const client = new FollowingClient(this.run, position);
    const send = async (volume: string, write: VolumeWrite): Promise<Outcome> => {
      const outcome = await this.run.client.call(client.node, requestOf(operationOf(volume, write)));
      this.#record.record(volume, write, outcome);
      for (const look of [...this.#waiting]) look();
      await client.decided(outcome);
      return outcome;
    };
    for (let round = 0; !this.#stopped && this.#volumes < MAX_VOLUMES; round += 1) {
      this.#volumes += 1;
      const volume = this.names.nextVolume();
      for (const write of writesOf(round, volume)) {
        // What may not exist is left alone: the next write would only blur what is known of it.
        if ((await send(volume, write)).kind !== 'answered' || this.#stopped) break;
      }
    }
  }
}

/** Every volume is created; every third is given away then, and every fourth is deleted in the end. */
function writesOf(round: number, volume: string): VolumeWrite[] {
  const writes: VolumeWrite[] = [{ kind: 'create', owner: `first-${volume}` }];
  if (round % 3 === 2) writes.push({ kind: 'give', owner: `second-${volume}` });
  if (round % 4 === 3) writes.push({ kind: 'delete' });
  return writes;
}

function operationOf(volume: string, write: VolumeWrite): Operation {
  switch (write.kind) {
    case 'create':
      return { kind: 'create-volume', volume, owner: write.owner, quota: undefined };
    case 'give':
      return { kind: 'set-owner', volume, owner: write.owner };
    case 'delete':
      return { kind: 'delete-volume', volume };
  }
}
