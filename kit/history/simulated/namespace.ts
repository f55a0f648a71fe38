/** A namespace in one place that carries out one call after the other: what generated histories are made with. */
import type { HistoryOperation, HistoryOutcome, Initial, PageAsked, Shown } from '../call.js';

type Answered = Extract<HistoryOutcome, { kind: 'answered' }>;

const says = (status: string, shown: Shown = {}): Answered => ({ kind: 'answered', status, shown });

interface Volume {
  owner: string;
  /** Contents by key, by bucket. */
  readonly buckets: Map<string, Map<string, string>>;
}

export class Namespace {
  readonly #volumes = new Map<string, Volume>();
  /** Sessions that are open, by content, with the bucket that they were opened in. */
  readonly #sessions = new Map<string, Map<string, string>>();

  constructor(initial: Initial) {
    for (const { name, owner, buckets } of initial.volumes) {
      this.#volumes.set(name, { owner, buckets: new Map(buckets.map((bucket) => [bucket, new Map()])) });
    }
  }

  answer(operation: HistoryOperation): Answered {
    const volume = this.#volumes.get(operation.volume);
    switch (operation.kind) {
      case 'create-volume':
        if (volume !== undefined) return says('VOLUME_ALREADY_EXISTS');
        this.#volumes.set(operation.volume, { owner: operation.owner, buckets: new Map() });
        return says('OK');
      default:
        return volume === undefined ? says('VOLUME_NOT_FOUND') : this.#inVolume(volume, operation);
    }
  }

  #inVolume(volume: Volume, operation: HistoryOperation): Answered {
    switch (operation.kind) {
      case 'set-owner':
        volume.owner = operation.owner;
        return says('OK');
      case 'read-volume':
        return says('OK', { owner: volume.owner });
      case 'delete-volume':
        if (volume.buckets.size > 0) return says('VOLUME_NOT_EMPTY');
        this.#volumes.delete(operation.volume);
        return says('OK');
      case 'list-buckets':
        return says('OK', { page: pageOf(operation, [...volume.buckets.keys()]).map((name) => ({ name })) });
      case 'create-bucket':
        if (volume.buckets.has(operation.bucket)) return says('BUCKET_ALREADY_EXISTS');
        volume.buckets.set(operation.bucket, new Map());
        return says('OK');
      case 'create-volume':
        throw new Error('decided before');
      default: {
        const keys = volume.buckets.get(operation.bucket);
        return keys === undefined ? says('BUCKET_NOT_FOUND') : this.#inBucket(volume, keys, operation);
      }
    }
  }

  #inBucket(
    volume: Volume,
    keys: Map<string, string>,
    operation: Extract<HistoryOperation, { readonly bucket: string }>,
  ): Answered {
    switch (operation.kind) {
      case 'read-bucket':
        return says('OK');
      case 'delete-bucket':
        if (keys.size > 0) return says('BUCKET_NOT_EMPTY');
        volume.buckets.delete(operation.bucket);
        return says('OK');
      case 'open-key':
        this.#sessions.set(operation.content, keys);
        return says('OK');
      case 'commit-key':
        if (this.#sessions.get(operation.content) !== keys) return says('KEY_NOT_FOUND');
        keys.set(operation.key, operation.content);
        return says('OK');
      case 'read-key':
      case 'look-up-key': {
        const content = keys.get(operation.key);
        return content === undefined ? says('KEY_NOT_FOUND') : says('OK', { content });
      }
      case 'delete-key':
        return says(keys.delete(operation.key) ? 'OK' : 'KEY_NOT_FOUND');
      case 'rename-key': {
        const content = keys.get(operation.key);
        if (keys.has(operation.to)) return says('KEY_ALREADY_EXISTS');
        if (content === undefined) return says('KEY_NOT_FOUND');
        keys.delete(operation.key);
        keys.set(operation.to, content);
        return says('OK');
      }
      case 'delete-keys': {
        const left = operation.keys.filter((key) => !keys.delete(key));
        return says(left.length === 0 ? 'OK' : 'PARTIAL_DELETE', { left });
      }
      case 'list-keys':
        return says('OK', {
          page: pageOf(operation, [...keys.keys()]).map((name) => ({ name, content: keys.get(name) })),
        });
      case 'list-keys-light':
        return says('OK', { page: pageOf(operation, [...keys.keys()]).map((name) => ({ name })) });
      case 'create-bucket':
        throw new Error('decided before');
    }
  }
}

function pageOf({ prefix = '', after = '', count }: PageAsked, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => name.startsWith(prefix) && (after === '' || name > after))
    .sort()
    .slice(0, count);
}
