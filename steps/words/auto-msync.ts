/** Phrases about when a client msyncs before it reads (wire-binding.md §6). */
import type { AutoMsyncSetting } from '../../kit/history/auto-msync.js';

export const AUTO_MSYNC = /after an msync each|after an msync of the last \d+ ms|with what they know/;

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readAutoMsync(phrase: string): AutoMsyncSetting {
  if (phrase === 'after an msync each') return { thresholdMs: 0 };
  if (phrase === 'with what they know') return 'off';
  const [, ms] = /^after an msync of the last (\d+) ms$/.exec(phrase) ?? [];
  if (ms === undefined) throw new SyntaxError(`not a way to msync: ${phrase}`);
  return { thresholdMs: Number(ms) };
}
