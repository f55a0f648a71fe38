/**
 * Whether a cluster has blocks to give: it is asked for one, in a bucket of its own that goes again. A real one has none without
 * datanodes. Any answer but these two says nothing of blocks, and is thrown.
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../../../kit/failure.js';
import { accepted, briefly } from '../../../kit/run/leader.js';
import { inWords, type Operation, requestOf } from '../../../kit/scenario/operation.js';
import type { Outcome } from '../../../kit/wire/outcome.js';
import type { Subject } from './sequence.js';

/**
 * @param volume made and removed again
 * @throws EnvironmentError GIVEN_NOT_MET, CLEAN_UP_INCOMPLETE
 */
export async function hasBlocks(ask: Subject['ask'], volume: string): Promise<boolean> {
  const box = { volume, bucket: 'box' };
  const removals: Operation[] = [];
  const make = async (making: Operation, removal: Operation): Promise<void> => {
    // Also what was not answered may be there afterwards.
    removals.unshift(removal);
    const outcome = await ask(requestOf(making));
    if (!accepted(outcome)) throw unexpected('GIVEN_NOT_MET', making, 'OK', outcome);
  };
  const left: EnvironmentError[] = [];
  let found: boolean;
  try {
    await make(
      { kind: 'create-volume', volume, owner: 'torture', quota: undefined },
      { kind: 'delete-volume', volume },
    );
    await make({ kind: 'create-bucket', ...box }, { kind: 'delete-bucket', ...box });
    found = await gives(ask, { kind: 'open-key', ...box, key: 'a', bytes: 1n });
  } finally {
    for (const removal of removals) {
      const outcome = await ask(requestOf(removal));
      if (!accepted(outcome)) left.push(unexpected('CLEAN_UP_INCOMPLETE', removal, 'OK', outcome));
    }
  }
  // Only now: what went wrong before it is the better reason.
  const [first] = left;
  if (first !== undefined) throw first;
  return found;
}

async function gives(ask: Subject['ask'], opening: Operation): Promise<boolean> {
  const outcome = await ask(requestOf(opening));
  if (accepted(outcome)) return true;
  const none = outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.SCM_IN_SAFE_MODE;
  if (!none) throw unexpected('GIVEN_NOT_MET', opening, 'OK or SCM_IN_SAFE_MODE', outcome);
  return false;
}

function unexpected(code: string, operation: Operation, expected: string, outcome: Outcome): EnvironmentError {
  const said = outcome.kind === 'answered' ? (outcome.response.message ?? '') : '';
  const found = [briefly(outcome), said].filter((text) => text !== '').join(': ');
  return new EnvironmentError(
    code,
    `whether there are blocks cannot be told: ${inWords(operation)}: expected ${expected}, found ${found}`,
  );
}
