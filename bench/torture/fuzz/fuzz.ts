/**
 * Sends broken and unusual versions of valid requests, and looks after each of them: the call ends, a refused one has changed
 * nothing, counts fit what they count, every node goes on, and what was written last outlives a restart of all nodes.
 */
import { EnvironmentError } from '../../../kit/failure.js';
import { accepted, awaitLeader, briefly } from '../../../kit/run/leader.js';
import { Draws } from '../../../kit/scenario/draws.js';
import type { Request } from '../../../kit/scenario/operation.js';
import type { Target } from '../../../kit/targets/target.js';
import { type ClosableOmClient, createOmClient } from '../../../kit/wire/client.js';
import type { Outcome } from '../../../kit/wire/outcome.js';
import { echoRead } from '../../../kit/wire/requests.js';
import { messageOf as whyOf } from '../../../kit/wire/text.js';
import { endOf, isElsewhere, sessionIn } from './end.js';
import { difference, type Look, lookOf } from './look.js';
import { messageOf } from './message.js';
import { CLIENT, Plot } from './plot.js';

export interface FuzzProgress {
  readonly seed: string;
  readonly messages: number;
  readonly done: number;
  /** How the calls ended: by status, or by gRPC code. */
  readonly ends: Readonly<Record<string, number>>;
  /** Messages after which another node led, so that two looks could not be compared. */
  readonly moved: number;
  readonly violations: readonly string[];
}

/** Messages under way at once; each line has a plot of its own. */
const LINES = 32;
/** All lines meet after so many messages: those before are all done, and progress is kept. */
const BLOCK = 2_000;
/** Messages of one line between two times that what is missing of its plot is made again. */
const MAKE_EVERY = 30;
const NODES_EVERY = 200;
const MAX_VIOLATIONS = 20;
/** A read is sent again, to the leader that was found, at most this often. */
const MAX_TRIES = 20;

/** Messages one after the other, so that what one has left is what the next one meets. */
interface Line {
  /** The n-th message of a seed is that of line n modulo their number: it always meets the same plot. */
  readonly remainder: number;
  readonly plot: Plot;
  /** Of its own, so that what a message does to it disturbs no other line. */
  readonly connection: string;
}

export async function fuzz(
  target: Target,
  from: FuzzProgress,
  report: (progress: FuzzProgress, line: string) => void,
  lines = LINES,
): Promise<FuzzProgress> {
  const { nodes, budgets } = target;
  const client = createOmClient({ nodes, callMs: budgets.callMs, clientId: CLIENT, transcript: undefined });
  const run = new FuzzRun(target, client, from, report, lines);
  try {
    return await run.go();
  } catch (cause) {
    // Where a message has ended the cluster, that is what has to be told.
    if (run.progress().violations.length === 0) throw cause;
    return run.broken(whyOf(cause));
  } finally {
    client.close();
  }
}

class FuzzRun {
  readonly #target: Target;
  readonly #client: ClosableOmClient;
  readonly #from: FuzzProgress;
  readonly #report: (progress: FuzzProgress, line: string) => void;
  readonly #nodes: readonly string[];
  readonly #lines: readonly Line[];
  readonly #ends: Map<string, number>;
  readonly #violations: string[];
  #done: number;
  #moved: number;
  #leader = '';
  #seeking: Promise<string> | undefined;

