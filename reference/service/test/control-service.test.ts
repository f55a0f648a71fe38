/** The control service over gRPC, against a node that only remembers what it was asked. */
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { om } from '#proto';
import { decode, encode, type MessageType, type Plain } from '../../wire/plain.js';
import { type ControlledNode, ControlRefusal } from '../control-port.js';
import { type ControlServer, startControlServer } from '../control-service.js';

const v1 = om.conformance.v1;
const asked: unknown[] = [];
const node: ControlledNode = {
  node: 'om2',
  status: () => [
    {
      group: 'main',
      role: 'leader',
      term: 3,
      leader: 'om2',
      lastLogIndex: 12,
      commitIndex: 11,
      appliedIndex: 10,
      snapshotIndex: 5,
      ready: true,
      applyPaused: true,
      member: 4098,
      voters: ['om1', 'om2'],
      learners: ['om3'],
    },
  ],
  counters: () => new Map([['log_entries', 12]]),
  pauseApply: (group) => {
    if (group !== 'main') throw new ControlRefusal('not-found', `there is no group "${group}"`);
    asked.push(['pause', group]);
  },
  resumeApply: (group) => void asked.push(['resume', group]),
  isolate: (from, direction) => void asked.push(['isolate', from, direction]),
  heal: () => void asked.push(['heal']),
  transferLeadership: async (order) => {
    asked.push(['transfer', order]);
    if (order.expectedTerm !== undefined) throw new ControlRefusal('not-now', 'another term');
    if (order.target === undefined) throw new ControlRefusal('timed-out', 'nobody took over');
  },
  changeMembership: async (order) => {
    asked.push(['change', order]);
    if (order.node === 'om9') throw new ControlRefusal('not-now', 'om9: another change is under way');
    return { member: 4099, voters: ['om1', 'om2'], learners: ['om3'] };
  },
  dropReplica: async (group) => {
    asked.push(['drop', group]);
    return '/data/om2';
  },
  reformat: async () => {
    asked.push(['reformat']);
    return 'another';
  },
  powerLoss: async (seed) => void asked.push(['power', seed]),
  jumpClock: (jump) => void asked.push(['jump', jump]),
  snapshot: async () => 42,
  configure: async (values) => {
    asked.push(['configure', values]);
    if ('wrong' in values) throw new ControlRefusal('invalid', 'wrong: no such configuration key');
  },
};

