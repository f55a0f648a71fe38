/** What nodes know of the membership of `main`, asked until they know what they should, or the `eventually` budget is over. */
import type { KnownMembers } from '../assert/members.js';
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';

const PAUSE_MS = 50;

/** A node that has just started may still have to apply a change. Answers what was known last. */
export async function membersInTime(run: RunContext, voters: readonly string[]): Promise<KnownMembers[]> {
  const { control } = run;
  if (control === undefined) throw new EnvironmentError('CAPABILITY_BROKEN', 'there is no control service to ask');
  const endsAtMs = performance.now() + run.target.budgets.eventuallyMs;
  for (;;) {
    const known = await Promise.all(
      voters.map(async (node) => {
        const group = (await control.status(node)).find((one) => one.group === 'main');
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