  constructor(
    target: Target,
    client: ClosableOmClient,
    from: FuzzProgress,
    report: (progress: FuzzProgress, line: string) => void,
    lines: number,
  ) {
    this.#target = target;
    this.#client = client;
    this.#from = from;
    this.#report = report;
    this.#nodes = target.nodes.map(({ id }) => id);
    this.#lines = Array.from({ length: lines }, (_, remainder) => {
      const name = new Draws(from.seed, `plot ${remainder}`).bytes(8).toString('hex');
      return { remainder, plot: new Plot(`fz-${name}`), connection: `line ${remainder}` };
    });
    this.#ends = new Map(Object.entries(from.ends));
    this.#violations = [...from.violations];
    this.#done = from.done;
    this.#moved = from.moved;
  }

  async go(): Promise<FuzzProgress> {
    const { messages } = this.#from;
    const beganMs = performance.now();
    await this.#seek();
    while (this.#done < messages && !this.#isEnough()) {
      const [from, to] = [this.#done, Math.min(this.#done + BLOCK, messages)];
      await Promise.all(this.#lines.map((line) => this.#block(line, from, to)));
      const rate = (this.#done - this.#from.done) / ((performance.now() - beganMs) / 1000);
      const progress = this.progress();
      this.#report(
        progress,
        `${progress.done} of ${messages} messages, ${progress.violations.length} violations; ${rate.toFixed(0)} messages/s`,
      );
    }
    await this.#nodesAnswer('at the end');
    await this.#restart();
    return this.progress();
  }

  /** How far it came, and that it could not go on. */
  broken(why: string): FuzzProgress {
    this.#violations.push(`it could not go on: ${why}`);
    return this.progress();
  }

  progress(): FuzzProgress {
    const ends = Object.fromEntries([...this.#ends].sort(([, one], [, other]) => other - one));
    const { seed, messages } = this.#from;
    return { seed, messages, done: this.#done, ends, moved: this.#moved, violations: [...this.#violations] };
  }

  #isEnough(): boolean {
    return this.#violations.length >= MAX_VIOLATIONS;
  }

  async #block(line: Line, from: number, to: number): Promise<void> {
    let session = 1n;
    let seen: Look | undefined;
    let sent = 0;
    for (let number = from; number < to && !this.#isEnough(); number += 1) {
      if (number % this.#lines.length !== line.remainder) continue;
      if (sent % MAKE_EVERY === 0) {
        await this.#make(line);
        seen = undefined;
      }
      sent += 1;
      const before = seen ?? (await this.#lookAtNew(line, number));
      const judged = await this.#judge(line, number, session, before);
      seen = judged.after;
      session = judged.session ?? session;
      this.#done += 1;
      if (this.#done % NODES_EVERY === 0) await this.#nodesAnswer(`after message ${number}`);
    }
  }

  async #make({ plot, connection }: Line): Promise<void> {
    const send = (request: Request) => this.#client.call(this.#leader, request, { connection });
    for (const request of plot.makings()) await send(request);
    for (const key of plot.keys()) {
      const session = sessionIn(await send(key.open));
      if (session !== undefined) await send(key.commit(session));
    }
  }

  async #lookAtNew(line: Line, number: number): Promise<Look> {
    const { look } = await this.#look(line);
    for (const contradiction of look.contradictions) {
      this.#violations.push(`the plot of message ${number}, made by whole requests: ${contradiction}`);
    }
    return look;
  }

  /** Sends one message between two looks. Answers the second, and the client id of the session that it has opened. */
  async #judge(
    line: Line,
    number: number,
    lastSession: bigint,
    before: Look,
  ): Promise<{ readonly after: Look; readonly session: bigint | undefined }> {
    const { bytes: message, node: drawn } = messageOf(
      this.#from.seed,
      number,
      line.plot.messages(lastSession),
      this.#nodes,
    );
    const violated = (what: string) =>
      this.#violations.push(`message ${number} (${Buffer.from(message).toString('hex').slice(0, 600)}): ${what}`);
    const node = drawn ?? this.#leader;
    // The message goes in the place of the request.
    const outcome = await this.#client.call(node, echoRead, { message, connection: line.connection });
    const { name, refusal, fault } = endOf(outcome);
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
    if (fault !== undefined) violated(`${fault}; ${await this.#aboutNode(node)}`);
    const { look: after, moved } = await this.#look(line);
    for (const contradiction of after.contradictions) {
      // What was so before is known by then.
      if (!before.contradictions.includes(contradiction)) violated(`${name}, and then ${contradiction}`);
    }
    if (moved) this.#moved += 1;
    else if (refusal && before.text !== after.text) {
      violated(`refused with ${name}, and then ${difference(before.text, after.text)}`);
    }
    return { after, session: sessionIn(outcome) };
  }

  /** The plot's reads at the leader, and whether another had to be found for them: then it is no look to compare with one before. */
  async #look({ plot, connection }: Line): Promise<{ readonly look: Look; readonly moved: boolean }> {
    let outcomes: readonly Outcome[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const leader = this.#leader;
      outcomes = await Promise.all(plot.looks().map((request) => this.#client.call(leader, request, { connection })));
      if (!outcomes.some(isElsewhere)) return { look: lookOf(outcomes), moved: tries > 0 };
      await this.#seek();
    }
    const words = outcomes.map(briefly).join('; ');
    throw new EnvironmentError('NOT_SETTLED', `${this.#leader} accepts writes, and its reads end with ${words}`);
  }

  /** Whether a call that came to nothing was a connection's matter or its node's. */
  async #aboutNode(node: string): Promise<string> {
    const outcome = await this.#client.call(node, echoRead);
    return accepted(outcome) ? `${node} goes on` : `${node} does not go on: ${briefly(outcome)}`;
  }

  async #nodesAnswer(when: string): Promise<void> {
    for (const node of this.#nodes) {
      const outcome = await this.#client.call(node, echoRead);
      if (!accepted(outcome)) this.#violations.push(`${when}: ${node} does not answer: ${briefly(outcome)}`);
    }
  }

  /** What is in the log is applied again by every node; a message that a node cannot apply would end it now. */
  async #restart(): Promise<void> {
    const { killNode, restartNode } = this.#target;
    if (killNode === undefined || restartNode === undefined) return;
    const before = await this.#lookAtAll();
    await Promise.all(this.#nodes.map((id) => killNode.call(this.#target, id)));
    await Promise.all(this.#nodes.map((id) => restartNode.call(this.#target, id)));
    await this.#seek();
    const after = await this.#lookAtAll();
    for (const [index, was] of before.entries()) {
      const is = after[index] ?? '';
      if (is !== was) this.#violations.push(`after a restart of all nodes: ${difference(was, is)}`);
    }
    await this.#nodesAnswer('after a restart of all nodes');
  }

  async #lookAtAll(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const line of this.#lines) found.push((await this.#look(line)).look.text);
    return found;
  }

  /** Lines that miss the leader at the same time look for it together. */
  async #seek(): Promise<void> {
    this.#seeking ??= awaitLeader(this.#client, this.#nodes, this.#target.budgets.clusterStartMs).finally(() => {
      this.#seeking = undefined;
    });
    this.#leader = await this.#seeking;
  }
}
