/** Three nodes in one process that lose everything and start as another cluster, which its clients can tell (FR-STATE-9). */
import { afterEach, describe, expect, it } from 'vitest';
import { clusterAfter } from '../cluster-file.js';
import { type Outcome, stateId, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

const ON = { ...FAST, 'ozone.om.follower.read.enabled': 'true' };

let cluster: TestCluster;
afterEach(() => cluster.stop());

const clusterOf = (outcome: Outcome) => outcome.trailers.get('om-cluster').map(String);
const echo = (node: string) => cluster.client(node).echo({ readOnly: true });

describe('a reformat', () => {
  it('makes another cluster of the same nodes, on every node and after a restart', async () => {
    cluster = await TestCluster.start(3, { settings: FAST });
    await Promise.all(cluster.ids.map((id) => cluster.node(id).configure(ON)));
    for (let n = 0; n < 30; n++) await cluster.client(await cluster.leader()).createVolume(`vol${n}`);
    const before = stateId(await echo(await cluster.leader())) ?? 0n;
    expect(clusterOf(await echo('om1'))).toEqual(['test']);

    const told = await Promise.all(cluster.ids.map((id) => cluster.node(id).reformat()));
    expect(new Set(told)).toEqual(new Set([clusterAfter('test')]));
    const leader = await cluster.leader();
    const first = await cluster.client(leader).createVolume('vol1');
    expect(word(first)).toBe('OK');
    expect(stateId(first)).toBeLessThan(before);
    for (const id of cluster.ids) expect(clusterOf(await echo(id))).toEqual([clusterAfter('test')]);

    const [follower = ''] = await cluster.followers();
    await cluster.stopNode(follower);
    await cluster.startNode(follower);
    expect(clusterOf(await echo(follower))).toEqual([clusterAfter('test')]);
    await cluster.node(follower).dropReplica(undefined);
    await cluster.stopNode(follower);
    await expect(cluster.startNode(follower)).rejects.toMatchObject({ code: 'REPLICA_LOST' });
  });

  it('gives each cluster an id that none had before it', () => {
    const ids = new Set(['test']);
    for (let id = 'test'; ids.size < 100; ids.add(id)) id = clusterAfter(id);
    expect(ids.size).toBe(100);
    expect(clusterAfter('test')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
