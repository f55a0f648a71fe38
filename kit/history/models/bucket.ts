/** Buckets: made, read and deleted (NS-BKT-1, -3, -5). */
import type { BucketPlace } from '../call.js';
import { type Answer, done, refused, type Step } from './answer.js';
import { ABSENT, PRESENT, type Registers } from './registers.js';

export function createBucket(place: BucketPlace, answer: Answer, registers: Registers): Step {
  const [volume, at] = [registers.volume(place.volume), registers.bucket(place)];
  return (state) => {
    if (state[volume] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND');
    if (state[at] !== ABSENT) return refused(answer, 'BUCKET_ALREADY_EXISTS');
    state[at] = PRESENT;
    return done(answer);
  };
}

export function readBucket(place: BucketPlace, answer: Answer, registers: Registers): Step {
  const isThere = thereIn(place, answer, registers);
  return (state) => isThere(state, () => done(answer));
}

export function deleteBucket(place: BucketPlace, answer: Answer, registers: Registers): Step {
  const at = registers.bucket(place);
  const keys = registers.keysOf(place);
  const isThere = thereIn(place, answer, registers);
  return (state) =>
    isThere(state, () => {
      if (keys.some(({ register }) => state[register] !== ABSENT)) return refused(answer, 'BUCKET_NOT_EMPTY');
      state[at] = ABSENT;
      return done(answer);
    });
}

/** What becomes of a call in a bucket that is there; where it is not, the call is refused. */
export function thereIn(place: BucketPlace, answer: Answer, registers: Registers) {
  const [volume, at] = [registers.volume(place.volume), registers.bucket(place)];
  return (state: Int32Array, then: () => boolean): boolean => {
    // Which of the two is missed first, no rule says.
    if (state[volume] === ABSENT) return refused(answer, 'VOLUME_NOT_FOUND', 'BUCKET_NOT_FOUND');
    if (state[at] === ABSENT) return refused(answer, 'BUCKET_NOT_FOUND');
    return then();
  };
}
