/**
 * What a scenario hindered comes back at its end, or else before the next one begins. While it does not, later scenarios are held
 * back: what they would see of a cluster that lacks a node is no finding about the implementation.
 */
import { EnvironmentError } from '../failure.js';
import type { RunContext } from '../run/context.js';

interface Owed {
  readonly undo: () => Promise<void>;
  /** Set once it has failed before another scenario too: from then on nobody waits for it again. */
  failure: EnvironmentError | undefined;
}

const owed = new WeakMap<RunContext, Owed>();

/** At a scenario's end. Throws what `undo` throws; the next scenario tries again. */
export async function putBackAtEnd(run: RunContext, undo: () => Promise<void>): Promise<void> {
  try {
    await undo();
  } catch (error) {
    owed.set(run, { undo, failure: undefined });
    throw error;
  }
}

/**
 * Before a scenario: tries once more what an earlier one left undone.
 *
 * @throws EnvironmentError GIVEN_NOT_MET when that fails again, and before each later scenario of the run
 */
export async function putBackWhatIsOwed(run: RunContext): Promise<void> {
  const debt = owed.get(run);
  if (debt === undefined) return;
  if (debt.failure !== undefined) throw debt.failure;
  try {
    await debt.undo();
    owed.delete(run);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    debt.failure = new EnvironmentError(
      'GIVEN_NOT_MET',
      `held back: what an earlier scenario did to the cluster could not be undone: ${why}`,
    );
    throw debt.failure;
  }
}
