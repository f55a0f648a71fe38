/**
 * Makes calls of a history ready for the search: which count, when each was open, and what it does to the state. How far a guarantee lets
 * a read be behind is decided by whoever asks (`guarantee.ts`).
 */
import type { History, HistoryCall } from '../call.js';
import { isWithoutEffect, stepOf } from '../models/model.js';
import { bucketName, Registers } from '../models/registers.js';
import { Search, type SearchedCall } from './search.js';

/** Calls that say something: those that failed had no effect, and one of unknown outcome counts where it may have had one. */
export function callsThatCount(calls: readonly HistoryCall[]): readonly HistoryCall[] {
  return calls.filter(counts);
}

function counts({ outcome, operation }: HistoryCall): boolean {
  switch (outcome.kind) {
    case 'answered':
      return true;
    case 'failed':
      return false;
    case 'unknown':
      // Nothing of a session is seen before its commit, and nobody can commit one that he was not told of.
      return operation.kind !== 'open-key';
  }
}

/** What the search has to know besides the calls of one part. */
export class Whole {
  readonly header: History['header'];
  readonly deletions: Deletions;

  /** @param calls all that count */
  constructor({ header }: Pick<History, 'header'>, calls: readonly HistoryCall[]) {
    this.header = header;
    this.deletions = new Deletions(calls);
  }
}

/** A call as one guarantee sees it. */
export type Bounds = (
  call: HistoryCall,
  at: number,
) => Pick<SearchedCall, 'begin' | 'end' | 'behind' | 'anyTimesUntil'>;

/** The caller knew the end of what it was told of; what it was not told of may come at any time after it began. */
export const realTime: Bounds = ({ beganUs, endedUs, outcome }) => ({
  begin: beganUs,
  end: outcome.kind === 'unknown' ? undefined : endedUs,
});

/** The bounds of the calls of one part, given in the order in which they began. */
export type BoundsOf = (calls: readonly HistoryCall[]) => Bounds;

export const inRealTime: BoundsOf = () => realTime;

export function searchFor(whole: Whole, calls: readonly HistoryCall[], bounds: Bounds): Search {
  const registers = new Registers(whole.header.initial, textsShownBy(calls));
  for (const { operation } of calls) registers.name(operation);
  const searched = calls.map((call, at): SearchedCall => {
    const step = stepOf(call, registers, whole.deletions.mayHaveTaken(call));
    const { begin, end, behind, anyTimesUntil } = bounds(call, at);
    return { begin, end, behind, anyTimesUntil, step, withoutEffect: isWithoutEffect(call) };
  });
  return new Search(searched, registers.initial);
}

/** Texts that any answer shows. */
export function textsShownBy(calls: readonly HistoryCall[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { outcome } of calls) {
    if (outcome.kind !== 'answered') continue;
    const { owner, content, page = [] } = outcome.shown;
    for (const text of [owner, content, ...page.map((entry) => entry.content)]) {
      if (text !== undefined) texts.add(text);
    }
  }
  return texts;
}

/** When buckets may have been deleted, for the sessions that go with them. */
class Deletions {
  readonly #byBucket = new Map<string, HistoryCall[]>();
  readonly #opened = new Map<string, number>();

  constructor(calls: readonly HistoryCall[]) {
    for (const call of calls) {
      const { operation, beganUs } = call;
      if (operation.kind === 'open-key') this.#opened.set(operation.content, beganUs);
      if (operation.kind !== 'delete-bucket' || isWithoutEffect(call)) continue;
      const name = bucketName(operation);
      const known = this.#byBucket.get(name);
      if (known === undefined) this.#byBucket.set(name, [call]);
      else known.push(call);
    }
  }

  /** Whether the session of a commit may be gone with its bucket: a deletion was open since it was opened. */
  mayHaveTaken({ operation, endedUs, outcome }: HistoryCall): boolean {
    if (operation.kind !== 'commit-key' || outcome.kind !== 'answered') return false;
    const opened = this.#opened.get(operation.content) ?? Number.NEGATIVE_INFINITY;
    return (this.#byBucket.get(bucketName(operation)) ?? []).some(
      (deletion) => deletion.beganUs <= endedUs && (deletion.outcome.kind === 'unknown' || deletion.endedUs >= opened),
    );
  }
}
