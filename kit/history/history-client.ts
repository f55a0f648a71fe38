/**
 * One client of a recording: a call at a time, each to the node that it takes for the leader, reads to where the plan has them. After a
 * call that nobody decided it sends no write before somebody accepts writes again.
 */
import type { RunContext } from '../run/context.js';
import type { Draws } from '../scenario/draws.js';
import type { Request } from '../scenario/operations/kinds.js';
import { clientIdIn } from '../scenario/written-key.js';
import type { CallOptions, Outcome, ReadHint } from '../wire/outcome.js';
import { echoWrite, msync } from '../wire/requests.js';
import { AutoMsync, type AutoMsyncSetting } from './auto-msync.js';
import { type HistoryOperation, isRead } from './call.js';
import { FollowingClient } from './following-client.js';
import { historyRequest } from './history-request.js';
import type { MixedWorkload } from './mixed-workload.js';
import type { Pace } from './pace.js';
import type { RecordedClient, Recorder } from './recorder.js';

/** Which node a read is sent to: the one that the client takes for the leader, another, or any. */
export type ReadAt = 'the leader' | 'followers' | 'every node';

export type Reads =
  /** Each under a hint, or plain. */
  | { readonly at: ReadAt; readonly hint?: ReadHint }
  /** Each by what its client knows. */
  | { readonly at: ReadAt; readonly autoMsync: AutoMsyncSetting };

export class HistoryClient {
  readonly #following: FollowingClient;
  readonly #record: RecordedClient;
  /** Of a client that reads by what it knows. */
  readonly #autoMsync: AutoMsync | undefined;
  #sessions = 0;

  constructor(
    private readonly run: RunContext,
    private readonly reads: Reads,
    private readonly workload: MixedWorkload,
    private readonly draws: Draws,
    recorder: Recorder,
    private readonly pace: Pace,
    private readonly position: number,
  ) {
    this.#following = new FollowingClient(run, position - 1);
    this.#record = recorder.client(position);
    this.#autoMsync = 'autoMsync' in reads ? new AutoMsync(reads.autoMsync) : undefined;
  }

  async work(): Promise<void> {
    await this.#findLeader();
    while (await this.pace.turn()) {
      const drawn = this.workload.next(this.draws);
      if (drawn.kind !== 'write-key') await this.#send(drawn);
      else {
        this.#sessions += 1;
        const content = `${this.position}-${this.#sessions}`;
        const opened = await this.#write({ kind: 'open-key', ...drawn.place, content });
        const clientId = clientIdIn(opened);
        if (clientId !== undefined && (await this.pace.turn())) {
          await this.#write({ kind: 'commit-key', ...drawn.place, content }, clientId);
        }
      }
    }
  }

  async #send(operation: HistoryOperation): Promise<void> {
    if (isRead(operation)) await this.#read(operation);
    else await this.#write(operation);
  }

  async #write(operation: HistoryOperation, clientId = 0n): Promise<Outcome> {
    const outcome = await this.#call('write', this.#following.node, historyRequest(operation, clientId));
    this.#record.took(operation, outcome);
    if (!(await this.#following.decided(outcome))) await this.#findLeader();
    return outcome;
  }

  /** One that waits for an Msync began before that; without one it is not sent at all (FR-AUTO-8). */
  async #read(operation: HistoryOperation): Promise<void> {
    const beganAtMs = performance.now();
    if (this.#autoMsync?.isDue(beganAtMs) && !(await this.#msync())) return;
    const node = this.#nodeToRead();
    const hint = 'hint' in this.reads ? this.reads.hint : undefined;
    const options = hint === undefined ? {} : { hint };
    const outcome = await this.#call('read', node, historyRequest(operation, 0n), options);
    this.#record.took(operation, outcome, this.#autoMsync === undefined ? undefined : beganAtMs);
    // A read that was sent to a node on purpose says nothing of who leads.
    if (node === this.#following.node && !(await this.#following.decided(outcome))) await this.#findLeader();
  }

  #nodeToRead(): string {
    const nodes = this.run.target.nodes.map(({ id }) => id);
    const leader = this.#following.node;
    switch (this.reads.at) {
      case 'the leader':
        return leader;
      case 'followers':
        return this.draws.oneOf(nodes.length > 1 ? nodes.filter((node) => node !== leader) : nodes);
      case 'every node':
        return this.draws.oneOf(nodes);
    }
  }

  /** Asks one node after the other for the leader's word; false where it was decided that there is none. */
  async #msync(): Promise<boolean> {
    while (!this.pace.stopped) {
      const beforeMs = performance.now();
      const outcome = await this.#call('msync', this.#following.node, msync);
      if (this.#autoMsync?.isConfirmedSince(beforeMs) === true) return true;
      if (await this.#following.decided(outcome)) return false;
    }
    return false;
  }

  /** Every write that is sent to nobody who can carry it out may still happen: without a leader none is sent. */
  async #findLeader(): Promise<void> {
    while (!this.pace.stopped) {
      if (await this.#following.decided(await this.#call('write', this.#following.node, echoWrite))) return;
    }
  }

  /** With what the client knows, which is more afterwards. */
  async #call(
    asked: 'msync' | 'write' | 'read',
    node: string,
    request: Request,
    options: CallOptions = {},
  ): Promise<Outcome> {
    const autoMsync = this.#autoMsync;
    if (autoMsync === undefined) return await this.run.client.call(node, request, options);
    const outcome = await this.run.client.call(node, request, { ...options, stateId: autoMsync.vector });
    autoMsync.learn(asked, outcome);
    return outcome;
  }
}
