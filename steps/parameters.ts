/** Parameter types: the domain words that steps are made of. Each turns words into one typed value. */
import { defineParameterType } from '@cucumber/cucumber';
import { FILE_KINDS, type FileKind } from '../kit/assert/file-kind.js';
import { VOLUME_PARTS, type VolumePart } from '../kit/assert/unchanged.js';
import { CHANGES, type Change } from '../kit/scenario/change.js';
import { HINDRANCES, type Hindrance } from '../kit/scenario/hindrance.js';
import type { Role } from '../kit/scenario/node-role.js';
import { UNKNOWN_PLACES, type UnknownPlace } from '../kit/scenario/unknown-parts.js';
import { BUCKET, readBucket } from './words/buckets.js';
import { CHILDREN, DIRECTORY, FILE, FOLDER, NEW_FILE, readFolder, readNewFile } from './words/files.js';
import { KEY, KEY_WITH, readKey, readKeyWith } from './words/keys.js';
import { quotedWords } from './words/phrase.js';
import { QUOTA, readQuota, VOLUME } from './words/volumes.js';
import { EXISTING, OPERATION, readExisting, readOperation, readSubject, SUBJECT } from './words.js';
import type { OmWorld } from './world.js';

/** Nodes as a step names them. */
export type NodeRole = Role;
export type Victims =
  | 'the leader'
  | 'a follower'
  | 'every node'
  | 'a follower, then the leader,'
  | 'every follower, then the leader,';
/** What a cluster is asked to do about a member. */
export type ClusterChange = 'remove' | 'promote' | 'hand its leadership to';
export type Returning = 'the killed nodes' | 'the followers';

/** Words for one of a few values; of two that begin alike the longer is meant. */
export function oneOf<T extends string>(name: string, values: readonly T[]): void {
  defineParameterType({
    name,
    regexp: [...values].sort((a, b) => b.length - a.length).map((value) => new RegExp(value)),
    transformer: (word: string) => word as T,
    useForSnippets: false,
  });
}

/** Words that become names of the scenario. */
export function named<T>(name: string, regexp: RegExp, read: (phrase: string, world: OmWorld) => T): void {
  defineParameterType({
    name,
    regexp,
    transformer(this: OmWorld, phrase: string) {
      return read(phrase, this);
    },
    useForSnippets: false,
  });
}

named('volume', VOLUME, (phrase, { names }) => names.volume(quotedWords(phrase)[0] ?? ''));
named('what is there', EXISTING, (phrase, { names }) => readExisting(phrase, names));
named('what is read', SUBJECT, (phrase, { names }) => readSubject(phrase, names));
named('bucket', BUCKET, (phrase, { names }) => readBucket(phrase, names));
named('key', KEY, (phrase, { names }) => readKey(phrase, names));
named('key with', KEY_WITH, (phrase, { names }) => readKeyWith(phrase, names));
named('directory', DIRECTORY, (phrase, { names }) => readFolder(phrase, names));
named('file', FILE, (phrase, { names }) => readKey(phrase, names));
named('new file', NEW_FILE, (phrase, { names }) => readNewFile(phrase, names));
named('folder', FOLDER, (phrase, { names }) => readFolder(phrase, names));
named('children', CHILDREN, quotedWords);
named('operation', OPERATION, (phrase, { names }) => readOperation(phrase, names));
named('quota', QUOTA, readQuota);
// One or several, any of which will do.
named('status', /[A-Z][A-Z_]+(?: or [A-Z][A-Z_]+)*/, (phrase) => phrase.split(' or '));
oneOf<UnknownPlace>('place', UNKNOWN_PLACES);
oneOf<NodeRole>('node role', [
  'the leader',
  'a follower',
  'that follower',
  'every follower',
  'every node',
  'every node but a follower',
]);
oneOf<Victims>('victims', [
  'a follower, then the leader,',
  'every follower, then the leader,',
  'the leader',
  'a follower',
  'every node',
]);
oneOf<ClusterChange>('cluster change', ['remove', 'promote', 'hand its leadership to']);
oneOf<Returning>('returning nodes', ['the killed nodes', 'the followers']);
oneOf('read hint', ['DEFAULT', 'LINEARIZABLE_LEADER_ONLY', 'LINEARIZABLE_ALLOW_FOLLOWER', 'LOCAL_LEASE'] as const);
oneOf<FileKind>('file kind', FILE_KINDS);
oneOf<Change>('change', CHANGES);
oneOf<VolumePart>('volume part', VOLUME_PARTS);
oneOf<Hindrance>('hindrance', HINDRANCES);
named('refusal', /\w+Exception/, (phrase) => phrase);
