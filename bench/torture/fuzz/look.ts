/** What the reads of a plot show, in a form that two looks can be compared by, and what must be true of any of them. */
import { hadoop } from '#proto';
import { decode } from '../../../kit/wire/plain.js';

const { OMResponse, Status } = hadoop.ozone;

/** Who answered, in which words, and in which time: nothing of what was read. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(['traceID', 'message', 'leaderOMNodeId', 'omLockDetails']);
/** In a tree bucket they follow a recursive delete later, by themselves. */
const FOLLOWING: ReadonlySet<string> = new Set(['usedNamespace', 'usedBytes']);

/** @param answers encoded answers to `Plot.looks`, in their order */
export function shown(answers: readonly Uint8Array[]): string {
  return answers.map((answer) => JSON.stringify(decode(OMResponse, answer), withoutCircumstances, 1)).join('\n');
}

function withoutCircumstances(this: unknown, key: string, value: unknown): unknown {
  if (CIRCUMSTANCES.has(key)) return undefined;
  if (FOLLOWING.has(key) && isTree(this)) return undefined;
  if (typeof value === 'bigint') return String(value);
  return value;
}

function isTree(holder: unknown): boolean {
  const { FILE_SYSTEM_OPTIMIZED } = hadoop.ozone.BucketLayoutProto;
  return typeof holder === 'object' && holder !== null && Reflect.get(holder, 'bucketLayout') === FILE_SYSTEM_OPTIMIZED;
}

/** What does not fit together in one look: counts beside what they count. */
export function contradictions(answers: readonly Uint8Array[]): string[] {
  const [volume, buckets, flat] = answers.map((answer) => decode(OMResponse, answer));
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
  return `${was
    .slice(from, from + 3)
    .join(' ')
    .trim()} became ${is
    .slice(from, from + 3)
    .join(' ')
    .trim()}`;
}
