/** A rename takes the key from one name to the other at once (NS-KEY-7). */
import type { HistoryOperation } from '../call.js';
import { type Answer, done, refused, type Step } from './answer.js';
import { thereIn } from './bucket.js';
import { ABSENT, type Registers } from './registers.js';

export function renameKey(
  { to, ...place }: Extract<HistoryOperation, { readonly kind: 'rename-key' }>,
  answer: Answer,
  registers: Registers,
): Step {
  const [source, target] = [registers.key(place), registers.key({ ...place, key: to })];
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      // Also when there is nothing to rename.
      if (state[target] !== ABSENT) return refused(answer, 'KEY_ALREADY_EXISTS');
      if (state[source] === ABSENT) return refused(answer, 'KEY_NOT_FOUND');
      state[target] = state[source] ?? ABSENT;
      state[source] = ABSENT;
      return done(answer);
    });
}
