/**
 * Sends broken and unusual versions of valid requests, and looks after each of them: the call ends, a refused one has changed
 * nothing, counts fit what they count, every node goes on, and what was written last outlives a restart of all nodes.
 */
import { Draws } from '../../../kit/scenario/draws.js';
import type { Target } from '../../../kit/targets/target.js';
import { messageOf as whyOf } from '../../../kit/wire/text.js';
import { endOf, sessionIn } from './end.js';
import { difference } from './look.js';
import { messageOf } from './message.js';
import { Plot } from './plot.js';
import { type Seen, WatchedCluster } from './watched-cluster.js';

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
  const cluster = new WatchedCluster(target);
  const run = new FuzzRun(cluster, from, report, lines);
  try {
    return await run.go();
  } catch (cause) {
    // Where a message has ended the cluster, that is what has to be told.
    if (run.progress().violations.length === 0) throw cause;
    return run.broken(whyOf(cause));
  } finally {
    cluster.close();
  }
}

class FuzzRun {
  readonly #cluster: WatchedCluster;
  readonly #from: FuzzProgress;
  readonly #report: (progress: FuzzProgress, line: string) => void;
  readonly #lines: readonly Line[];
  readonly #ends: Map<string, number>;
  readonly #violations: string[];
  #done: number;
  #moved: number;

  constructor(
    cluster: WatchedCluster,
    from: FuzzProgress,
    report: (progress: FuzzProgress, line: string) => void,
    lines: number,
  ) {
    this.#cluster = cluster;
    this.#from = from;
    this.#report = report;
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
    await this.#cluster.seek();
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
    let seen: Seen | undefined;
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
    for (const request of plot.makings()) await this.#cluster.ask(request, connection);
    for (const key of plot.keys()) {
      const session = sessionIn(await this.#cluster.ask(key.open, connection));
      if (session !== undefined) await this.#cluster.ask(key.commit(session), connection);
    }
  }

  async #lookAtNew({ plot, connection }: Line, number: number): Promise<Seen> {
    const seen = await this.#cluster.look(plot, connection);
    for (const contradiction of seen.look.contradictions) {
      this.#violations.push(`the plot of message ${number}, made by whole requests: ${contradiction}`);
    }
    return seen;
  }

  /** Sends one message between two looks. Answers the second, and the client id of the session that it has opened. */
  async #judge(
    { plot, connection }: Line,
    number: number,
    lastSession: bigint,
    before: Seen,
  ): Promise<{ readonly after: Seen; readonly session: bigint | undefined }> {
    const cluster = this.#cluster;
    const { bytes, node: drawn } = messageOf(this.#from.seed, number, plot.messages(lastSession), cluster.nodes);
    const violated = (what: string) =>
      this.#violations.push(`message ${number} (${Buffer.from(bytes).toString('hex').slice(0, 600)}): ${what}`);
    const node = drawn ?? cluster.leader;
    const outcome = await cluster.send(node, bytes, connection);
    const { name, refusal, fault } = endOf(outcome);
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
    if (fault !== undefined) {
      // Whether that was a matter of the connection, or of the node.
      const trouble = await cluster.trouble(node);
      violated(`${fault}; ${node} ${trouble === undefined ? 'goes on' : `does not go on: ${trouble}`}`);
    }
    const after = await cluster.look(plot, connection);
    for (const contradiction of after.look.contradictions) {
      // What was so before is known by then.
      if (!before.look.contradictions.includes(contradiction)) violated(`${name}, and then ${contradiction}`);
    }
    const [was, is] = [before.look.text, after.look.text];
    if (before.leadership !== after.leadership) this.#moved += 1;
    else if (refusal && was !== is) violated(`refused with ${name}, and then ${difference(was, is)}`);
    return { after, session: sessionIn(outcome) };
  }

  async #nodesAnswer(when: string): Promise<void> {
    for (const node of this.#cluster.nodes) {
      const trouble = await this.#cluster.trouble(node);
      if (trouble !== undefined) this.#violations.push(`${when}: ${node} does not answer: ${trouble}`);
    }
  }

  /** What is in the log is applied again by every node; a message that a node cannot apply would end it now. */
  async #restart(): Promise<void> {
    const before = await this.#lookAtAll();
    if (!(await this.#cluster.restart())) return;
    const after = await this.#lookAtAll();
    for (const [index, was] of before.entries()) {
      const is = after[index] ?? '';
      if (is !== was) this.#violations.push(`after a restart of all nodes: ${difference(was, is)}`);
    }
    await this.#nodesAnswer('after a restart of all nodes');
  }

  async #lookAtAll(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { plot, connection } of this.#lines) found.push((await this.#cluster.look(plot, connection)).look.text);
    return found;
  }
}
