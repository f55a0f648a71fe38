/** What the reads of a plot show, in a form that two looks can be compared by, and what must be true of any of them. Pure. */
import { hadoop } from '#proto';
import { briefly } from '../../../kit/run/leader.js';
import type { OMResponse, Outcome } from '../../../kit/wire/outcome.js';

const { BucketLayoutProto, Status } = hadoop.ozone;

export interface Look {
  /** Equal in two looks that show the same. */
  readonly text: string;
  /** What cannot be, each in words. */
  readonly contradictions: readonly string[];
}

/** Who answered, in which words, and in which time: nothing of what was read. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(['traceID', 'message', 'leaderOMNodeId', 'omLockDetails']);
/** In a tree bucket they follow a recursive delete later, by themselves. */
const FOLLOWING: ReadonlySet<string> = new Set(['usedNamespace', 'usedBytes']);

/** @param outcomes of `Plot.looks`, in their order */
export function lookOf(outcomes: readonly Outcome[]): Look {
  const text = outcomes.map((outcome) =>
    outcome.kind === 'answered' ? JSON.stringify(outcome.response, withoutCircumstances, 1) : briefly(outcome),
  );
  const unanswered = outcomes.filter(({ kind }) => kind !== 'answered');
  return {
    text: text.join('\n'),
    contradictions: [
      ...unanswered.map((outcome) => `a read of the plot ended with ${briefly(outcome)}`),
      ...misfits(outcomes.map((outcome) => (outcome.kind === 'answered' ? outcome.response : undefined))),
    ],
  };
}

function withoutCircumstances(this: unknown, key: string, value: unknown): unknown {
  if (CIRCUMSTANCES.has(key)) return undefined;
  if (FOLLOWING.has(key) && isTree(this)) return undefined;
  if (typeof value === 'bigint') return String(value);
  return value;
}

function isTree(holder: unknown): boolean {
  return (
    typeof holder === 'object' &&
    holder !== null &&
    Reflect.get(holder, 'bucketLayout') === BucketLayoutProto.FILE_SYSTEM_OPTIMIZED
  );
}

/** Counts that do not fit what they count. */
function misfits([volume, buckets, flat]: readonly (OMResponse | undefined)[]): string[] {
  const listed = buckets?.listBucketsResponse?.bucketInfo ?? [];
  const found: string[] = [];
  const counted = volume?.infoVolumeResponse?.volumeInfo?.usedNamespace;
  if (counted !== undefined && counted !== BigInt(listed.length)) {
    found.push(`the volume counts ${counted} buckets, ${listed.length} are listed`);
  }
  const used = listed.find(({ bucketName }) => bucketName === 'flat')?.usedNamespace;
  const keys = flat?.status === Status.OK ? (flat.listKeysResponse?.keyInfo ?? []).length : undefined;
  if (used !== undefined && keys !== undefined && used !== BigInt(keys)) {
    found.push(`bucket flat counts ${used} keys, ${keys} are listed`);
  }
  return found;
}

/** The first lines in which two looks differ. */
export function difference(before: string, after: string): string {
  const [was, is] = [before.split('\n'), after.split('\n')];
  const at = is.findIndex((line, index) => line !== was[index]);
  const from = at < 0 ? is.length : at;
  const some = (lines: readonly string[]) =>
    lines
      .slice(from, from + 3)
      .join(' ')
      .trim();
  return `${some(was)} became ${some(is)}`;
}
