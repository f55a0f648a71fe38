/**
 * The line of a scenario's client to the node that leads. It knows who led last and looks again after a refusal; it never
 * repeats a call that may have happened, except reads.
 */
import type { RunContext } from '../run/context.js';
import { accepted, awaitLeader } from '../run/leader.js';
import type { Budgets } from '../targets/target.js';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import { echoWrite } from '../wire/requests.js';
import { isRetryable } from '../wire/retryable.js';
import { type Operation, type Request, requestOf } from './operation.js';

/** One leader is known for all scenarios of a run: most find it where the one before left it. */
const leaders = new WeakMap<RunContext['client'], string>();

export class LeaderLine {
  #checked = false;

  constructor(private readonly run: RunContext) {}

  get nodes(): readonly string[] {
    return this.run.target.nodes.map(({ id }) => id);
  }

  get budgets(): Budgets {
    return this.run.target.budgets;
  }

  /**
   * The node that led when it was last looked. A scenario looks once at its beginning, so that leadership that moved between
   * two scenarios disturbs none. Throws EnvironmentError NO_LEADER.
   */
  async leader(): Promise<string> {
    const known = leaders.get(this.run.client);
    if (known === undefined) return await this.lookAgain();
    if (this.#checked || accepted(await this.run.client.call(known, echoWrite))) {
      this.#checked = true;
      return known;
    }
    return await this.lookAgain();
  }

  /** The node that accepts a write now. Throws EnvironmentError NO_LEADER. */
  async lookAgain(): Promise<string> {
    const { client } = this.run;
    const leader = await awaitLeader(client, this.nodes, this.budgets.clusterStartMs);
    leaders.set(client, leader);
    this.#checked = true;
    return leader;
  }

  /** Used where leadership was established in another way, or was lost. */
  remember(leader: string | undefined): void {
    if (leader === undefined) leaders.delete(this.run.client);
    else leaders.set(this.run.client, leader);
    this.#checked = leader !== undefined;
  }

  /** One call to the leader; its outcome, whatever it is. */
  async send(operation: Operation | Request, options?: CallOptions): Promise<Outcome> {
    const node = await this.leader();
    const outcome = await this.run.client.call(node, asRequest(operation), options);
    if (isRetryable(outcome)) this.remember(undefined);
    return outcome;
  }

  /**
   * One write to the node that led last, for those who send again what is refused: when it is accepted, that is the look at the
   * leader. Answers its outcome, whatever it is.
   */
  async sendFirst(operation: Operation | Request): Promise<Outcome> {
    const node = leaders.get(this.run.client) ?? (await this.lookAgain());
    const outcome = await this.run.client.call(node, asRequest(operation));
    if (accepted(outcome)) this.#checked = true;
    else if (isRetryable(outcome)) this.remember(undefined);
    return outcome;
  }

  /**
   * Reads at the leader, plainly: a read has no effect, so where leadership moves it is asked again, within the failover
   * budget. Answers the last outcome.
   */
  async read(operation: Operation | Request): Promise<Outcome> {
    return await askUntilAnswered(() => this.send(operation), this.budgets.failoverMs);
  }

  /** Reads with a hint at one node; refusals that invite to ask again are followed, within the `eventually` budget. */
  async readAt(node: string, operation: Operation | Request, options: CallOptions): Promise<Outcome> {
    return await askUntilAnswered(
      () => this.run.client.call(node, asRequest(operation), options),
      this.budgets.eventuallyMs,
    );
  }
}

const PAUSE_MS = 20;

/** The budget counts from the first refusal: a node may take its own read time-out to give that. */
async function askUntilAnswered(ask: () => Promise<Outcome>, budgetMs: number): Promise<Outcome> {
  let outcome = await ask();
  const endsAtMs = outcome.endedAtMs + budgetMs;
  while (isRetryable(outcome) && outcome.endedAtMs < endsAtMs) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    outcome = await ask();
  }
  return outcome;
}

function asRequest(operation: Operation | Request): Request {
  return 'kind' in operation ? requestOf(operation) : operation;
}
