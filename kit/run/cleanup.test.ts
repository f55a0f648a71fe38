import { describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import { EnvironmentError } from '../failure.js';
import type { OMResponse, OmClient, Outcome } from '../wire/outcome.js';
import { removeLeftovers, removeMade, requireClean } from './cleanup.js';
import { Ledger } from './ledger.js';

const { Status, Type } = hadoop.ozone;
const BUDGETS = {
  callMs: 100,
  failoverMs: 300,
  nodeStartMs: 100,
  clusterStartMs: 100,
  writeTimeoutMs: 100,
  readTimeoutMs: 100,
  waitTimeoutMs: 100,
  heartbeatMs: 100,
  factor: 1,
  eventuallyMs: 100,
};
type Tree = Map<string, Map<string, Set<string>>>;

const record = {
  dataSize: 0n,
  type: hadoop.hdds.ReplicationType.RATIS,
  creationTime: 0n,
  modificationTime: 0n,
};

/** Volumes, buckets and keys as an OM keeps them, with a leader that can move. */
class FakeOm implements OmClient {
  leader = 'om1';
  refuseLists = false;
  stuck = new Set<string>();
  readonly asked: string[] = [];
  constructor(readonly tree: Tree) {}

  async call(node: string, request: Parameters<OmClient['call']>[1]): Promise<Outcome> {
    const base = {
      node,
      request: { ...request, clientId: 'c' },
      sentAtMs: performance.now(),
      endedAtMs: performance.now(),
      trailers: new Map<string, string>(),
      callNumber: 1,
    };
    this.asked.push(`${node} ${Type[request.cmdType]}`);
    if (node !== this.leader) {
      const details = 'a.OMNotLeaderException: x';
      return {
        ...base,
        kind: 'refused',
        code: 13,
        details,
        className: 'OMNotLeaderException',
        suggestedLeader: undefined,
      };
    }
    if (this.refuseLists && request.cmdType === Type.ListBuckets) {
      return { ...base, kind: 'refused', code: 2, details: 'no', className: undefined, suggestedLeader: undefined };
    }
    return { ...base, kind: 'answered', response: { cmdType: request.cmdType, ...this.answer(request) } };
  }

  private answer(request: Parameters<OmClient['call']>[1]): Omit<OMResponse, 'cmdType'> {
    const { listVolumeRequest, deleteVolumeRequest, listBucketsRequest, deleteBucketRequest } = request;
    if (listVolumeRequest) {
      // Ignores the prefix, as a broken server might.
      const names = [...this.tree.keys()].sort().filter((name) => name > (listVolumeRequest.prevKey ?? ''));
      const volumeInfo = names.slice(0, 2).map((volume) => ({ volume, adminName: '', ownerName: '' }));
      return { status: Status.OK, listVolumeResponse: { volumeInfo } };
    }
    if (deleteVolumeRequest) {
      const volume = this.tree.get(deleteVolumeRequest.volumeName);
      if (volume === undefined) return { status: Status.VOLUME_NOT_FOUND };
      if (volume.size > 0) return { status: Status.VOLUME_NOT_EMPTY };
      this.tree.delete(deleteVolumeRequest.volumeName);
      return { status: Status.OK };
    }
    if (listBucketsRequest) {
      const names = [...(this.tree.get(listBucketsRequest.volumeName)?.keys() ?? [])];
      const bucketInfo = names.slice(0, 2).map((bucketName) => ({
        volumeName: listBucketsRequest.volumeName,
        bucketName,
        isVersionEnabled: false,
        storageType: hadoop.hdds.StorageTypeProto.DISK,
      }));
      return { status: Status.OK, listBucketsResponse: { bucketInfo } };
    }
    if (deleteBucketRequest) {
      const { volumeName, bucketName } = deleteBucketRequest;
      const bucket = this.tree.get(volumeName)?.get(bucketName);
      if (bucket === undefined) return { status: Status.BUCKET_NOT_FOUND };
      if (bucket.size > 0 || this.stuck.has(bucketName)) return { status: Status.BUCKET_NOT_EMPTY };
      this.tree.get(volumeName)?.delete(bucketName);
      return { status: Status.OK };
    }
    if (request.listKeysRequest) {
      const { volumeName, bucketName } = request.listKeysRequest;
      // As upstream: no key of a bucket that is a tree is listed.
      const keys = [...(this.tree.get(volumeName)?.get(bucketName) ?? [])].filter(() => !bucketName.startsWith('tree'));
      const keyInfo = keys.slice(0, 2).map((keyName) => ({ ...record, volumeName, bucketName, keyName }));
      return { status: Status.OK, listKeysResponse: { keyInfo } };
    }
    if (request.listStatusRequest) {
      const { volumeName, bucketName } = request.listStatusRequest.keyArgs;
      const keys = [...(this.tree.get(volumeName)?.get(bucketName) ?? [])];
      const names = [...new Set(keys.map((key) => key.split('/', 1)[0] ?? ''))].slice(0, 2);
      const statuses = names.map((keyName) => ({ keyInfo: { ...record, volumeName, bucketName, keyName } }));
      return { status: Status.OK, listStatusResponse: { statuses } };
    }
    if (request.deleteKeyRequest) {
      const { volumeName, bucketName, keyName, recursive } = request.deleteKeyRequest.keyArgs;
      const bucket = this.tree.get(volumeName)?.get(bucketName);
      const below = [...(bucket ?? [])].filter((key) => recursive === true && key.startsWith(`${keyName}/`));
      const gone = [keyName, ...below].filter((key) => bucket?.delete(key));
      return { status: gone.length > 0 ? Status.OK : Status.KEY_NOT_FOUND };
    }
    return { status: Status.OK };
  }
}

const tree = (shape: Record<string, Record<string, string[]>>): Tree =>
  new Map(
    Object.entries(shape).map(([volume, buckets]) => [
      volume,
      new Map(Object.entries(buckets).map(([bucket, keys]) => [bucket, new Set(keys)])),
    ]),
  );
const context = (client: OmClient) => ({ client, nodes: ['om1', 'om2'], budgets: BUDGETS });

describe('what broken runs left', () => {
  const shape = () =>
    tree({
      s3v: {},
      'omc-notes': {},
      'omc-ABCDEF-v1': {},
      'omc-aaaaaa-v1': { b1: ['k1', 'k2', 'k3'], b2: [], b3: ['k'] },
      'omc-aaaaaa-v2': {},
      'omc-bbbbbb-v1': { b: [] },
      production: { data: ['precious'] },
    });

  test('is removed, and nothing else is touched', async () => {
    const om = new FakeOm(shape());
    expect(await removeLeftovers(context(om))).toEqual({ volumes: 3, buckets: 4, keys: 4, left: [] });
    expect([...om.tree.keys()].sort()).toEqual(['omc-ABCDEF-v1', 'omc-notes', 'production', 's3v']);
    expect(om.tree.get('production')?.get('data')).toEqual(new Set(['precious']));
  });

  test('also where ListKeys shows nothing of a tree', async () => {
    const om = new FakeOm(tree({ 'omc-aaaaaa-v1': { tree: ['a/b/f', 'a/g', 'c/', 'h'] } }));
    expect(await removeLeftovers(context(om))).toEqual({ volumes: 1, buckets: 1, keys: 3, left: [] });
  });

  test('of one run alone', async () => {
    const om = new FakeOm(shape());
    expect(await removeLeftovers(context(om), 'bbbbbb')).toMatchObject({ volumes: 1 });
    expect(om.tree.has('omc-aaaaaa-v1')).toBe(true);
  });

  test('what cannot be removed is named', async () => {
    const om = new FakeOm(shape());
    om.stuck.add('b2');
    const report = await removeLeftovers(context(om));
    expect(report.left).toContainEqual({ name: '/omc-aaaaaa-v1/b2', why: 'BUCKET_NOT_EMPTY' });
    expect(report.left).toContainEqual({ name: '/omc-aaaaaa-v1', why: 'VOLUME_NOT_EMPTY' });
    expect(report.volumes).toBe(2);
    expect(() => requireClean(report)).toThrow(/not removed/);
  });

  test('a server that cannot list buckets is no endless loop', async () => {
    const om = new FakeOm(shape());
    om.refuseLists = true;
    const report = await removeLeftovers(context(om));
    expect(report.left.map(({ name }) => name).sort()).toEqual(['/omc-aaaaaa-v1', '/omc-bbbbbb-v1']);
    expect(report.left[0]?.why).toContain('ListBuckets');
  });
});

describe('what a run made', () => {
  test('is removed from what the ledger knows, without a listing', async () => {
    const om = new FakeOm(tree({ 'omc-aaaaaa-v1': { b1: ['k1'] }, other: {} }));
    const ledger = new Ledger('omc-aaaaaa-');
    const ok = { status: Status.OK };
    const note = (request: Parameters<Ledger['note']>[0]) =>
      ledger.note(request, {
        kind: 'answered',
        response: { cmdType: request.cmdType, ...ok },
        node: 'om1',
        request,
        sentAtMs: 0,
        endedAtMs: 0,
        trailers: new Map(),
        callNumber: 1,
      });
    note({
      cmdType: Type.CommitKey,
      clientId: 'c',
      commitKeyRequest: { keyArgs: { volumeName: 'omc-aaaaaa-v1', bucketName: 'b1', keyName: 'k1' }, clientID: 1n },
    });
    expect(await removeMade(context(om), ledger)).toEqual({ volumes: 1, buckets: 1, keys: 1, left: [] });
    expect([...om.tree.keys()]).toEqual(['other']);
    expect(om.asked.filter((call) => call.includes('List'))).toEqual([]);
  });

  test('a leader that moves is followed', async () => {
    const om = new FakeOm(tree({ 'omc-aaaaaa-v1': {}, 'omc-aaaaaa-v2': {} }));
    const call = om.call.bind(om);
    let deletes = 0;
    om.call = async (node, request) => {
      if (request.cmdType === Type.DeleteVolume) {
        deletes += 1;
        if (deletes === 2) om.leader = 'om2';
      }
      return await call(node, request);
    };
    expect(await removeLeftovers(context(om))).toMatchObject({ volumes: 2, left: [] });
    expect(om.asked).toContain('om2 DeleteVolume');
  });

  test('without a leader it fails once, not once for each volume', async () => {
    const om = new FakeOm(tree({}));
    om.leader = 'nobody';
    const ledger = new Ledger('omc-aaaaaa-');
    for (let i = 0; i < 50; i += 1) {
      const request = {
        cmdType: Type.CreateVolume,
        clientId: 'c',
        createVolumeRequest: { volumeInfo: { volume: `omc-aaaaaa-v${i}`, adminName: '', ownerName: '' } },
      };
      ledger.note(request, {
        kind: 'unanswered',
        why: 'deadline',
        details: '',
        node: 'om1',
        request,
        sentAtMs: 0,
        endedAtMs: 0,
        trailers: new Map(),
        callNumber: 1,
      });
    }
    const started = performance.now();
    await expect(removeMade(context(om), ledger)).rejects.toThrow(EnvironmentError);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
