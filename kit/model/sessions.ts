/** Opening and committing keys in both layouts (NS-KEY-1 to -4, -13, NS-FSO-6, NS-QTA-2). */
import type { Commit, KeyPlace, NewFile, NewKey, SessionCommand } from './command.js';
import { type Spot, seenAs, spotOf, standing } from './key-place.js';
import { done, type Outcome, refused } from './outcome.js';
import { keyRecord } from './records.js';
import { fresh, type Key, put, type Session, type State, type Token, withBucket } from './state.js';
import { directoryAt, withDirectories, withEntry } from './tree.js';
import { bytesOf, type Fits, fitsBytes, fitsEntries } from './usage.js';

export function sessionStep(state: State, command: SessionCommand): readonly Outcome[] {
  switch (command.kind) {
    case 'create-key':
      return createKey(state, command);
    case 'create-file':
      return createFile(state, command);
    case 'commit-key':
      return commit(state, command);
    case 'allocate-block':
      return allocate(state, command);
  }
}

/** What a conditional create says on the wire, and what it means. */
export function expectedGeneration(state: State, command: NewKey): Token | 'absent' | 'never' | undefined {
  if (command.expects !== 'seen') return command.expects;
  const spotted = spotOf(state, command, 'makes');
  return ('spot' in spotted ? state.seen.get(seenAs(spotted.spot)) : undefined) ?? 'never';
}

/** Where a session's command goes, and the session that it names; undefined: one that never was. */
export function sessionPlace(
  state: State,
  { session, elsewhere }: { readonly session: number; readonly elsewhere?: KeyPlace },
): { readonly place: KeyPlace; readonly session: Token | undefined } | undefined {
  const opened = state.opened.at(-1 - session);
  const place = elsewhere ?? opened;
  return place === undefined ? undefined : { place, session: opened?.session };
}

function createKey(state: State, command: NewKey): readonly Outcome[] {
  const spotted = spotOf(state, command, 'makes');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  const at = standing(spot);
  const existing = at?.entry?.kind === 'key' ? at.entry : undefined;
  const expects = expectedGeneration(state, command);
  if (expects === 'absent' && existing !== undefined) return refused(state, 'KEY_ALREADY_EXISTS');
  if (expects !== undefined && expects !== 'absent' && expects !== existing?.generation) {
    // Whether a name that no key can have is looked at before the key that is expected there, no rule says.
    return refused(state, 'KEY_NOT_FOUND', ...(command.key.includes('\0') ? (['INVALID_PATH'] as const) : []));
  }
  if (command.key.includes('\0')) return refused(state, 'INVALID_PATH');
  const { owner, metadata, tags, replication, dataSize } = command;
  return open(state, command, spot, { owner: owner ?? '', metadata, tags, replication, dataSize, expects });
}

/** Of trees alone: what a file's parents are among flat names no rule says. */
function createFile(state: State, command: NewFile): readonly Outcome[] {
  if (command.key === '') {
    const spotted = spotOf(state, { ...command, key: 'x' }, 'makes');
    return 'outcomes' in spotted ? spotted.outcomes : refused(state, 'NOT_A_FILE');
  }
  const spotted = spotOf(state, command, 'makes');
  if ('outcomes' in spotted) return spotted.outcomes;
  const { spot } = spotted;
  if (command.key.includes('\0')) return refused(state, 'INVALID_PATH');
  const existing = standing(spot)?.entry;
  if (existing?.kind === 'key' && !command.overwrite) return refused(state, 'FILE_ALREADY_EXISTS');
  const parent = directoryAt(spot.bucket, spot.parts.slice(0, -1));
  if (parent.kind === 'missing' && !command.recursive) return refused(state, 'DIRECTORY_NOT_FOUND');
  const wanted = {
    owner: '',
    metadata: {},
    tags: {},
    replication: 'RATIS/THREE',
    dataSize: undefined,
    expects: undefined,
  } as const;
  return open(state, command, spot, wanted);
}

type Wanted = Pick<Session, 'metadata' | 'tags' | 'replication' | 'owner'> & {
  /** What the answer shows before anything is written; undefined: no rule says. */
  readonly dataSize: number | undefined;
  readonly expects: Token | 'absent' | 'never' | undefined;
};

/** Makes missing directories and the session, or refuses both. */
function open(state: State, asked: KeyPlace, spot: Spot, wanted: Wanted): readonly Outcome[] {
  const { place, bucket, parts } = spot;
  const above = parts.slice(0, -1);
  const parent = directoryAt(bucket, above);
  if (parent.kind === 'file') return refused(state, 'NOT_A_FILE');
  const existing = parent.kind === 'directory' ? parent.children.get(parts.at(-1) ?? '') : undefined;
  if (existing?.kind === 'directory') return refused(state, 'NOT_A_FILE');
  const missing = parent.kind === 'missing' ? above.length - parent.there : 0;
  const { tokens, state: next } = fresh(state, 3 + 3 * missing);
  const [session = 0, object = 0, created = 0, ...more] = tokens;
  const made = Array.from({ length: missing }, (_, at) => {
    const [own = 0, generation = 0, time = 0] = more.slice(3 * at, 3 * at + 3);
    return { object: own, generation, created: time, owner: wanted.owner };
  });
  const grown = withDirectories(bucket, above, made);
  const holder = directoryAt(grown, above);
  const opened: Session = {
    parent: holder.kind === 'directory' ? holder.object : bucket.object,
    name: parts.at(-1) ?? '',
    object: existing?.object ?? object,
    created: existing?.created ?? created,
    owner: existing === undefined ? wanted.owner : existing.owner,
    replaces: existing !== undefined,
    ...slash(parts, existing),
    metadata: wanted.metadata,
    tags: wanted.tags,
    replication: wanted.replication,
    expects: wanted.expects === 'never' ? undefined : wanted.expects,
  };
  const { volume, bucket: name, key } = asked;
  const after = withBucket(
    { ...next, opened: [...next.opened, { volume, bucket: name, key, session, within: bucket.object }] },
    place,
    { ...grown, sessions: put(grown.sessions, session, opened) },
  );
  // Beside older versions of the key, what size is shown no rule says.
  const fixed = wanted.dataSize !== undefined && !(bucket.versioned && existing !== undefined);
  const shownSize = fixed ? BigInt(wanted.dataSize ?? 0) : undefined;
  const body = {
    session: { chosen: 'session', token: session },
    key: {
      ...openRecord(spot, opened),
      dataSize: shownSize,
      // The number of this change, which a key has only once it is committed.
      updateID: undefined,
    },
  } as const;
  return byQuota(fitsEntries(bucket, 1 + missing), done(after, body), refused(state, 'QUOTA_EXCEEDED'));
}