let server: ControlServer;
let client: Client;
beforeAll(async () => {
  server = await startControlServer('127.0.0.1:0', node);
  client = new Client(server.address, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await server.close();
});

async function call<Q, A>(name: string, request: MessageType<Q>, answer: MessageType<A>, message: Plain<Q>) {
  const asIs = (bytes: Buffer): Buffer => bytes;
  const bytes = Buffer.from(encode(request, message));
  return await new Promise<Plain<A> | { code: string; details: string }>((resolve) => {
    client.makeUnaryRequest(
      `/om.conformance.v1.Control/${name}`,
      asIs,
      asIs,
      bytes,
      (error: ServiceError | null, got?: Buffer) =>
        resolve(
          error === null
            ? decode(answer, got ?? Buffer.alloc(0))
            : { code: status[error.code] ?? '', details: error.details },
        ),
    );
  });
}

describe('the control service', () => {
  it('says what it offers, and for whom', async () => {
    const answer = await call('GetCapabilities', v1.GetCapabilitiesRequest, v1.GetCapabilitiesResponse, {});
    expect(answer).toEqual({
      contract: '1.1',
      capabilities: [
        'blocks',
        'configure',
        'counters',
        'drop-replica',
        'isolate-node',
        'isolate-one-way',
        'membership',
        'node-clock',
        'pause-apply',
        'power-loss',
        'reformat',
        'snapshot',
        'status',
        'transfer-group',
      ],
      nodes: ['om2'],
    });
  });

  it('answers status and counters', async () => {
    expect(await call('GetStatus', v1.GetStatusRequest, v1.GetStatusResponse, { node: 'om2' })).toEqual({
      node: 'om2',
      groups: [
        {
          group: 'main',
          role: v1.GroupStatus.Role.LEADER,
          term: 3n,
          leader: 'om2',
          last_log_index: 12n,
          commit_index: 11n,
          applied_index: 10n,
          snapshot_index: 5n,
          ready: true,
          apply_paused: true,
          member: 4098n,
          voters: ['om1', 'om2'],
          learners: ['om3'],
        },
      ],
    });
    expect(await call('GetCounters', v1.GetCountersRequest, v1.GetCountersResponse, { node: 'om2' })).toEqual({
      counters: { log_entries: 12n },
    });
  });

  it('changes the membership, drops a replica and makes a clock jump', async () => {
    asked.length = 0;
    const { Change } = v1.ChangeMembershipRequest;
    const change = (order: Plain<om.conformance.v1.ChangeMembershipRequest.$Properties>) =>
      call('ChangeMembership', v1.ChangeMembershipRequest, v1.ChangeMembershipResponse, order);
    expect(await change({ change: Change.ADD_LEARNER, node: 'om3' })).toEqual({
      member: 4099n,
      voters: ['om1', 'om2'],
      learners: ['om3'],
    });
    for (const [kind] of [[Change.PROMOTE], [Change.DRAIN], [Change.REMOVE]])
      await change({ change: kind, node: 'om3' });
    expect(await change({ node: 'om3' })).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await change({ change: Change.PROMOTE, node: 'om9' })).toMatchObject({ code: 'FAILED_PRECONDITION' });
    expect(await call('DropReplica', v1.DropReplicaRequest, v1.DropReplicaResponse, { node: 'om2' })).toEqual({
      directory: '/data/om2',
    });
    await call('JumpClock', v1.JumpClockRequest, v1.JumpClockResponse, { wall_ms: -5n, monotonic_ms: 7n });
    expect(await call('Reformat', v1.ReformatRequest, v1.ReformatResponse, {})).toEqual({ cluster: 'another' });
    const lose = (nodes: string[]) => call('PowerLoss', v1.PowerLossRequest, v1.PowerLossResponse, { nodes, seed: 7n });
    await lose([]);
    await lose(['om1', 'om2']);
    expect(await lose(['om1'])).toMatchObject({ code: 'NOT_FOUND' });
    expect(asked).toEqual([
      ...['add-learner', 'promote', 'drain', 'remove'].map((kind) => [
        'change',
        { change: kind, node: 'om3', group: 'main' },
      ]),
      ['change', { change: 'promote', node: 'om9', group: 'main' }],
      ['drop', undefined],
      ['jump', { wallMs: -5n, monotonicMs: 7 }],
      ['reformat'],
      ['power', 7],
      ['power', 7],
    ]);
  });

  it('hands orders on', async () => {
    asked.length = 0;
    const { Direction } = v1.IsolateRequest;
    await call('PauseApply', v1.PauseApplyRequest, v1.PauseApplyResponse, { node: 'om2', group: 'main' });
    await call('ResumeApply', v1.ResumeApplyRequest, v1.ResumeApplyResponse, { node: 'om2' });
    await call('Isolate', v1.IsolateRequest, v1.IsolateResponse, {
      node: 'om2',
      from: ['om1'],
      direction: Direction.INBOUND,
    });
    await call('Heal', v1.HealRequest, v1.HealResponse, {});
    await call('TransferLeadership', v1.TransferLeadershipRequest, v1.TransferLeadershipResponse, {
      group: 'main',
      target: 'om1',
    });
    await call('Configure', v1.ConfigureRequest, v1.ConfigureResponse, { values: { key: 'value' } });
    expect(asked).toEqual([
      ['pause', 'main'],
      ['resume', 'main'],
      ['isolate', ['om1'], 'inbound'],
      ['heal'],
      ['transfer', { group: 'main', target: 'om1', expectedLeader: undefined, expectedTerm: undefined }],
      ['configure', { key: 'value' }],
    ]);
    expect(await call('Snapshot', v1.SnapshotRequest, v1.SnapshotResponse, { node: 'om2', group: 'main' })).toEqual({
      snapshot_index: 42n,
    });
  });

  it.each([
    ['NOT_FOUND', () => call('GetStatus', v1.GetStatusRequest, v1.GetStatusResponse, { node: 'om9' })],
    [
      'NOT_FOUND',
      () => call('PauseApply', v1.PauseApplyRequest, v1.PauseApplyResponse, { node: 'om2', group: 'other' }),
    ],
    [
      'INVALID_ARGUMENT',
      () => call('Configure', v1.ConfigureRequest, v1.ConfigureResponse, { values: { wrong: '1' } }),
    ],
    [
      'FAILED_PRECONDITION',
      () =>
        call('TransferLeadership', v1.TransferLeadershipRequest, v1.TransferLeadershipResponse, {
          target: 'om1',
          expected_term: 9n,
        }),
    ],
    ['ABORTED', () => call('TransferLeadership', v1.TransferLeadershipRequest, v1.TransferLeadershipResponse, {})],
    ['UNIMPLEMENTED', () => call('GetDigest', v1.HealRequest, v1.HealResponse, {})],
  ])('%s', async (code, refused) => {
    expect(await refused()).toMatchObject({ code });
  });

  it('names the wrong key', async () => {
    const answer = await call('Configure', v1.ConfigureRequest, v1.ConfigureResponse, { values: { wrong: '1' } });
    expect(answer).toMatchObject({ details: 'wrong: no such configuration key' });
  });
});
