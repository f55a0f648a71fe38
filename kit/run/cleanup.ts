/**
 * Removes what runs of the kit have made: at the end of a run what its ledger holds, on `om-conformance clean` what broken
 * runs left. It touches no volume whose name is not the kit's or in the ledger (harness-contracts.md §1, manners on attach).
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../failure.js';
import type { Budgets } from '../targets/target.js';
import { commandOf } from '../wire/client.js';
import type { OMRequest, OMResponse, OmClient, Outcome } from '../wire/outcome.js';
import {
  deleteBucket,
  deleteKey,
  deleteVolume,
  listBuckets,
  listKeys,
  listRoot,
  listVolumes,
} from '../wire/requests.js';
import { printable } from '../wire/text.js';
import { awaitLeader, briefly } from './leader.js';
import type { Ledger } from './ledger.js';

const { Status } = hadoop.ozone;
type Request = Omit<OMRequest, 'clientId'>;

/** Name that some run of the kit made, and the run's own part of it. */
const OWN_NAME = /^omc-[a-z0-9]{6}-/;
/** Volumes that are removed at the same time. */
const AT_ONCE = 8;
const PAGE = 100;
/** Bounds on what one `clean` looks at; what is beyond is left for the next, and said. */
const MAX_VOLUMES = 10_000;
const MAX_PAGES = 1000;
const PAUSE_MS = 50;

export interface CleanUpReport {
  readonly volumes: number;
  readonly buckets: number;
  readonly keys: number;
  /** What is still there, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

export interface CleanUpContext {
  readonly client: OmClient;
  readonly nodes: readonly string[];
  readonly budgets: Budgets;
}

/** Removes what the ledger holds. Throws EnvironmentError NO_LEADER when no node takes writes. */
export async function removeMade(context: CleanUpContext, ledger: Ledger): Promise<CleanUpReport> {
  return await new CleanUp(context).remove([...ledger.volumes.keys()], ledger);
}

/**
 * Removes the volumes of earlier runs.
 *
 * @param runId only those of this run; undefined: of every run
 * @throws EnvironmentError NO_LEADER; CLEAN_UP_INCOMPLETE when volumes cannot be listed
 */
export async function removeLeftovers(context: CleanUpContext, runId?: string): Promise<CleanUpReport> {
  const cleanUp = new CleanUp(context);
  return await cleanUp.remove(await cleanUp.ownVolumes(runId === undefined ? 'omc-' : `omc-${runId}-`));
}

/** @throws EnvironmentError CLEAN_UP_INCOMPLETE when something is left */
export function requireClean(report: CleanUpReport): void {
  const [first, ...more] = report.left;
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  throw new EnvironmentError('CLEAN_UP_INCOMPLETE', `${printable(first.name, 200)}${others} not removed: ${first.why}`);
}

class CleanUp {
  private leader: string | undefined;
  private readonly counts = { volumes: 0, buckets: 0, keys: 0 };
  private readonly left: { name: string; why: string }[] = [];

  constructor(private readonly context: CleanUpContext) {}

  async remove(volumes: readonly string[], ledger?: Ledger): Promise<CleanUpReport> {
    const queue = [...volumes];
    const worker = async () => {
      for (let volume = queue.shift(); volume !== undefined; volume = queue.shift()) {
        try {
          await this.removeVolume(volume, ledger?.volumes.get(volume) ?? new Map());
        } catch (error) {
          // Without a leader every other volume would wait as long for the same failure.
          if (!(error instanceof EnvironmentError) || error.code === 'NO_LEADER') {
            queue.length = 0;
            throw error;
          }
          this.left.push({ name: `/${volume}`, why: error.message });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker));
    return { ...this.counts, left: this.left };
  }

  async ownVolumes(prefix: string): Promise<string[]> {
    const found: string[] = [];
    let after = '';
    for (let page = 0; page < MAX_PAGES && found.length < MAX_VOLUMES; page += 1) {
      const response = await this.submit(listVolumes(prefix, after, PAGE));
      if (response.status !== Status.OK) {
        const why = Status[response.status] ?? response.status;
        throw new EnvironmentError('CLEAN_UP_INCOMPLETE', `volumes starting with ${prefix} cannot be listed: ${why}`);
      }
      const names = (response.listVolumeResponse?.volumeInfo ?? []).map((info) => info.volume);
      // The server was asked for the prefix, but what is deleted is decided here.
      found.push(...names.filter((name) => name > after && name.startsWith(prefix) && OWN_NAME.test(name)));
      const last = names.at(-1);
      if (last === undefined || last <= after) return found;
      after = last;
    }
    this.left.push({ name: `${prefix}…`, why: `more than ${found.length} volumes; run clean again` });
    return found;
  }

  /** Removes what is known to be in it first; lists only when that was not all. */
  private async removeVolume(volume: string, buckets: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    for (const [bucket, keys] of buckets) {
      for (const key of keys) await this.removeKey(volume, bucket, key);
      await this.removeBucket(volume, bucket);
    }
    let status = await this.deleted(deleteVolume(volume), Status.VOLUME_NOT_FOUND);
    if (status === Status.VOLUME_NOT_EMPTY) {
      await this.emptyVolume(volume);
      status = await this.deleted(deleteVolume(volume), Status.VOLUME_NOT_FOUND);
    }
    if (status === 'removed') this.counts.volumes += 1;
    else if (status !== 'missing') this.leave(`/${volume}`, status);
  }

  private async emptyVolume(volume: string): Promise<void> {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const response = await this.submit(listBuckets(volume, '', PAGE));
      const buckets = response.listBucketsResponse?.bucketInfo ?? [];
      const before = this.counts.buckets;
      for (const { bucketName } of buckets) await this.removeBucket(volume, bucketName);
      // The first page again: what was removed is gone from it. A page that does not shrink would come for ever.
      if (this.counts.buckets === before) return;
    }
  }

