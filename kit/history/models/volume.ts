/** Volumes: made, given away, read and deleted (NS-VOL-1 to -5). */
import type { HistoryOperation } from '../call.js';
import { type Answer, done, refused, type Step } from './answer.js';
import { ABSENT, type Registers } from './registers.js';

type Of<Kind> = Extract<HistoryOperation, { readonly kind: Kind }>;

export function createVolume({ volume, owner }: Of<'create-volume'>, answer: Answer, registers: Registers): Step {
  const [at, by] = [registers.volume(volume), registers.text(owner)];
  return (state) => {
    if (state[at] !== ABSENT) return refused(answer, 'VOLUME_ALREADY_EXISTS');
    state[at] = by;
    return done(answer);
  };
}

export function setOwner({ volume, owner }: Of<'set-owner'>, answer: Answer, registers: Registers): Step {
  const [at, by] = [registers.volume(volume), registers.text(owner)];
  return (state) => {
    if (state[at] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND');
    state[at] = by;
    return done(answer);
  };
}

export function readVolume({ volume }: Of<'read-volume'>, answer: Answer, registers: Registers): Step {
  const at = registers.volume(volume);
  const shown = answer?.shown.owner === undefined ? undefined : registers.text(answer.shown.owner);
  return (state) => {
    if (state[at] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND');
    return done(answer) && state[at] === shown;
  };
}

export function deleteVolume({ volume }: Of<'delete-volume'>, answer: Answer, registers: Registers): Step {
  const at = registers.volume(volume);
  const buckets = registers.bucketsOf(volume);
  return (state) => {
    if (state[at] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND');
    if (buckets.some(({ register }) => state[register] !== ABSENT)) return refused(answer, 'VOLUME_NOT_EMPTY');
    state[at] = ABSENT;
    return done(answer);
  };
}
