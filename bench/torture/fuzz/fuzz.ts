/**
 * Sends broken and unusual versions of valid requests, and looks after each of them: the call ends, a refused one has changed
 * nothing, counts fit what they count, every node goes on, and what was written last outlives a restart of all nodes.
 */
import { Client, status as Code, credentials, type ServiceError } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { Target } from '../../../kit/targets/target.js';
import { decode } from '../../../kit/wire/plain.js';
import { SeededRandom } from './generator.js';
import { contradictions, difference, shown } from './look.js';
import { mutated } from './mutate.js';
import { encoded, Plot } from './plot.js';

const { OMResponse, Status, Type } = hadoop.ozone;
const PATH = '/hadoop.ozone.OzoneManagerService/submitRequest';

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

const LINES = 12;
const DEADLINE_MS = 20_000;
const REPORT_EVERY = 2_000;
/** Messages of one line between two times that what is missing of its plot is made again. */
const MAKE_EVERY = 30;
const NODES_EVERY = 200;
const MAX_VIOLATIONS = 20;
const ECHO_WRITE = encoded({ cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: false } });
const ECHO_READ = encoded({ cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: true } });

/** Answers to a plot's reads; undefined where another node led. */
type Look = readonly Buffer[] | undefined;

interface Message {
  readonly number: number;
  readonly message: Uint8Array;
  /** Address of the node that gets it. */
  readonly node: string;
  /** The plot before it. */
  readonly before: Look;
}

type End = { readonly answer: Buffer } | { readonly error: ServiceError };

export async function fuzz(
  target: Target,
  from: FuzzProgress,
  report: (progress: FuzzProgress, line: string) => void,
): Promise<FuzzProgress> {
  const run = new FuzzRun(target, from, report);
  try {
    return await run.go();
  } finally {
    run.close();
  }
}

class FuzzRun {
  readonly #target: Target;
  readonly #report: (progress: FuzzProgress, line: string) => void;
  readonly #clients = new Map<string, Client>();
  readonly #from: FuzzProgress;
  readonly #ends = new Map<string, number>();
  readonly #violations: string[] = [];
  #next: number;
  #done: number;
  #moved: number;
  #leader = '';

  constructor(target: Target, from: FuzzProgress, report: (progress: FuzzProgress, line: string) => void) {
    this.#target = target;
    this.#from = from;
    this.#report = report;
    this.#next = from.done;
    this.#done = from.done;
    this.#moved = from.moved;
    for (const [end, count] of Object.entries(from.ends)) this.#ends.set(end, count);
    this.#violations.push(...from.violations);
  }

