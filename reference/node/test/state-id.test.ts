/** Three nodes in one process: what every answer says of the state that stands behind it (FR-STATE). */
import { afterEach, describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { eventually } from './eventually.js';
import { type OmClient, type Outcome, stateId, word } from './om-client.js';
import { FAST, TestCluster } from './test-cluster.js';

const { Type } = hadoop.ozone;
const FOLLOWER_READS = { ...FAST, 'ozone.om.follower.read.enabled': 'true' };

let cluster: TestCluster;
afterEach(() => cluster.stop());

const start = async (settings: Readonly<Record<string, string>> = FOLLOWER_READS) => {
  cluster = await TestCluster.start(3, { settings });
  const leader = await cluster.leader();
  const [follower = ''] = await cluster.followers();
  return { leader, follower };
};
const applied = (node: string) => BigInt(cluster.status(node).appliedIndex);
const clusterOf = (outcome: Outcome) => outcome.trailers.get('om-cluster').map(String);
const sent = (value: string) => ({ metadata: { 'om-state-id': value } });

describe('the state id of an answer', () => {
  it('comes with whatever is said to a decoded request, by any node (FR-STATE-1)', async () => {
    const { leader, follower } = await start();
    const asked: readonly [string, (client: OmClient) => Promise<Outcome>][] = [
      ['a write', (client) => client.createVolume('vol1')],
      ['a write that is refused', (client) => client.createVolume('vol1')],
      ['a write with an invalid name', (client) => client.createVolume('A')],
      ['a read', (client) => client.infoVolume('vol1')],
      ['a read of nothing', (client) => client.infoVolume('none')],
      ['a confirmed read', (client) => client.infoVolume('vol1', 'LINEARIZABLE_ALLOW_FOLLOWER')],
      ['a node’s own question', (client) => client.echo({ readOnly: true })],
      ['a command that nothing carries out', (client) => client.call({ cmdType: Type.GetAcl })],
      ['the nodes', (client) => client.call({ cmdType: Type.ServiceList })],
      ['a transfer to nobody', (client) => client.call({ cmdType: Type.TransferLeadership })],
      ['a malformed call id', (client) => client.echo({ metadata: { 'om-call-id': '-1' } })],
      ['a malformed state id', (client) => client.echo(sent('main'))],
    ];
    for (const node of [leader, follower]) {
      for (const [what, ask] of asked) {
        const outcome = await ask(cluster.client(node));
        expect([what, stateId(outcome)]).toEqual([what, expect.any(BigInt)]);
        expect([what, ...clusterOf(outcome)]).toEqual([what, 'test']);
      }
    }
    const undecodable = await cluster.client(leader).raw(new Uint8Array([255]));
    expect(stateId(undecodable)).toBeUndefined();
  });

  it('covers the write, also one that changed nothing or was told from memory (FR-STATE-2)', async () => {
    const { leader, follower } = await start();
    const client = cluster.client(leader);
    const before = applied(leader);
    const created = await client.createVolume('vol1', { metadata: { 'om-call-id': '1' } });
    expect(stateId(created)).toBeGreaterThan(before);
    expect(stateId(created)).toBeLessThanOrEqual(applied(leader));
    const again = await client.createVolume('vol1');
    expect(word(again)).toBe('VOLUME_ALREADY_EXISTS');
    expect(stateId(again)).toBeGreaterThanOrEqual(stateId(created) ?? 0n);
    const repeated = await client.createVolume('vol1', { metadata: { 'om-call-id': '1' } });
    expect(word(repeated)).toBe('OK');
    expect(stateId(repeated)).toBeGreaterThanOrEqual(stateId(again) ?? 0n);
    await eventually(() => applied(follower) >= (stateId(again) ?? 0n));
    const refused = await cluster.client(follower).createVolume('vol1');
    expect(stateId(refused)).toBeGreaterThanOrEqual(stateId(again) ?? 0n);
  });

  it('is what the node has applied, not what it knows to be committed (FR-STATE-4)', async () => {
    const { leader, follower } = await start();
    cluster.node(follower).pauseApply('main');
    const stays = applied(follower);
    await cluster.client(leader).createVolume('vol1');
    await eventually(() => BigInt(cluster.status(follower).commitIndex) > stays);
    expect(stateId(await cluster.client(follower).echo({ readOnly: true }))).toBe(stays);
    cluster.node(follower).resumeApply('main');
    await eventually(async () => (stateId(await cluster.client(follower).echo({ readOnly: true })) ?? 0n) > stays);
  });

  it('never falls on one node, whatever happens beside (FR-STATE-3)', async () => {
    const { leader, follower } = await start();
    for (const node of [leader, follower]) {
      let last = -1n;
      const writes = Array.from({ length: 40 }, (_, n) => cluster.client(leader).createVolume(`vol${n}${node}`));
      for (let n = 0; n < 40; n++) {
        const seen = stateId(await cluster.client(node).echo({ readOnly: true })) ?? -2n;
        expect(seen).toBeGreaterThanOrEqual(last);
        last = seen;
      }
      await Promise.all(writes);
    }
  });
});

describe('the state id of a request', () => {
  it('that is malformed refuses the request, of whatever kind, and nothing is done (FR-STATE-6)', async () => {
    const { leader } = await start();
    const { lastLogIndex } = cluster.status(leader);
    const create = await cluster.client(leader).createVolume('vol1', sent('main:01'));
    expect(create).toMatchObject({
      kind: 'refusal',
      code: 3,
      details: 'om-state-id: "01" is not a decimal number without sign or leading zero',
    });
    expect(create.trailers.get('om-outcome').map(String)).toEqual(['none']);
    expect(await cluster.client(leader).echo({ readOnly: true, ...sent('main:1,') })).toMatchObject({ code: 3 });
    expect(await cluster.client(leader).infoVolume('vol1', undefined, sent(''))).toMatchObject({ code: 3 });
    expect(cluster.status(leader).lastLogIndex).toBe(lastLogIndex);
  });

  it('neither delays a write nor raises what anybody is told (FR-STATE-5, FR-ADMIT-5)', async () => {
    const { leader } = await start();
    const created = await cluster.client(leader).createVolume('vol1', sent(`main:${2n ** 63n - 1n}`));
    expect(word(created)).toBe('OK');
    expect(stateId(created)).toBe(applied(leader));
    expect(stateId(await cluster.client(leader).infoVolume('vol1'))).toBe(applied(leader));
  });
});

describe('with follower reads off', () => {
  it('no id is sent, and none is heard, malformed or not (FR-STATE-7)', async () => {
    const { leader, follower } = await start(FAST);
    for (const value of ['main:01', '', `main:${2n ** 63n - 1n}`]) {
      const read = await cluster.client(leader).infoVolume('none', undefined, sent(value));
      expect([word(read), stateId(read), ...clusterOf(read)]).toEqual(['VOLUME_NOT_FOUND', undefined]);
      const elsewhere = await cluster.client(follower).infoVolume('none', undefined, sent(value));
      expect([word(elsewhere), stateId(elsewhere)]).toEqual(['OMNotLeaderException', undefined]);
    }
  });
});
