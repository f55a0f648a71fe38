/** One key: written by a session and its commit, read, deleted (NS-KEY-1, -3 to -5, -11). */
import type { HistoryOperation, KeyPlace } from '../call.js';
import { type Answer, done, refused, type Step } from './answer.js';
import { thereIn } from './bucket.js';
import { ABSENT, type Registers } from './registers.js';

/** Nothing of a session is seen before its commit. */
export function openKey(place: KeyPlace, answer: Answer, registers: Registers): Step {
  const isThere = thereIn(place, answer, registers);
  return (state) => isThere(state, () => done(answer));
}

/** @param sessionMayBeGone the bucket may have been deleted since the session was opened, and the session with it */
export function commitKey(
  { content, ...place }: Extract<HistoryOperation, { readonly kind: 'commit-key' }>,
  answer: Answer,
  registers: Registers,
  sessionMayBeGone: boolean,
): Step {
  const [at, written] = [registers.key(place), registers.text(content)];
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      if (sessionMayBeGone && refused(answer, 'KEY_NOT_FOUND')) return true;
      state[at] = written;
      return done(answer);
    });
}

export function readKey(place: KeyPlace, answer: Answer, registers: Registers): Step {
  const at = registers.key(place);
  const shown = answer?.shown.content === undefined ? undefined : registers.text(answer.shown.content);
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      if (state[at] === ABSENT) return refused(answer, 'KEY_NOT_FOUND');
      return done(answer) && state[at] === shown;
    });
}

export function deleteKey(place: KeyPlace, answer: Answer, registers: Registers): Step {
  const at = registers.key(place);
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      if (state[at] === ABSENT) return refused(answer, 'KEY_NOT_FOUND');
      state[at] = ABSENT;
      return done(answer);
    });
}
