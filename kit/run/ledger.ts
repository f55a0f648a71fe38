/**
 * Remembers what a run has made on the cluster, so that it can be removed at the end. What may have been made counts as made;
 * what is not this run's by its name counts only when its creation was acknowledged.
 */
import { hadoop } from '#proto';
import type { CallOptions, OMRequest, OmClient, Outcome } from '../wire/outcome.js';
import { decode, encode } from '../wire/plain.js';

const { Status, Type } = hadoop.ozone;

/** Names are kept up to this many in all; a run that makes more removes its own as it goes. */
const MAX_NAMES = 100_000;

export class Ledger {
  /** Volume → bucket → keys. */
  private readonly made = new Map<string, Map<string, Set<string>>>();
  private names = 0;

  /** @param prefix start of every name of the run */
  constructor(private readonly prefix: string) {}

  /** What may exist now, in the order in which it was made. */
  get volumes(): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
    return this.made;
  }

  note(request: OMRequest, outcome: Outcome): void {
    switch (request.cmdType) {
      case Type.CreateVolume: {
        const volume = request.createVolumeRequest?.volumeInfo.volume;
        if (volume !== undefined && this.counts(volume, outcome)) this.bucketsOf(volume);
        return;
      }
      case Type.DeleteVolume:
        if (isOk(outcome)) this.made.delete(request.deleteVolumeRequest?.volumeName ?? '');
        return;
      case Type.CreateBucket: {
        const { volumeName, bucketName } = request.createBucketRequest?.bucketInfo ?? {};
        if (volumeName !== undefined && bucketName !== undefined && this.counts(volumeName, outcome)) {
          this.keysOf(volumeName, bucketName);
        }
        return;
      }
      case Type.DeleteBucket: {
        const { volumeName = '', bucketName = '' } = request.deleteBucketRequest ?? {};
        if (isOk(outcome)) this.made.get(volumeName)?.delete(bucketName);
        return;
      }
      case Type.CommitKey:
      case Type.CreateDirectory: {
        const args = request.commitKeyRequest?.keyArgs ?? request.createDirectoryRequest?.keyArgs;
        if (args !== undefined && this.counts(args.volumeName, outcome)) {
          this.keep(this.keysOf(args.volumeName, args.bucketName), args.keyName);
        }
        return;
      }
      case Type.DeleteKey: {
        const args = request.deleteKeyRequest?.keyArgs;
        if (args !== undefined && isOk(outcome)) {
          this.made.get(args.volumeName)?.get(args.bucketName)?.delete(args.keyName);
        }
        return;
      }
      default:
        // A rename moves a key within a bucket, and a bucket that is not empty is listed before it is removed.
        return;
    }
  }

  private counts(volume: string, outcome: Outcome): boolean {
    return isOk(outcome) || (volume.startsWith(this.prefix) && mayHaveHappened(outcome));
  }

  private bucketsOf(volume: string): Map<string, Set<string>> {
    const known = this.made.get(volume);
    if (known !== undefined) return known;
    const buckets = new Map<string, Set<string>>();
    if (this.room()) this.made.set(volume, buckets);
    return buckets;
  }

  private keysOf(volume: string, bucket: string): Set<string> {
    const buckets = this.bucketsOf(volume);
    const known = buckets.get(bucket);
    if (known !== undefined) return known;
    const keys = new Set<string>();
    if (this.room()) buckets.set(bucket, keys);
    return keys;
  }

  private keep(keys: Set<string>, key: string): void {
    if (!keys.has(key) && this.room()) keys.add(key);
  }

  private room(): boolean {
    this.names += 1;
    return this.names <= MAX_NAMES;
  }
}

/** A client whose calls are noted in the ledger. */
export function recorded(client: OmClient, ledger: Ledger): OmClient {
  return {
    async call(node, request, options) {
      const outcome = await client.call(node, request, options);
      ledger.note(asSent(outcome.request, options ?? {}), outcome);
      return outcome;
    },
  };
}

/**
 * Extra bytes may hold the command itself (W-4 puts unknown fields inside of it), and other bytes may be sent in the place of
 * the request (W-5): what counts is what a server reads.
 */
function asSent(request: OMRequest, { extraBytes, message }: CallOptions): OMRequest {
  if (extraBytes === undefined && message === undefined) return request;
  const { OMRequest: type } = hadoop.ozone;
  try {
    return decode(type, message ?? Buffer.concat([encode(type, request), extraBytes ?? new Uint8Array()]));
  } catch {
    return request; // Nobody should read it; an OM that does makes what was meant.
  }
}

function isOk(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.response.status === Status.OK;
}

/** A business status is definite; a refusal is not, unless it says so (wire-binding.md §1, §2 `om-outcome`). */
function mayHaveHappened(outcome: Outcome): boolean {
  return outcome.kind !== 'answered' && outcome.trailers.get('om-outcome') !== 'none';
}
