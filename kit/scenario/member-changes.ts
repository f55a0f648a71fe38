/**
 * Has nodes lose their data directory and the cluster change its members, through the control service, and keeps a list of what
 * it did, so that the cluster can be put back whatever becomes of the scenario. It judges nobody: what was refused is told.
 */
import type { ChangeAnswer, GroupStatus, MembershipChange } from '../control/control.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';
import { mainGroup } from './main-group.js';
import { type StartAnswer, startAnswer } from './node-faults.js';
import { settle } from './settled.js';

const PAUSE_MS = 50;

export class MemberChanges {
  /** Nodes that are not what they were: erased, removed or learners; with the path of their data directory, once erased. */
  readonly #changed = new Map<string, string | undefined>();
  /** Member ids that each of them had, oldest first. */
  readonly #ids = new Map<string, bigint[]>();

  constructor(private readonly run: RunContext) {}

  idsOf(node: string): readonly bigint[] {
    return this.#ids.get(node) ?? [];
  }

  directoryOf(node: string): string | undefined {
    return this.#changed.get(node);
  }

  /** Erases the node's data directory; the node is down afterwards. */
  async lose(node: string): Promise<void> {
    await this.#noteId(node);
    this.#changed.set(node, undefined);
    this.#changed.set(node, await this.#control().dropReplica(node));
  }

  /** Starts a node again that was erased. */
  async start(node: string): Promise<StartAnswer> {
    return await startAnswer(this.run, node);
  }

  /** Asks once. */
  async change(change: MembershipChange, node: string): Promise<ChangeAnswer> {
    if (change !== 'drain' && change !== 'promote') this.#changed.set(node, this.#changed.get(node));
    return await this.#control().changeMembership(change, node);
  }

  /** Asks until it is done or the budget is over: an election, or a learner that catches up, takes its time. */
  async changeInTime(change: MembershipChange, node: string): Promise<ChangeAnswer> {
    const endsAtMs = performance.now() + this.run.target.budgets.clusterStartMs;
    for (;;) {
      const answer = await this.#ask(change, node);
      if (answer.kind === 'done' || performance.now() >= endsAtMs) return answer;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Asks once that the node become the leader. */
  async handOver(node: string): Promise<ChangeAnswer> {
    const control = this.#control();
    try {
      await control.transferLeadership(node);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      return { kind: 'refused', why: error.message };
    }
    const { member = 0n, voters = [], learners = [] } = (await control.status(node))[0] ?? {};
    return { kind: 'done', member, voters, learners };
  }

  /** Removes an erased node, admits it as a learner and starts it. */
  async admitAsLearner(node: string): Promise<ChangeAnswer> {
    for (const change of ['remove', 'add learner'] as const) {
      const answer = await this.changeInTime(change, node);
      if (answer.kind === 'refused') return answer;
    }
    const started = await this.start(node);
    if (started.kind === 'refused') return { kind: 'refused', why: started.words };
    return await this.changeInTime('add learner', node);
  }

  /** All of it: the node is a voter again once it has caught up. */
  async admit(node: string): Promise<ChangeAnswer> {
    const learner = await this.admitAsLearner(node);
    if (learner.kind === 'refused') return learner;
    const voter = await this.changeInTime('promote', node);
    if (voter.kind === 'done') {
      await this.#noteId(node);
      this.#changed.delete(node);
    }
    return voter;
  }

  /** Makes every node a voter again. Throws EnvironmentError. Nothing to undo: returns at once. */
  async putBack(): Promise<void> {
    if (this.#changed.size === 0) return;
    for (const node of [...this.#changed.keys()]) {
      const answer = await this.#putBackOne(node);
      if (answer.kind === 'refused')
        throw new EnvironmentError('NODE_ACTION_FAILED', `${node} was not admitted again: ${answer.why}`);
    }
    await settle(this.run);
  }

  /** A learner is promoted; anything else that runs is erased first: as an erased node it can be admitted. */
  async #putBackOne(node: string): Promise<ChangeAnswer> {
    const role = await this.#roleIfUp(node);
    if (role !== 'learner') {
      if (role !== 'down' || this.#changed.get(node) === undefined) await this.lose(node);
      return await this.admit(node);
    }
    const answer = await this.changeInTime('promote', node);
    if (answer.kind === 'done') this.#changed.delete(node);
    return answer;
  }

  async #roleIfUp(node: string): Promise<'down' | 'none' | GroupStatus['role']> {
    try {
      return (await mainGroup(this.run, node))?.role ?? 'none';
    } catch (error) {
      if (error instanceof EnvironmentError) return 'down';
      throw error;
    }
  }

  async #noteId(node: string): Promise<void> {
    const id = (await mainGroup(this.run, node))?.member;
    const known = this.#ids.get(node) ?? [];
    if (id !== undefined && id !== known.at(-1)) this.#ids.set(node, [...known, id]);
  }

  /** While there is no leader a change is as good as refused. */
  async #ask(change: MembershipChange, node: string): Promise<ChangeAnswer> {
    try {
      return await this.change(change, node);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      return { kind: 'refused', why: error.message };
    }
  }

  #control() {
    if (this.run.control === undefined) throw unable('there is no control service');
    return this.run.control;
  }
}

function unable(why: string): EnvironmentError {
  return new EnvironmentError('CAPABILITY_BROKEN', `the cluster claims that its members can change, and ${why}`);
}
