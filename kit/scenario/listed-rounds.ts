/**
 * Clients that make and delete names of their own beside each other, and list them after every change that was acknowledged: on
 * every follower at once, so that a follower that answers from what it has, or from what it had when the read came, is seen (RC-5).
 */
import type { ListedAfter } from '../assert/listed-after.js';
import { accepted } from '../run/leader.js';
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Operation, Request } from './operation.js';

/** One kind of thing that is listed. */
export interface Listed {
  make(name: string): Promise<Outcome>;
  remove(name: string): Operation;
  readonly listing: Operation | Request;
  /** A name as the listing shows it. */
  shown(name: string): string;
}

export interface ListedRounds {
  readonly listings: readonly ListedAfter[];
  /** Writes that were not acknowledged; the names in them are not looked for. */
  readonly unacknowledged: readonly Outcome[];
}

export async function changeAndList(
  line: LeaderLine,
  { make, remove, listing, shown }: Listed,
  { nodes, clients, times }: { readonly nodes: readonly string[]; readonly clients: number; readonly times: number },
): Promise<ListedRounds> {
  const listings: ListedAfter[] = [];
  const unacknowledged: Outcome[] = [];
  const client = async (number: number): Promise<void> => {
    const prefix = `c${number}-`;
    const there: string[] = [];
    const gone: string[] = [];
    const list = async (write: Outcome): Promise<void> => {
      const [has, hasNot] = [there.map(shown), gone.map(shown)];
      const hint = 'LINEARIZABLE_ALLOW_FOLLOWER';
      const pages = await Promise.all(nodes.map((node) => line.readAt(node, listing, { hint })));
      for (const page of pages) listings.push({ write, page, has, hasNot });
    };
    for (let round = 0; round < times; round += 1) {
      const name = `${prefix}${round}`;
      const made = await make(name);
      if (!accepted(made)) {
        unacknowledged.push(made);
        continue;
      }
      there.push(name);
      await list(made);
      if (round % 2 === 0) continue;
      // The oldest and the newest go in turn, so that neither end of the list is safe.
      const victim = (round % 4 === 1 ? there.shift() : there.pop()) ?? name;
      const removed = await line.send(remove(victim));
      if (!accepted(removed)) {
        unacknowledged.push(removed);
        continue;
      }
      gone.push(victim);
      await list(removed);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index + 1)));
  return { listings, unacknowledged };
}
