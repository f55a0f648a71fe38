/** What nodes know of the membership of `main`, asked until they know what they should, or the `eventually` budget is over. */
import type { KnownMembers } from '../assert/members.js';
import type { RunContext } from '../run/context.js';
import { mainGroup } from './main-group.js';

const PAUSE_MS = 50;

/** A node that has just started may still have to apply a change. Answers what was known last. */
export async function membersInTime(run: RunContext, voters: readonly string[]): Promise<KnownMembers[]> {
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const known = await Promise.all(
      voters.map(async (node) => {
        const group = await mainGroup(run, node);
        return { node, voters: group?.voters ?? [], learners: group?.learners ?? [] };
      }),
    );
    if (known.every((one) => knows(one, voters)) || performance.now() >= endsAtMs) return known;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function knows(known: KnownMembers, voters: readonly string[]): boolean {
  const { learners } = known;
  return (
    learners.length === 0 && known.voters.length === voters.length && known.voters.every((id) => voters.includes(id))
  );
}