/** What is made is in the place of a key whose name ended with a slash, or has such a name itself. */
function slash(
  parts: readonly string[],
  ...of: readonly (Pick<Key, 'slashed' | 'marker'> | undefined)[]
): { readonly slashed?: true } {
  const was = of.some((one) => one?.slashed === true || one?.marker === true);
  return was || parts.at(-1)?.endsWith('/') === true ? { slashed: true } : {};
}

function openRecord(spot: Spot, session: Session): object {
  const key: Key = { kind: 'key', ...session, generation: session.object, dataSize: 0 };
  const name = spot.tree ? spot.parts.join('/') : (spot.parts[0] ?? '');
  return Object(keyRecord({ ...spot.place, key: name }, key, spot.tree ? session.parent : undefined));
}

function byQuota(fits: Fits, taken: Outcome, full: readonly Outcome[]): readonly Outcome[] {
  switch (fits) {
    case 'yes':
      return [taken];
    case 'no':
      return full;
    case 'perhaps':
      return [taken, ...full];
  }
}

type SessionAt =
  | { readonly spot: Spot; readonly token: Token; readonly session: Session; readonly existing: Key | undefined }
  | { readonly outcomes: readonly Outcome[] };

/** The open session that a commit or an allocation names, at the place where it was opened. */
function sessionAt(state: State, command: { readonly session: number; readonly elsewhere?: KeyPlace }): SessionAt {
  const named = sessionPlace(state, command);
  if (named === undefined) return { outcomes: [] };
  const spotted = spotOf(state, named.place, 'finds');
  if ('outcomes' in spotted) return spotted;
  const { spot } = spotted;
  const at = standing(spot);
  if (at === undefined) {
    const below = directoryAt(spot.bucket, spot.parts.slice(0, -1));
    const file = below.kind === 'file' ? (['NOT_A_FILE'] as const) : [];
    return { outcomes: refused(state, 'DIRECTORY_NOT_FOUND', ...file) };
  }
  const session = named.session === undefined ? undefined : spot.bucket.sessions.get(named.session);
  const isHere = session !== undefined && session.parent === at.parent && session.name === spot.parts.at(-1);
  if (at.entry?.kind === 'directory') {
    return { outcomes: refused(state, 'NOT_A_FILE', ...(isHere ? [] : (['KEY_NOT_FOUND'] as const))) };
  }
  if (!isHere || named.session === undefined) return { outcomes: refused(state, 'KEY_NOT_FOUND') };
  return { spot, token: named.session, session, existing: at.entry };
}

function allocate(state: State, command: Extract<SessionCommand, { kind: 'allocate-block' }>): readonly Outcome[] {
  const at = sessionAt(state, command);
  return 'outcomes' in at ? at.outcomes : [done(state, { block: true })];
}

function commit(state: State, command: Commit): readonly Outcome[] {
  const at = sessionAt(state, command);
  if ('outcomes' in at) return at.outcomes;
  const { spot, token, session, existing } = at;
  const { place, bucket, parts } = spot;
  if (session.expects !== undefined) {
    const holds = session.expects === 'absent' ? existing === undefined : existing?.generation === session.expects;
    if (!holds) return refused(state, 'ATOMIC_WRITE_CONFLICT');
  }
  const { tokens, state: next } = fresh(state, 3);
  const [object = 0, generation = 0, created = 0] = tokens;
  // What it was opened over is gone, renamed or deleted: it is a key of its own (NS-KEY-12).
  const orphaned = session.replaces && existing?.object !== session.object;
  const key: Key = {
    kind: 'key',
    object: orphaned ? object : session.object,
    generation,
    created: orphaned ? created : session.created,
    owner: orphaned ? undefined : session.owner,
    metadata: { ...session.metadata, ...command.metadata },
    tags: session.tags,
    dataSize: command.dataSize,
    replication: session.replication,
    ...slash(parts, existing, session),
  };
  const after = withBucket(next, place, {
    ...withEntry(bucket, parts, key),
    sessions: put(bucket.sessions, token, undefined),
  });
  // At a full quota a commit over an existing key is refused like any other: Ozone adds before it looks what is replaced.
  const entries = fitsEntries(bucket, 1);
  const added = bytesOf(key);
  const bytes = fitsBytes(bucket, added);
  const freed = existing === undefined ? bytes : fitsBytes(bucket, added - bytesOf(existing));
  const space: Fits = bytes === freed ? bytes : 'perhaps';
  const fits: Fits = entries === 'no' || space === 'no' ? 'no' : entries === 'yes' ? space : 'perhaps';
  return byQuota(fits, done(after), refused(state, 'QUOTA_EXCEEDED'));
}
