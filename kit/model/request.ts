/**
 * A command of the model as an operation of `kit/scenario/operation`, which builds the messages. Ids are those that the OM was
 * seen to choose (`sightings.ts`). SetVolumeProperty alone is built here: the model also asks for an owner and limits at once, or
 * for neither, and an operation is one of the two.
 */
import { hadoop } from '#proto';
import { type Operation, type Request, requestOf as requestOfOperation } from '../scenario/operation.js';
import { bucketPageRequest } from '../scenario/operations/bucket.js';
import { unsignedLimit } from '../scenario/operations/kinds.js';
import type { BucketPlace, Command, KeyPlace, NewKey, VolumeCommand } from './command.js';
import { expectedGeneration, sessionPlace } from './sessions.js';
import type { Sightings } from './sightings.js';
import type { State } from './state.js';
import type { WireNames } from './wire-names.js';

/** Ids that no OM gives: low and odd. */
const NO_SESSION = 5n;
const NO_GENERATION = 77_777_777_777n;

/** @returns undefined for a command that names no place, because nothing was opened yet */
export function requestOf(state: State, command: Command, names: WireNames, sightings: Sightings): Request | undefined {
  switch (command.kind) {
    case 'set-volume':
      return volumeChange(command, names);
    case 'list-buckets': {
      const { volume, prefix, startKey, count } = command;
      return bucketPageRequest({ volume: names.volume(volume), prefix, startKey, count });
    }
    default: {
      const operation = operationOf(state, command, names, sightings);
      return operation === undefined ? undefined : requestOfOperation(operation);
    }
  }
}

type Asked = Exclude<Command, { readonly kind: 'set-volume' | 'list-buckets' }>;

function operationOf(state: State, command: Asked, names: WireNames, sightings: Sightings): Operation | undefined {
  const bucketAt = ({ volume, bucket }: BucketPlace) => ({ volume: names.volume(volume), bucket });
  const keyAt = (place: KeyPlace) => ({ ...bucketAt(place), key: place.key });
  switch (command.kind) {
    case 'create-volume': {
      const { volume, owner, quotaInBytes: bytes, quotaInNamespace: buckets } = command;
      return { kind: 'create-volume', volume: names.volume(volume), owner, quota: { bytes, buckets } };
    }
    case 'info-volume':
      return { kind: 'read-volume', volume: names.volume(command.volume) };
    case 'delete-volume':
      return { kind: 'delete-volume', volume: names.volume(command.volume) };
    case 'create-bucket': {
      const { layout, source, versioned: versioning, owner, metadata, quotaInBytes, quotaInNamespace } = command;
      const limits = { quotaInBytes, quotaInNames: quotaInNamespace };
      return {
        kind: 'create-bucket',
        ...bucketAt(command),
        layout,
        properties: { versioning, owner, metadata: keyed(metadata), ...limits },
        source: source && bucketAt(source),
      };
    }
    case 'set-bucket': {
      const { versioned: versioning, ssd, owner, metadata, quotaInBytes, quotaInNamespace } = command;
      const storage = ssd === undefined ? undefined : ssd ? 'SSD' : 'DISK';
      const limits = { quotaInBytes, quotaInNames: quotaInNamespace };
      const properties = { versioning, storage, owner, metadata: keyed(metadata), ...limits } as const;
      return { kind: 'change-bucket', ...bucketAt(command), properties };
    }
    case 'info-bucket':
      return { kind: 'read-bucket', ...bucketAt(command) };
    case 'delete-bucket':
      return { kind: 'delete-bucket', ...bucketAt(command) };
    case 'create-key': {
      const { owner, replication, dataSize } = command;
      return {
        kind: 'open-key',
        ...keyAt(command),
        metadata: Object.entries(command.metadata),
        tags: Object.entries(command.tags),
        bytes: dataSize === 0 ? undefined : BigInt(dataSize),
        expectedGeneration: generationOf(state, command, sightings),
        owner,
        replication,
      };
    }
    case 'create-file': {
      const { recursive: withParents, overwrite: inPlace, dataSize } = command;
      const said = { withParents, inPlace, bytes: BigInt(dataSize), replication: 'RATIS/THREE' } as const;
      return { kind: 'create-file', ...keyAt(command), ...said };
    }
    case 'commit-key':
    case 'allocate-block': {
      const named = sessionPlace(state, command);
      if (named === undefined) return undefined;
      const clientId = (named.session === undefined ? undefined : sightings.session(named.session)) ?? NO_SESSION;
      const session = { ...keyAt(named.place), clientId };
      if (command.kind === 'allocate-block') return { kind: 'allocate-block', ...session };
      const { metadata, dataSize } = command;
      return { kind: 'commit-key', ...session, bytes: BigInt(dataSize), metadata: Object.entries(metadata) };
    }
    case 'lookup-key':
      return { kind: 'look-up-key', ...keyAt(command) };
    case 'get-key-info':
      return { kind: 'read-key', ...keyAt(command) };
    case 'get-tags':
      return { kind: 'read-tags', ...keyAt(command) };
    case 'put-tags':
      return { kind: 'put-tags', ...keyAt(command), tags: Object.entries(command.tags) };
    case 'delete-tags':
      return { kind: 'remove-tags', ...keyAt(command) };
    case 'delete-key':
      // Only the OM knows what stands there; this one says what may become of a directory.
      return { kind: 'delete-directory', ...keyAt(command), recursive: command.recursive };
    case 'delete-keys':
      return { kind: 'delete-keys', ...bucketAt(command), keys: command.keys };
    case 'rename-key':
      return { kind: 'rename-key', ...keyAt(command), to: command.to };
    case 'rename-keys':
      return { kind: 'rename-keys', ...bucketAt(command), renamings: command.pairs };
    case 'list-keys': {
      const { light, startKey: after, prefix, count } = command;
      return { kind: light ? 'list-keys-light' : 'list-keys', ...bucketAt(command), after, prefix, count };
    }
    case 'create-directory':
      return { kind: 'create-directory', ...keyAt(command) };
    case 'get-file-status':
      return { kind: 'read-status', ...keyAt(command) };
    case 'list-status': {
      const { startKey: from, entries } = command;
      return { kind: 'list-status', ...keyAt(command), from, entries: BigInt(entries) };
    }
  }
}

type VolumeChange = Extract<VolumeCommand, { readonly kind: 'set-volume' }>;

function volumeChange({ volume, owner, quotaInBytes, quotaInNamespace }: VolumeChange, names: WireNames): Request {
  return {
    cmdType: hadoop.ozone.Type.SetVolumeProperty,
    setVolumePropertyRequest: {
      volumeName: names.volume(volume),
      ...(owner === undefined ? {} : { ownerName: owner }),
      ...(quotaInBytes === undefined ? {} : { quotaInBytes: unsignedLimit(quotaInBytes) }),
      ...(quotaInNamespace === undefined ? {} : { quotaInNamespace: unsignedLimit(quotaInNamespace) }),
    },
  };
}

function generationOf(state: State, command: NewKey, sightings: Sightings): bigint | undefined {
  const expects = expectedGeneration(state, command);
  if (expects === undefined) return undefined;
  if (expects === 'absent') return 0n;
  return (expects === 'never' ? undefined : sightings.generation(expects)) ?? NO_GENERATION;
}

function keyed(pairs: Readonly<Record<string, string>>): { readonly key: string; readonly value: string }[] {
  return Object.entries(pairs).map(([key, value]) => ({ key, value }));
}
