/**
 * Random commands of one client in one bucket, and what it was told of each. It draws, sends and listens; what should then be in
 * use is `told-contents.ts`'s to say, and what is, an assertion's.
 *
 * Left out is what Apache Ozone counts wrongly, which examples of their own show, and what stops it: a name twice in one request,
 * renames onto keys that are there in a list, chains of renames, and a key to its own name.
 */
import { hadoop } from '#proto';
import { bucketIn } from '../assert/volume-read.js';
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import { Draws } from './draws.js';
import type { LeaderLine } from './leader-line.js';
import type { Operation } from './operation.js';
import type { BucketPlace } from './operations/bucket.js';
import { FlatContents, type Told, type ToldContents, TreeContents } from './told-contents.js';
import { clientIdIn } from './written-key.js';

const { Status } = hadoop.ozone;

const NAMES = ['a', 'b', 'ab', 'a/b', 'a/c', 'a/b/c', 'b/a', 'b/a/d'];
const COMMANDS = [
  ...['write', 'write', 'write', 'open', 'commit', 'commit', 'delete', 'delete', 'rename', 'rename'],
  ...['delete-several', 'rename-several', 'make-directory', 'delete-directory', 'delete-tree'],
] as const;
type Command = (typeof COMMANDS)[number];

interface Session {
  readonly key: string;
  readonly clientId: bigint;
}

export class RandomClient {
  readonly #sessions: Session[] = [];

  /** @param home start of this client's names, so that clients do not meet */
  constructor(
    private readonly line: LeaderLine,
    private readonly draws: Draws,
    private readonly place: BucketPlace,
    private readonly home: string,
    readonly contents: ToldContents,
  ) {}

  /** One more command; the outcomes of its requests. */
  async command(): Promise<readonly Outcome[]> {
    return await this.#carryOut(this.draws.oneOf(COMMANDS));
  }