  private async removeBucket(volume: string, bucket: string): Promise<void> {
    const request = deleteBucket(volume, bucket);
    let status = await this.deleted(request, Status.BUCKET_NOT_FOUND, Status.VOLUME_NOT_FOUND);
    if (status === Status.BUCKET_NOT_EMPTY) {
      await this.emptyBucket(volume, bucket);
      status = await this.deleted(request, Status.BUCKET_NOT_FOUND, Status.VOLUME_NOT_FOUND);
    }
    if (status === 'removed') this.counts.buckets += 1;
    else if (status !== 'missing') this.leave(`/${volume}/${bucket}`, status);
  }

  /** Ozone lists the keys of an OBJECT_STORE bucket, and of a FILE_SYSTEM_OPTIMIZED one what is in a directory. */
  private async emptyBucket(volume: string, bucket: string): Promise<void> {
    await this.removeListed(volume, bucket, async () => {
      const { listKeysResponse } = await this.submit(listKeys(volume, bucket, '', PAGE));
      return (listKeysResponse?.keyInfo ?? []).map(({ keyName }) => keyName);
    });
    await this.removeListed(volume, bucket, async () => {
      const { listStatusResponse } = await this.submit(listRoot(volume, bucket, BigInt(PAGE)));
      return (listStatusResponse?.statuses ?? []).flatMap(({ keyInfo }) => keyInfo?.keyName ?? []);
    });
  }

  private async removeListed(volume: string, bucket: string, list: () => Promise<readonly string[]>): Promise<void> {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const before = this.counts.keys;
      for (const key of await list()) await this.removeKey(volume, bucket, key);
      if (this.counts.keys === before) return;
    }
  }

  private async removeKey(volume: string, bucket: string, key: string): Promise<void> {
    const missing = [Status.KEY_NOT_FOUND, Status.BUCKET_NOT_FOUND, Status.VOLUME_NOT_FOUND];
    const status = await this.deleted(deleteKey(volume, bucket, key), ...missing);
    if (status === 'removed') this.counts.keys += 1;
    else if (status !== 'missing') this.leave(`/${volume}/${bucket}/${key}`, status);
  }

  private async deleted(
    request: Request,
    ...missing: readonly hadoop.ozone.Status[]
  ): Promise<hadoop.ozone.Status | 'removed' | 'missing'> {
    const { status } = await this.submit(request);
    if (status === Status.OK) return 'removed';
    return missing.includes(status) ? 'missing' : status;
  }

  private leave(name: string, status: hadoop.ozone.Status): void {
    this.left.push({ name, why: Status[status] ?? `status ${status}` });
  }

  /** Asks the leader, and the next one when it has changed. Deletes may be repeated: a missing thing is as good as removed. */
  private async submit(request: Request): Promise<OMResponse> {
    const { client, nodes, budgets } = this.context;
    const endsAtMs = performance.now() + budgets.failoverMs;
    for (;;) {
      this.leader ??= await awaitLeader(client, nodes, budgets.failoverMs);
      const outcome = await client.call(this.leader, request);
      if (outcome.kind === 'answered') return outcome.response;
      if (!mayBeAskedAgain(outcome) || performance.now() > endsAtMs) {
        throw new EnvironmentError(
          'CLEAN_UP_INCOMPLETE',
          `${commandOf(request)} on ${outcome.node}: ${briefly(outcome)}`,
        );
      }
      this.leader = undefined;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Silence, and refusals by class: another node leads, or none does yet (wire-binding.md §1). */
function mayBeAskedAgain(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' || (outcome.kind === 'refused' && outcome.className !== undefined);
}