  async go(): Promise<FuzzProgress> {
    this.#leader = await this.#findLeader();
    const plots = Array.from({ length: LINES }, (_, line) => {
      const random = new SeededRandom(`${this.#from.seed}/plot ${line} from ${this.#from.done}`);
      return new Plot(`fz-${Buffer.from(random.bytes(8)).toString('hex')}`);
    });
    await Promise.all(plots.map((plot, line) => this.#line(plot, line)));
    await this.#nodesAnswer('at the end');
    await this.#restart(plots);
    return this.#progress();
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #progress(): FuzzProgress {
    const ends = Object.fromEntries([...this.#ends].sort(([, one], [, other]) => other - one));
    const { seed, messages } = this.#from;
    return { seed, messages, done: this.#done, ends, moved: this.#moved, violations: this.#violations };
  }

  async #line(plot: Plot, line: number): Promise<void> {
    let session = 1n;
    // Nobody else works on the plot: what one message left is what the next one meets.
    let seen: Look;
    for (let sent = 0; this.#violations.length < MAX_VIOLATIONS; sent += 1) {
      const number = this.#next++;
      if (number >= this.#from.messages) return;
      if (sent % MAKE_EVERY === 0) {
        await this.#make(plot, line);
        seen = undefined;
      }
      const random = new SeededRandom(`${this.#from.seed}/${number}`);
      const requests = plot.requests(session).map(encoded);
      const valid = random.pick(requests) ?? ECHO_WRITE;
      // Some whole ones, so that what the broken ones meet goes on changing.
      const message = random.below(8) === 0 ? valid : mutated(valid, requests, random);
      const node = random.below(10) === 0 ? random.pick(this.#target.nodes)?.address : this.#leader;
      seen ??= await this.#look(plot, line);
      const judged = await this.#judge(plot, line, { number, message, node: node ?? this.#leader, before: seen });
      seen = judged.after;
      session = judged.session ?? session;
      this.#done += 1;
      if (this.#done % NODES_EVERY === 0) await this.#nodesAnswer(`after message ${number}`);
      if (this.#done % REPORT_EVERY === 0) {
        const { done, violations } = this.#progress();
        this.#report(this.#progress(), `${done} of ${this.#from.messages} messages, ${violations.length} violations`);
      }
    }
  }

  async #make(plot: Plot, line: number): Promise<void> {
    for (const request of plot.makings()) await this.#send(this.#leader, encoded(request), line);
    for (const key of plot.keys()) {
      const opened = await this.#send(this.#leader, encoded(key.open), line);
      const session = 'answer' in opened ? sessionIn(opened.answer) : undefined;
      if (session !== undefined) await this.#send(this.#leader, encoded(key.commit(session)), line);
    }
  }

  /** Sends one message between two looks. Answers the second, and the client id of the session that it has opened. */
  async #judge(
    plot: Plot,
    line: number,
    { number, message, node, before }: Message,
  ): Promise<{ readonly after: Look; readonly session: bigint | undefined }> {
    const violated = (what: string) =>
      this.#violations.push(`message ${number} (${Buffer.from(message).toString('hex').slice(0, 600)}): ${what}`);
    const end = await this.#send(node, message, line);
    const name = nameOf(end);
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
    if (name === 'DEADLINE_EXCEEDED' || name === 'UNAVAILABLE') violated(`the call ended with ${name}`);
    const after = await this.#look(plot, line);
    if (before === undefined || after === undefined) {
      this.#moved += 1;
      this.#leader = await this.#findLeader();
      return { after: undefined, session: undefined };
    }
    for (const contradiction of contradictions(after)) violated(`${name}, and then ${contradiction}`);
    if (changesNothing(name)) {
      const [was, is] = [shown(before), shown(after)];
      if (was !== is) violated(`refused with ${name}, and then ${difference(was, is)}`);
    }
    return { after, session: 'answer' in end ? sessionIn(end.answer) : undefined };
  }

  /** The plot's reads at the leader. */
  async #look(plot: Plot, line: number): Promise<Look> {
    const ends = await Promise.all(plot.looks().map((request) => this.#send(this.#leader, encoded(request), line)));
    const answers: Buffer[] = [];
    for (const end of ends) {
      if ('answer' in end) answers.push(end.answer);
      else if (isRouting(end.error)) return undefined;
      else throw new Error(`a read of a plot ended with ${Code[end.error.code]}: ${end.error.details}`);
    }
    return answers;
  }

  async #nodesAnswer(when: string): Promise<void> {
    for (const { id, address } of this.#target.nodes) {
      const end = await this.#send(address, ECHO_READ, LINES);
      if ('error' in end) this.#violations.push(`${when}: ${id} does not answer: ${nameOf(end)} ${end.error.details}`);
    }
  }

  /** What is in the log is applied again by every node; a message that a node cannot apply would end it now. */
  async #restart(plots: readonly Plot[]): Promise<void> {
    const { killNode, restartNode, nodes } = this.#target;
    if (killNode === undefined || restartNode === undefined) return;
    const before = await this.#lookAtAll(plots);
    await Promise.all(nodes.map(({ id }) => killNode.call(this.#target, id)));
    await Promise.all(nodes.map(({ id }) => restartNode.call(this.#target, id)));
    this.#leader = await this.#findLeader();
    const after = await this.#lookAtAll(plots);
    for (const [index, was] of before.entries()) {
      const is = after[index];
      if (is !== was) this.#violations.push(`after a restart of all nodes: ${difference(was, is ?? '')}`);
    }
    await this.#nodesAnswer('after a restart of all nodes');
  }

  async #lookAtAll(plots: readonly Plot[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const plot of plots) {
      const look = (await this.#look(plot, LINES)) ?? (await this.#lookAgain(plot));
      found.push(shown(look));
    }
    return found;
  }

  async #lookAgain(plot: Plot): Promise<readonly Buffer[]> {
    this.#leader = await this.#findLeader();
    const look = await this.#look(plot, LINES);
    if (look === undefined) throw new Error('leadership does not settle');
    return look;
  }

  async #findLeader(): Promise<string> {
    const endsAtMs = performance.now() + this.#target.budgets.clusterStartMs;
    while (performance.now() < endsAtMs) {
      for (const { address } of this.#target.nodes) {
        const end = await this.#send(address, ECHO_WRITE, LINES);
        if ('answer' in end) return address;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('no node accepts a write');
  }

  /** Each line has a connection of its own: what a message does to it disturbs no other. */
  #send(address: string, message: Uint8Array, line: number): Promise<End> {
    const key = `${address} ${line}`;
    const client =
      this.#clients.get(key) ??
      new Client(address, credentials.createInsecure(), {
        'grpc.use_local_subchannel_pool': 1,
        'grpc.initial_reconnect_backoff_ms': 50,
        'grpc.max_reconnect_backoff_ms': 200,
      });
    this.#clients.set(key, client);
    return new Promise((resolve) => {
      client.makeUnaryRequest<Uint8Array, Buffer>(
        PATH,
        (bytes) => Buffer.from(bytes),
        (bytes) => bytes,
        message,
        { deadline: Date.now() + DEADLINE_MS },
        (error, answer) => resolve(error === null ? { answer: answer ?? Buffer.alloc(0) } : { error }),
      );
    });
  }
}

function nameOf(end: End): string {
  if ('error' in end) return isRouting(end.error) ? 'routed away' : (Code[end.error.code] ?? String(end.error.code));
  return Status[decode(OMResponse, end.answer).status] ?? 'a status without a name';
}

function isRouting({ details }: ServiceError): boolean {
  return /OMNotLeaderException|OMLeaderNotReadyException/.test(details);
}

/** Every end but OK, and but those that say that a part was done. */
function changesNothing(end: string): boolean {
  return end !== 'OK' && !end.startsWith('PARTIAL_') && end !== 'DEADLINE_EXCEEDED' && end !== 'UNAVAILABLE';
}

function sessionIn(answer: Buffer): bigint | undefined {
  const { createKeyResponse, createFileResponse } = decode(OMResponse, answer);
  return createKeyResponse?.ID ?? createFileResponse?.ID ?? undefined;
}
