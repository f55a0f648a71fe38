/**
 * The small grammar of the steps: phrases such as `creates volume "alpha" for "ann" with a quota of 10 bytes` as operations.
 * Words in quotes become names by `ScenarioNames`; nothing else is decided here.
 */
import type { ScenarioNames } from '../kit/scenario/names.js';
import { type Operation, type Quota, SOME_OWNER } from '../kit/scenario/operation.js';

const QUOTED = '"[^"]*"';
const LIMITS = '(?:\\d+ bytes?(?: and \\d+ buckets?)?|no limit)';

export type Subject = Extract<Operation, { kind: 'read-volume' | 'read-bucket' }>;

/** `volume "alpha"` */
export const VOLUME = new RegExp(`volume ${QUOTED}`);
/** `bucket "box" in volume "alpha"` */
export const BUCKET = new RegExp(`bucket ${QUOTED} in volume ${QUOTED}`);
/** `10 bytes and 3 buckets`, `no limit` */
export const QUOTA = new RegExp(LIMITS);
/** `volume "alpha" of "ann" with a quota of 10 bytes`; owner and quota may be left out. */
export const VOLUME_WITH = new RegExp(`volume ${QUOTED}(?: of ${QUOTED})?(?: with a quota of ${LIMITS})?`);
/** `volumes "a", "b" and "c"` */
export const VOLUMES = new RegExp(`volumes ${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?`);
/** What a client does, in the third person. */
export const OPERATION = new RegExp(
  [
    `creates a volume named exactly ${QUOTED}`,
    'creates a volume with a name of \\d+ characters',
    `creates ${VOLUME_WITH.source}`,
    `(?:reads|deletes) ${VOLUME.source}`,
    `gives ${VOLUME.source} to ${QUOTED}`,
    `limits ${VOLUME.source} to ${LIMITS}`,
    `(?:creates|reads|deletes) ${BUCKET.source}`,
  ].join('|'),
);

/** The words in quotes of a phrase, in order. */
export function quotedWords(phrase: string): string[] {
  return [...phrase.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
}

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readQuota(phrase: string): Quota {
  if (phrase === 'no limit') return { bytes: -1n, buckets: -1n };
  const [, bytes, buckets] = /^(\d+) bytes?(?: and (\d+) buckets?)?$/.exec(phrase) ?? [];
  if (bytes === undefined) throw new SyntaxError(`not a quota: ${phrase}`);
  return { bytes: BigInt(bytes), buckets: buckets === undefined ? undefined : BigInt(buckets) };
}

/** A volume that is to be created. */
export function readVolumeWith(phrase: string, names: ScenarioNames): Extract<Operation, { kind: 'create-volume' }> {
  const [, word = '', owner = SOME_OWNER, limits] =
    /^volume "([^"]*)"(?: of "([^"]*)")?(?: with a quota of (.+))?$/.exec(phrase) ?? [];
  return {
    kind: 'create-volume',
    volume: names.volume(word),
    owner,
    quota: limits === undefined ? undefined : readQuota(limits),
  };
}

/** What a Given says is there: a volume, several, or a bucket, as the writes that make it. */
export function readExisting(phrase: string, names: ScenarioNames): Operation[] {
  if (phrase.startsWith('bucket ')) return [{ kind: 'create-bucket', ...readBucket(phrase, names) }];
  if (phrase.startsWith('volumes ')) return quotedWords(phrase).map((word) => create(names.volume(word)));
  return [readVolumeWith(phrase, names)];
}

export function readBucket(phrase: string, names: ScenarioNames): { bucket: string; volume: string } {
  const [bucket = '', volume = ''] = quotedWords(phrase);
  return { bucket: names.bucket(bucket), volume: names.volume(volume) };
}

/** The read that shows a volume or a bucket. */
export function readSubject(phrase: string, names: ScenarioNames): Subject {
  if (phrase.startsWith('bucket ')) return { kind: 'read-bucket', ...readBucket(phrase, names) };
  return { kind: 'read-volume', volume: names.volume(quotedWords(phrase)[0] ?? '') };
}

export function readOperation(phrase: string, names: ScenarioNames): Operation {
  const [first = '', second = ''] = quotedWords(phrase);
  const volume = names.volume(first);
  const [, characters] = /^creates a volume with a name of (\d+) characters$/.exec(phrase) ?? [];
  if (characters !== undefined) return create(names.volumeOfLength(Number(characters)));
  if (phrase.startsWith('creates a volume named exactly ')) return create(first);
  if (phrase.startsWith('creates volume ')) return readVolumeWith(phrase.slice('creates '.length), names);
  if (phrase.startsWith('reads volume ')) return { kind: 'read-volume', volume };
  if (phrase.startsWith('deletes volume ')) return { kind: 'delete-volume', volume };
  if (phrase.startsWith('gives volume ')) return { kind: 'set-owner', volume, owner: second };
  const [, limits] = /^limits volume "[^"]*" to (.+)$/.exec(phrase) ?? [];
  if (limits !== undefined) return { kind: 'set-quota', volume, quota: readQuota(limits) };
  const [, verb] = /^(creates|reads|deletes) bucket /.exec(phrase) ?? [];
  switch (verb) {
    case 'creates':
      return { kind: 'create-bucket', ...readBucket(phrase, names) };
    case 'reads':
      return { kind: 'read-bucket', ...readBucket(phrase, names) };
    case 'deletes':
      return { kind: 'delete-bucket', ...readBucket(phrase, names) };
    default:
      throw new SyntaxError(`not an operation: ${phrase}`);
  }
}

function create(volume: string): Operation {
  return { kind: 'create-volume', volume, owner: SOME_OWNER, quota: undefined };
}
