/**
 * Pages of keys and of buckets (NS-KEY-8, -14, NS-BKT-6): the first so many names of the range, in byte order, as they stand at one
 * moment. Two pages of one listing are two reads.
 */
import type { HistoryOperation, Listed, PageAsked } from '../call.js';
import { type Answer, done, refused, type Step } from './answer.js';
import { thereIn } from './bucket.js';
import { ABSENT, type NamedRegister, type Registers } from './registers.js';

type Of<Kind> = Extract<HistoryOperation, { readonly kind: Kind }>;

export function listKeys(asked: Of<'list-keys' | 'list-keys-light'>, answer: Answer, registers: Registers): Step {
  const shows = page(asked, registers.keysOf(asked), answer?.shown.page, registers);
  const isThere = thereIn(asked, answer, registers);
  return (state) => isThere(state, () => done(answer) && shows(state));
}

export function listBuckets(asked: Of<'list-buckets'>, answer: Answer, registers: Registers): Step {
  const at = registers.volume(asked.volume);
  const shows = page(asked, registers.bucketsOf(asked.volume), answer?.shown.page, registers);
  return (state) => {
    if (state[at] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND');
    return done(answer) && shows(state);
  };
}

/** Whether the page that was shown is the one that a state has. */
function page(
  { prefix = '', after = '', count }: PageAsked,
  names: readonly NamedRegister[],
  shown: readonly Listed[] | undefined,
  registers: Registers,
): Step {
  const behind = Buffer.from(after);
  const range = names.filter(
    ({ name, bytes }) => name.startsWith(prefix) && (after === '' || Buffer.compare(bytes, behind) > 0),
  );
  const found = (shown ?? []).map(({ name, content }) => ({
    // −1: a name that no call of the history named.
    register: range.find((one) => one.name === name)?.register ?? -1,
    content: content === undefined ? undefined : registers.text(content),
  }));
  if (shown === undefined || found.length > count) return () => false;
  return (state) => {
    let at = 0;
    for (const { register } of range) {
      if (state[register] === ABSENT) continue;
      if (at === count) break;
      const entry = found[at];
      if (entry?.register !== register) return false;
      if (entry.content !== undefined && entry.content !== state[register]) return false;
      at += 1;
    }
    return at === found.length;
  };
}
