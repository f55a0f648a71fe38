/** Nodes in one process: what becomes of directories that were removed with their content, over leaders and restarts (LE-STEP-2). */
import { afterEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import type { OMRequest } from '../../namespace/command.js';
import { eventually } from './eventually.js';
import { type OmClient, word } from './om-client.js';
import { TestCluster } from './test-cluster.js';

const { Type, BucketLayoutProto, ReadConsistencyProto } = hadoop.ozone;
const FILES = 500;
const names = { volumeName: 'vol', bucketName: 'bucket' };

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function ok(client: OmClient, request: Partial<OMRequest>) {
  const outcome = await client.call(request, { deadlineMs: 20_000 });
  if (outcome.kind !== 'answer' || outcome.status !== 'OK') throw new Error(word(outcome));
  return outcome.response;
}

async function touch(client: OmClient, keyName: string): Promise<void> {
  const keyArgs = { ...names, keyName };
  const { createKeyResponse } = await ok(client, { cmdType: Type.CreateKey, createKeyRequest: { keyArgs } });
  const clientID = createKeyResponse?.ID ?? 0n;
  await ok(client, { cmdType: Type.CommitKey, commitKeyRequest: { keyArgs, clientID } });
}

/** `FILES` files in nested directories under `a`, and one beside it. */
async function grow(client: OmClient): Promise<void> {
  await client.createVolume('vol');
  const storageType = hadoop.hdds.StorageTypeProto.DISK;
  const bucketLayout = BucketLayoutProto.FILE_SYSTEM_OPTIMIZED;
  const bucketInfo = { ...names, isVersionEnabled: false, storageType, bucketLayout };
  await ok(client, { cmdType: Type.CreateBucket, createBucketRequest: { bucketInfo } });
  await touch(client, 'kept');
  const paths = Array.from({ length: FILES }, (_none, n) => `a/${n % 7}/${n % 3}/f${n}`);
  await Promise.all(
    Array.from({ length: 32 }, async (_none, worker) => {
      for (let at = worker; at < paths.length; at += 32) await touch(client, paths[at] ?? '');
    }),
  );
}

const removal: Partial<OMRequest> = {
  cmdType: Type.DeleteKey,
  deleteKeyRequest: { keyArgs: { ...names, keyName: 'a', recursive: true } },
};

async function used(client: OmClient): Promise<bigint> {
  const readConsistencyHint = { readConsistency: ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER };
  const outcome = await client.call({ cmdType: Type.InfoBucket, infoBucketRequest: names, readConsistencyHint });
  if (outcome.kind !== 'answer') return -1n;
  return outcome.response.infoBucketResponse?.bucketInfo?.usedNamespace ?? -1n;
}

async function kind(client: OmClient, keyName: string): Promise<string> {
  return word(
    await client.call({ cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: { ...names, keyName } } }),
  );
}

describe('a directory that is removed with its content', () => {
  it('is out of reach at once, purged without anybody asking, and then nothing more is done', async () => {
    cluster = await TestCluster.start(3);
    const leader = await cluster.leader();
    const client = cluster.client(leader);
    await grow(client);
    expect(await used(client)).toBe(BigInt(FILES) + 1n + 7n + 21n + 1n);
    await ok(client, removal);
    expect(await kind(client, 'a')).toBe('FILE_NOT_FOUND');
    expect(await kind(client, 'a/0/0/f0')).toBe('FILE_NOT_FOUND');
    await eventually(async () => (await used(client)) === 1n);
    expect(await kind(client, 'kept')).toBe('OK');
    const { appliedIndex } = cluster.status(leader);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(cluster.status(leader).appliedIndex).toBe(appliedIndex);
    expect(cluster.node(leader).counters().get('open_writes')).toBe(0);
  }, 60_000);

  it('is purged to the end while clients write on', async () => {
    cluster = await TestCluster.start(1);
    const client = cluster.client('om1');
    await grow(client);
    await ok(client, removal);
    let written = 0n;
    while ((await used(client)) !== 1n + written) {
      await touch(client, `new${written}`);
      written += 1n;
      expect(written).toBeLessThan(5_000n);
    }
    expect(written).toBeGreaterThan(0n);
  }, 60_000);

  it('is purged by the next leader, and after a restart', async () => {
    cluster = await TestCluster.start(3);
    const first = await cluster.leader();
    await grow(cluster.client(first));
    await ok(cluster.client(first), removal);
    await cluster.stopNode(first);
    const second = await cluster.leader();
    await cluster.stopNode(second);
    await Promise.all([first, second].map((id) => cluster.startNode(id)));
    const client = cluster.client(await cluster.leader());
    await eventually(async () => (await used(client)) === 1n);
    expect(await kind(client, 'kept')).toBe('OK');
    for (const id of cluster.ids) await eventually(async () => (await used(cluster.client(id))) === 1n);
  }, 60_000);
});
