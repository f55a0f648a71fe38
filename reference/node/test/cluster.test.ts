/** Three nodes in one process: who may write and read, and what is said to whom may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { encode } from '../../wire/plain.js';
import { type Hint, type Outcome, word } from './om-client.js';
import { TestCluster } from './test-cluster.js';

const NOT_LEADER = 'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException';
const trailer = (outcome: Outcome, key: string): string | undefined => outcome.trailers.get(key)[0]?.toString();

describe('three nodes', () => {
  let cluster: TestCluster;
  let leader: string;
  let follower: string;
  beforeAll(async () => {
    cluster = await TestCluster.start(3);
    leader = await cluster.leader();
    follower = cluster.ids.find((id) => id !== leader) ?? '';
  });
  afterAll(() => cluster.stop());

  it('answer a write once it is applied, and say that it went through Raft (HA-13)', async () => {
    const created = await cluster.client(leader).createVolume('vol1');
    expect(created).toMatchObject({ kind: 'answer', response: { success: true, traceID: '', leaderOMNodeId: leader } });
    expect(trailer(created, 'om-node')).toBe(leader);
    expect(word(await cluster.client(leader).createVolume('vol1'))).toBe('VOLUME_ALREADY_EXISTS');
  });

  it('refuse a write at a follower, name the leader, and rule out that it happens (HA-2, HA-3, HA-16)', async () => {
    const refused = await cluster.client(follower).createVolume('elsewhere');
    expect(refused).toMatchObject({
      kind: 'refusal',
      code: 13,
      details: `${NOT_LEADER}: OM:${follower} is not the leader. Suggested leader is OM:${leader}[127.0.0.1/127.0.0.1].`,
    });
    expect(trailer(refused, 'om-outcome')).toBe('none');
    expect(trailer(refused, 'om-leader')).toBe(leader);
    expect(trailer(refused, 'om-node')).toBe(follower);
    expect(word(await cluster.client(leader).infoVolume('elsewhere'))).toBe('VOLUME_NOT_FOUND');
  });

  it.each<[Hint | undefined, string, string]>([
    [undefined, 'OK', 'OMNotLeaderException'],
    ['READ_CONSISTENCY_UNSPECIFIED', 'OK', 'OMNotLeaderException'],
    ['DEFAULT', 'OK', 'OMNotLeaderException'],
    ['LINEARIZABLE_LEADER_ONLY', 'OK', 'OMNotLeaderException'],
    ['LINEARIZABLE_ALLOW_FOLLOWER', 'OK', 'OK'],
    ['LOCAL_LEASE', 'OK', 'OMNotLeaderException'],
  ])('read with hint %s: leader %s, follower %s (RC-1)', async (hint, atLeader, atFollower) => {
    expect(word(await cluster.client(leader).infoVolume('vol1', hint))).toBe(atLeader);
    expect(word(await cluster.client(follower).infoVolume('vol1', hint))).toBe(atFollower);
  });

  it('name the leader on reads that went through Raft, and on no others', async () => {
    const confirmed = await cluster.client(follower).infoVolume('vol1', 'LINEARIZABLE_ALLOW_FOLLOWER');
    expect(confirmed).toMatchObject({ response: { leaderOMNodeId: leader } });
    const local = await cluster.client(leader).infoVolume('vol1', 'DEFAULT');
    expect(local.kind === 'answer' && local.response.leaderOMNodeId).toBeUndefined();
  });

  it('show every acknowledged write to a linearizable read on any node (RC-2)', async () => {
    for (let i = 0; i < 50; i++) {
      expect(word(await cluster.client(leader).createVolume(`seen${i}`))).toBe('OK');
      const seen = await Promise.all(
        cluster.ids.map((id) => cluster.client(id).infoVolume(`seen${i}`, 'LINEARIZABLE_ALLOW_FOLLOWER')),
      );
      expect(seen.map(word)).toEqual(['OK', 'OK', 'OK']);
    }
  });

  it('let one of many concurrent writes of the same name win, and answer each once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => cluster.client(leader).createVolume('contended')),
    );
    expect(answers.map(word).sort()).toEqual(['OK', ...Array.from({ length: 63 }, () => 'VOLUME_ALREADY_EXISTS')]);
  });

  it('gather concurrent confirmed reads in few rounds (design §4.11)', async () => {
    const before = cluster.node(follower).counters().get('read_index_rounds') ?? 0;
    const reads = Array.from({ length: 100 }, () =>
      cluster.client(follower).infoVolume('vol1', 'LINEARIZABLE_ALLOW_FOLLOWER'),
    );
    expect(new Set((await Promise.all(reads)).map(word))).toEqual(new Set(['OK']));
    const rounds = (cluster.node(follower).counters().get('read_index_rounds') ?? 0) - before;
    expect(rounds).toBeLessThan(30);
  });

  it('answer a node’s own questions on any node', async () => {
    expect(word(await cluster.client(follower).echo({ readOnly: true }))).toBe('OK');
    expect(word(await cluster.client(follower).call({ cmdType: hadoop.ozone.Type.PrepareStatus }))).toBe('OK');
    const services = await cluster.client(follower).call({ cmdType: hadoop.ozone.Type.ServiceList });
    const roles =
      services.kind === 'answer'
        ? services.response.ServiceListResponse?.serviceInfo?.map(({ omRole }) => [omRole?.nodeId, omRole?.serverRole])
        : [];
    expect(roles).toEqual(cluster.ids.map((id) => [id, id === leader ? 'LEADER' : 'FOLLOWER']));
  });

  describe('what is no request', () => {
    const { OMRequest, Type } = hadoop.ozone;
    it.each([
      ['garbage', new Uint8Array([255, 255, 255, 1, 2, 3])],
      ['nothing', new Uint8Array(0)],
      ['no clientId', new Uint8Array([8, 110])],
      // cmdType 1500, clientId "c": the generated encoder writes no number that it does not know.
      ['an unknown command number', new Uint8Array([8, 0xdc, 0x0b, 0x1a, 1, 99])],
      ['Msync, while follower reads are not offered', encode(OMRequest, { cmdType: Type.Msync, clientId: 'c' })],
    ])('%s is refused with UNKNOWN, and the connection stays usable (W-5, W-8)', async (_, bytes) => {
      expect(await cluster.client(leader).raw(bytes)).toMatchObject({ kind: 'refusal', code: 2 });
      expect(word(await cluster.client(leader).echo())).toBe('OK');
    });

    it('an unknown method is UNIMPLEMENTED (W-7)', async () => {
      const path = '/hadoop.ozone.OzoneManagerService/other';
      expect(await cluster.client(leader).raw(new Uint8Array(0), { path })).toMatchObject({ code: 12 });
    });

    it('a command type that nothing carries out is refused with a status (W-8)', async () => {
      expect(word(await cluster.client(leader).call({ cmdType: Type.UnknownCommand }))).toBe('INVALID_REQUEST');
      expect(word(await cluster.client(follower).call({ cmdType: Type.UnknownCommand }))).toBe('OMNotLeaderException');
    });

    it('unknown fields and unknown metadata change nothing (W-4)', async () => {
      const known = { cmdType: Type.InfoVolume, clientId: 'c', infoVolumeRequest: { volumeName: 'vol1' } };
      // Field 2000, a string: tag 16002 as a varint.
      const bytes = Buffer.concat([encode(OMRequest, known), Buffer.from([0x82, 0x7d, 3, 97, 98, 99])]);
      const outcome = await cluster.client(leader).raw(bytes, { metadata: { 'om-unheard-of': '1', 'x-foo': 'bar' } });
      expect(word(outcome)).toBe('OK');
    });
  });

  it('serve the standard health service', async () => {
    const path = '/grpc.health.v1.Health/Check';
    const outcome = await cluster.client(leader).rawBytes(new Uint8Array(0), path);
    // HealthCheckResponse.status = SERVING.
    expect([...outcome]).toEqual([8, 1]);
  });
});

describe('a write that takes too much of the log', () => {
  it('is refused, and the node goes on', async () => {
    const cluster = await TestCluster.start(1);
    try {
      const metadata = [{ key: 'k', value: 'x'.repeat(5 << 20) }];
      const large = await cluster.client('om1').call({
        cmdType: hadoop.ozone.Type.CreateVolume,
        createVolumeRequest: { volumeInfo: { adminName: 'ann', ownerName: 'ann', volume: 'large', metadata } },
      });
      expect(word(large)).toBe('INVALID_REQUEST');
      expect(word(await cluster.client('om1').createVolume('large'))).toBe('OK');
    } finally {
      await cluster.stop();
    }
  });
});

describe('a node with a small message limit', () => {
  it('refuses what is larger with RESOURCE_EXHAUSTED and stays up (W-6)', async () => {
    const cluster = await TestCluster.start(1, { settings: { 'ozone.om.grpc.maximum.response.length': '10000' } });
    try {
      const large = await cluster
        .client('om1')
        .call({ EchoRPCRequest: { readOnly: false, payloadReq: new Uint8Array(20_000) } });
      expect(large).toMatchObject({ kind: 'refusal', code: 8 });
      expect(word(await cluster.client('om1').echo())).toBe('OK');
    } finally {
      await cluster.stop();
    }
  });
});
