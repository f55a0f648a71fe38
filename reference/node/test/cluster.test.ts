import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { word } from './om-client.js';
import { TestCluster } from './test-cluster.js';

describe('three nodes', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start(3);
  });
  afterAll(() => cluster.stop());

  it('write at the leader, read everywhere (RC-1, RC-2)', async () => {
    const leader = await cluster.leader();
    const created = await cluster.client(leader).createVolume('vol1');
    expect(word(created)).toBe('OK');
    for (const id of cluster.ids) {
      expect(word(await cluster.client(id).infoVolume('vol1', 'LINEARIZABLE_ALLOW_FOLLOWER'))).toBe('OK');
    }
  });
});
