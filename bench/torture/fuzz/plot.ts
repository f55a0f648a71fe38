/**
 * A plot: a volume with buckets, keys and directories of its own that one line of the fuzz works on, the valid requests that are
 * sent to it in whole or in broken form, and the reads that show all of it.
 */
import { hadoop } from '#proto';
import { type Operation, pageRequest, type Request, requestOf } from '../../../kit/scenario/operation.js';
import { type BucketLayout, bucketPageRequest } from '../../../kit/scenario/operations/bucket.js';
import { WHOLE_PAGE } from '../../../kit/scenario/operations/kinds.js';
import { encode } from '../../../kit/wire/plain.js';
import { serviceList } from '../../../kit/wire/requests.js';

const { OMRequest, Type } = hadoop.ozone;

/** Who sends all of it. */
export const CLIENT = 'fuzz';
const KEYS = ['a', 'b/a', 'c'] as const;
const BUCKETS = ['flat', 'tree'] as const;

function encoded(request: Request): Uint8Array {
  return encode(OMRequest, { ...request, clientId: CLIENT, version: 3 });
}

export class Plot {
  #made: { readonly session: bigint; readonly messages: readonly Uint8Array[] } | undefined;

  constructor(readonly volume: string) {}

  /** Makes what is missing; on a whole plot every one of them is refused. */
  makings(): readonly Request[] {
    const { volume } = this;
    const bucket = (name: string, layout: BucketLayout): Operation => ({
      kind: 'create-bucket',
      volume,
      bucket: name,
      layout,
    });
    return [
      requestOf({ kind: 'create-volume', volume, owner: volume, quota: undefined }),
      requestOf(bucket('flat', 'OBJECT_STORE')),
      requestOf(bucket('tree', 'FILE_SYSTEM_OPTIMIZED')),
      requestOf({ kind: 'create-directory', ...this.#key('tree', 'd/e') }),
    ];
  }

  /** The keys of a whole plot, as the requests that write them. */
  keys(): readonly { readonly open: Request; readonly commit: (session: bigint) => Request }[] {
    return BUCKETS.flatMap((bucket) =>
      KEYS.map((name) => ({
        open: this.#open(bucket, name),
        commit: (session: bigint) => this.#commit(bucket, name, session),
      })),
    );
  }

  /**
   * What is sent, one or the other, encoded: each time a message is made of one of them, and of parts of others.
   *
   * @param session the last that was opened here
   */
  messages(session: bigint): readonly Uint8Array[] {
    if (this.#made?.session !== session) this.#made = { session, messages: this.#requests(session).map(encoded) };
    return this.#made.messages;
  }

  /** The reads that show the plot. */
  looks(): readonly Request[] {
    const { volume } = this;
    return [
      requestOf({ kind: 'read-volume', volume }),
      requestOf({ kind: 'list-buckets', volume }),
      ...BUCKETS.map((bucket) => requestOf({ kind: 'list-keys', volume, bucket, count: WHOLE_PAGE })),
      requestOf({ kind: 'list-status', ...this.#key('tree', '') }),
    ];
  }

  #requests(session: bigint): readonly Request[] {
    const { volume } = this;
    const link = { volume, bucket: 'link' };
    const source = { volume, bucket: 'flat' };
    const properties = { metadata: [{ key: 'm', value: 'v' }] };
    return [
      ...this.makings(),
      requestOf({ kind: 'set-owner', volume, owner: `${volume}-2` }),
      requestOf({ kind: 'set-quota', volume, quota: { bytes: -1n, buckets: 50n } }),
      requestOf({ kind: 'read-volume', volume }),
      pageRequest(volume, undefined, 5),
      requestOf({ kind: 'create-bucket', ...link, source, properties }),
      requestOf({ kind: 'read-bucket', ...link }),
      requestOf({ kind: 'change-bucket', ...source, properties: { versioning: true, quotaInNames: 100n } }),
      bucketPageRequest({ volume, startKey: '', prefix: '', count: 10 }),
      requestOf({ kind: 'delete-bucket', ...link }),
      ...BUCKETS.flatMap((bucket) => this.#keyRequests(bucket, session)),
      requestOf({ kind: 'create-file', ...this.#key('tree', 'd/f'), withParents: true, inPlace: true }),
      requestOf({ kind: 'delete-directory', ...this.#key('tree', 'd'), recursive: true }),
      requestOf({ kind: 'rename-directory', ...this.#key('tree', 'd/e'), to: 'd2' }),
      { cmdType: Type.EchoRPC, EchoRPCRequest: { payloadReq: Buffer.alloc(16), payloadSizeResp: 16, readOnly: false } },
      serviceList,
      { cmdType: Type.PrepareStatus, prepareStatusRequest: { txnID: 1n } },
    ];
  }

  #keyRequests(bucket: string, session: bigint): Request[] {
    const place = { volume: this.volume, bucket };
    const key = (name: string) => this.#key(bucket, name);
    return [
      ...KEYS.flatMap((name) => [this.#open(bucket, name), this.#commit(bucket, name, session)]),
      requestOf({ kind: 'allocate-block', ...key('a'), clientId: session }),
      requestOf({ kind: 'look-up-key', ...key('a') }),
      requestOf({ kind: 'read-key', ...key('c') }),
      requestOf({ kind: 'list-keys', ...place, after: 'a', prefix: 'a', count: 2 }),
      requestOf({ kind: 'list-keys-light', ...place, after: '', prefix: '', count: 9 }),
      requestOf({ kind: 'rename-key', ...key('c'), to: 'c2' }),
      requestOf({ kind: 'delete-key', ...key('c2') }),
      requestOf({ kind: 'rename-keys', ...place, renamings: [{ from: 'a', to: 'a2' }] }),
      requestOf({ kind: 'delete-keys', ...place, keys: ['a2', 'nothing'] }),
      requestOf({ kind: 'put-tags', ...key('a'), tags: [['t', 'u']] }),
      requestOf({ kind: 'read-tags', ...key('a') }),
      requestOf({ kind: 'remove-tags', ...key('a') }),
      requestOf({ kind: 'read-status', ...key('d/e') }),
      requestOf({ kind: 'list-status', ...key('d') }),
    ];
  }

  #open(bucket: string, name: string): Request {
    return requestOf({ kind: 'open-key', ...this.#key(bucket, name), metadata: [['m', 'v']] });
  }

  #commit(bucket: string, name: string, clientId: bigint): Request {
    return requestOf({ kind: 'commit-key', ...this.#key(bucket, name), clientId });
  }

  #key(bucket: string, key: string) {
    return { volume: this.volume, bucket, key };
  }
}
