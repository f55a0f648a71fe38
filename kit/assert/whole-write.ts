/** Observable: a write whose caller went away happened whole or not at all (W-11). */

import { accepted } from '../run/leader.js';
import type { CutWrite, Part } from '../scenario/cut-short.js';
import { commandName, describe, failure } from './found.js';

/**
 * Assertion `whole-write`: every part of every write says the same, that it is done or that it is not, and says it again. A
 * write that was acknowledged after all is done.
 */
export function assertWhole(writes: readonly CutWrite[]): void {
  if (writes.length === 0) throw new Error('no write to judge');
  for (const { write, looks } of writes) {
    const [before, now] = looks;
    const states = new Set(looks.flat().map(({ done }) => done));
    const done = accepted(write) ? [true] : [true, false];
    if (states.size === 1 && done.some((state) => states.has(state))) continue;
    const expected = `${commandName(write.request.cmdType)} ${accepted(write) ? 'whole' : 'whole or not at all'}`;
    const again = text(before) === text(now) ? '' : `, then ${text(now)}`;
    throw failure('whole-write', expected, `${text(before)}${again}, after ${describe(write)}`, [
      write,
      ...now.map(({ read }) => read),
    ]);
  }
}

function text(look: readonly Part[]): string {
  return look
    .map(({ where, done, read }) => `${where}: ${done === undefined ? describe(read) : done ? 'done' : 'not done'}`)
    .join(', ');
}
