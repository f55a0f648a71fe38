/** Phrases about volumes, such as `creates volume "alpha" of "ann" with a quota of 10 bytes`. */
import type { ScenarioNames } from '../../kit/scenario/names.js';
import { type Operation, type Quota, someOwner } from '../../kit/scenario/operation.js';
import { type Phrase, QUOTED, quotedWords } from './phrase.js';

const LIMITS = '(?:\\d+ bytes?(?: and \\d+ buckets?)?|no limit)';

/** `volume "alpha"` */
export const VOLUME = new RegExp(`volume ${QUOTED}`);
/** `10 bytes and 3 buckets`, `no limit` */
export const QUOTA = new RegExp(LIMITS);
/** `volume "alpha" of "ann" with a quota of 10 bytes`; owner and quota may be left out. */
export const VOLUME_WITH = new RegExp(`volume ${QUOTED}(?: of ${QUOTED})?(?: with a quota of ${LIMITS})?`);
/** `volumes "a", "b" and "c"` */
export const VOLUMES = new RegExp(`volumes ${QUOTED}(?:, ${QUOTED})*(?: and ${QUOTED})?`);

/** Throws when the phrase is none of the grammar: the parameter type lets only those through. */
export function readQuota(phrase: string): Quota {
  if (phrase === 'no limit') return { bytes: -1n, buckets: -1n };
  const [, bytes, buckets] = /^(\d+) bytes?(?: and (\d+) buckets?)?$/.exec(phrase) ?? [];
  if (bytes === undefined) throw new SyntaxError(`not a quota: ${phrase}`);
  return { bytes: BigInt(bytes), buckets: buckets === undefined ? undefined : BigInt(buckets) };
}

export function readVolume(phrase: string, names: ScenarioNames): string {
  return names.volume(quotedWords(phrase)[0] ?? '');
}

/** A volume that is to be created. */
export function readVolumeWith(phrase: string, names: ScenarioNames): Extract<Operation, { kind: 'create-volume' }> {
  const [, word = '', owner, limits] =
    /volume "([^"]*)"(?: of "([^"]*)")?(?: with a quota of (.+))?$/.exec(phrase) ?? [];
  const quota = limits === undefined ? undefined : readQuota(limits);
  const volume = names.volume(word);
  return { kind: 'create-volume', volume, owner: owner ?? someOwner(volume), quota };
}

export function plainVolume(volume: string): Extract<Operation, { kind: 'create-volume' }> {
  return { kind: 'create-volume', volume, owner: someOwner(volume), quota: undefined };
}

export const volumePhrases: readonly Phrase[] = [
  {
    form: new RegExp(`creates a volume named exactly ${QUOTED}`),
    read: (phrase) => plainVolume(quotedWords(phrase)[0] ?? ''),
  },
  {
    form: /creates a volume with a name of \d+ characters/,
    read: (phrase, names) => plainVolume(names.volumeOfLength(Number(/\d+/.exec(phrase)?.[0]))),
  },
  { form: new RegExp(`creates ${VOLUME_WITH.source}`), read: readVolumeWith },
  {
    form: new RegExp(`reads ${VOLUME.source}`),
    read: (phrase, names) => ({ kind: 'read-volume', volume: readVolume(phrase, names) }),
  },
  {
    form: new RegExp(`deletes ${VOLUME.source}`),
    read: (phrase, names) => ({ kind: 'delete-volume', volume: readVolume(phrase, names) }),
  },
  {
    form: new RegExp(`gives ${VOLUME.source} to ${QUOTED}`),
    read: (phrase, names) => ({
      kind: 'set-owner',
      volume: readVolume(phrase, names),
      owner: quotedWords(phrase)[1] ?? '',
    }),
  },
  {
    form: new RegExp(`limits ${VOLUME.source} to ${LIMITS}`),
    read: (phrase, names) => ({
      kind: 'set-quota',
      volume: readVolume(phrase, names),
      quota: readQuota(/" to (.+)$/.exec(phrase)?.[1] ?? ''),
    }),
  },
];
