/** A batch deletes what is there of several keys at once, and says exactly what was not (NS-KEY-6). */
import type { HistoryOperation } from '../call.js';
import { type Answer, refused, type Step } from './answer.js';
import { thereIn } from './bucket.js';
import { ABSENT, type Registers } from './registers.js';

export function deleteKeys(
  { keys, ...place }: Extract<HistoryOperation, { readonly kind: 'delete-keys' }>,
  answer: Answer,
  registers: Registers,
): Step {
  const names = [...new Set(keys)];
  const left = new Set(answer?.shown.left ?? []);
  const strange = [...left].some((name) => !names.includes(name));
  const asked = names.map((key) => ({ register: registers.key({ ...place, key }), left: left.has(key) }));
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      let removed = 0;
      for (const { register, left: saidLeft } of asked) {
        const missing = state[register] === ABSENT;
        if (answer !== undefined && missing !== saidLeft) return false;
        if (!missing) removed += 1;
        state[register] = ABSENT;
      }
      if (answer === undefined) return removed > 0;
      return !strange && refused(answer, removed === asked.length ? 'OK' : 'PARTIAL_DELETE');
    });
}