  async #carryOut(command: Command): Promise<readonly Outcome[]> {
    const { place } = this;
    const key = this.#name();
    switch (command) {
      case 'write': {
        const opened = await this.#open(key);
        const session = this.#sessions.at(-1);
        return accepted(opened) && session !== undefined ? [opened, await this.#commit(session)] : [opened];
      }
      case 'open':
        return [await this.#open(key)];
      case 'commit': {
        if (this.#sessions.length === 0) return [await this.#open(key)];
        return [await this.#commit(this.draws.oneOf(this.#sessions))];
      }
      case 'delete':
        return [await this.#told({ kind: 'delete-key', ...place, key }, [{ kind: 'removed', name: key }])];
      case 'rename': {
        const to = this.draws.oneOf(this.#names().filter((name) => name !== key));
        const renamed: Told = { kind: 'renamed', from: key, to };
        return [await this.#told({ kind: 'rename-key', ...place, key, to }, [renamed])];
      }
      case 'make-directory':
        return [await this.#told({ kind: 'create-directory', ...place, key }, [{ kind: 'directory-made', name: key }])];
      case 'delete-directory':
      case 'delete-tree': {
        const recursive = command === 'delete-tree' && this.draws.below(3) === 0;
        const removed: Told = { kind: 'removed', name: key };
        return [await this.#told({ kind: 'delete-directory', ...place, key, recursive }, [removed])];
      }
      case 'delete-several':
        return [await this.#deleteSeveral()];
      case 'rename-several':
        return [await this.#renameSeveral()];
    }
  }

  async #open(key: string): Promise<Outcome> {
    const outcome = await this.#told({ kind: 'open-key', ...this.place, key }, [{ kind: 'opened', name: key }]);
    const clientId = clientIdIn(outcome);
    if (clientId !== undefined) this.#sessions.push({ key, clientId });
    return outcome;
  }

  async #commit(session: Session): Promise<Outcome> {
    const commit: Operation = { kind: 'commit-key', ...this.place, ...session };
    const outcome = await this.#told(commit, [{ kind: 'committed', name: session.key }]);
    // Of what was refused nothing is known but that it was.
    this.#sessions.splice(this.#sessions.indexOf(session), 1);
    return outcome;
  }

  async #deleteSeveral(): Promise<Outcome> {
    // Names that are in none of the others: in a tree a directory goes with what is in it.
    const keys = this.#names().filter((name) => !name.includes('/', this.home.length) && this.draws.below(2) === 0);
    const outcome = await this.line.send({ kind: 'delete-keys', ...this.place, keys });
    if (outcome.kind !== 'answered') return outcome;
    const { status, deleteKeysResponse } = outcome.response;
    if (status !== Status.OK && status !== Status.PARTIAL_DELETE) return outcome;
    const left = new Set(deleteKeysResponse?.unDeletedKeys?.keys ?? []);
    for (const name of keys) if (!left.has(name)) this.contents.tell({ kind: 'removed', name });
    return outcome;
  }

  async #renameSeveral(): Promise<Outcome> {
    const free = this.#names().filter((name) => !this.contents.has(name));
    const taken = this.#names().filter((name) => this.contents.has(name));
    const renamings = taken
      .filter(() => this.draws.below(2) === 0)
      .flatMap((from, index) => {
        const to = free[index];
        return to === undefined ? [] : [{ from, to }];
      });
    const told = renamings.map(({ from, to }): Told => ({ kind: 'renamed', from, to }));
    return await this.#told({ kind: 'rename-keys', ...this.place, renamings }, told);
  }

  async #told(operation: Operation, told: readonly Told[]): Promise<Outcome> {
    const outcome = await this.line.send(operation);
    if (accepted(outcome)) for (const one of told) this.contents.tell(one);
    return outcome;
  }

  #name(): string {
    return this.draws.oneOf(this.#names());
  }

  #names(): string[] {
    return NAMES.map((name) => `${this.home}${name}`);
  }
}

/** How many clients do how much in which bucket. */
export interface CommandPlan {
  readonly place: BucketPlace;
  readonly clients: number;
  /** Commands of each client. */
  readonly times: number;
}

/** A read between two commands of a client that is alone, when nothing was being removed in the background. */
export interface Count {
  readonly read: Outcome;
  readonly expected: number;
  /** The command before it. */
  readonly after: readonly Outcome[];
}

export interface CommandsDone {
  readonly outcomes: readonly Outcome[];
  readonly counts: readonly Count[];
  /** Of each client, at the end. */
  readonly contents: readonly ToldContents[];
}

/** Carries out a plan, in a bucket that is empty and that nobody else uses. */
export async function carryOutRandomly(line: LeaderLine, plan: CommandPlan, seed: string): Promise<CommandsDone> {
  const { place, clients, times } = plan;
  const tree = isTree(await line.read({ kind: 'read-bucket', ...place }));
  const outcomes: Outcome[] = [];
  const counts: Count[] = [];
  const contents: ToldContents[] = [];
  const work = async (_none: unknown, number: number): Promise<void> => {
    const told = tree ? new TreeContents() : new FlatContents();
    contents.push(told);
    const home = clients === 1 ? '' : `c${number}/`;
    const client = new RandomClient(line, new Draws(seed, `${times} commands of client ${number}`), place, home, told);
    for (let time = 0; time < times; time += 1) {
      const after = await client.command();
      outcomes.push(...after);
      // What was not answered may have happened: nothing is known of what comes behind it.
      if (after.some(({ kind }) => kind !== 'answered')) return;
      if (clients > 1 || told.settling) continue;
      counts.push({ read: await line.read({ kind: 'read-bucket', ...place }), expected: told.count, after });
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  return { outcomes, counts, contents };
}

function isTree(read: Outcome): boolean {
  return bucketIn(read)?.bucketLayout === hadoop.ozone.BucketLayoutProto.FILE_SYSTEM_OPTIMIZED;
}
