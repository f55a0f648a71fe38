import { afterEach, describe, expect, test } from 'vitest';
import { om } from '#proto';
import { EnvironmentError, HarnessError } from '../../failure.js';
import { decode, encode, type MessageType, type Plain } from '../../wire/plain.js';
import { answer, refuse, type ScriptedServer, serve } from '../../wire/test/scripted-server.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { createControlClient } from '../client.js';
import type { ControlClient } from '../control.js';

const v1 = om.conformance.v1;
const { Role } = v1.GroupStatus;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Answers by method name; a method without an answer is UNIMPLEMENTED. */
type Answers = Readonly<Record<string, Uint8Array | { readonly code: number; readonly details: string } | undefined>>;
const bytes = <P>(type: MessageType<P>, message: Plain<P>) => encode(type, message);

async function node(answers: Answers): Promise<ScriptedServer> {
  const server = await serve((stream, { path }) => {
    const found = answers[path.split('/').at(-1) ?? ''];
    if (found === undefined) refuse(stream, 12, 'Method not found');
    else if (!(found instanceof Uint8Array)) refuse(stream, found.code, found.details);
    else answer(stream, found);
  });
  cleanups.push(() => server.close());
  return server;
}

function clientOf(addresses: Readonly<Record<string, string | undefined>>) {
  const transcript = new TranscriptLog();
  const nodes = Object.entries(addresses).map(([id, control]) => ({ id, control }));
  const client = createControlClient({ nodes, callMs: 2000, slowCallMs: 3000, transcript });
  cleanups.push(() => client?.close());
  return { client: client as ControlClient, transcript };
}

const capabilities = (nodes: string[], offered: string[], contract = '1.0') => ({
  GetCapabilities: bytes(v1.GetCapabilitiesResponse, { contract, capabilities: offered, nodes }),
});
const leads = (role: om.conformance.v1.GroupStatus.Role) => ({
  GetStatus: bytes(v1.GetStatusResponse, { groups: [{ group: 'main', role }] }),
});

describe('capabilities', () => {
  test('count when every node offers them, unknown ones never', async () => {
    const one = await node(capabilities(['om1'], ['status', 'counters', 'teleport']));
    const two = await node(capabilities(['om2'], ['status', 'snapshot']));
    const { client } = clientOf({ om1: one.address, om2: two.address });
    expect([...(await client.capabilities())]).toEqual(['status']);
  });

  test('none when a node has no endpoint', async () => {
    const one = await node(capabilities(['om1'], ['status']));
    const { client } = clientOf({ om1: one.address, om2: undefined });
    expect([...(await client.capabilities())]).toEqual([]);
  });

  test('one endpoint may answer for all, and is asked once', async () => {
    const one = await node(capabilities(['om1', 'om2'], ['status']));
    const { client } = clientOf({ om1: one.address, om2: one.address });
    expect([...(await client.capabilities())]).toEqual(['status']);
    expect(one.arrived).toHaveLength(1);
    expect(one.connections).toBe(1);
  });

  test.each<[string, Answers, string]>([
    ['a later contract', capabilities(['om1'], ['status'], '2.0'), 'contract "2.0" is not 1.x'],
    ['an endpoint of another node', capabilities(['om7'], ['status']), 'it does not answer for om1'],
    ['no such service', {}, 'gRPC UNIMPLEMENTED: Method not found'],
    ['garbage', { GetCapabilities: Buffer.from([0xff, 0xff]) }, 'its answer is unreadable'],
  ])('%s is an error that says where', async (_, answers, text) => {
    const one = await node(answers);
    const { client } = clientOf({ om1: one.address });
    const failure = await client.capabilities().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(String(failure)).toContain(`control call GetCapabilities on om1 at ${one.address}: `);
    expect(String(failure)).toContain(text);
  });

  test('no endpoint at all, no client', () => {
    expect(clientOf({ om1: undefined }).client).toBeUndefined();
  });
});

describe('calls', () => {
  test('status and counters, absent fields as their zero', async () => {
    const one = await node({
      GetStatus: bytes(v1.GetStatusResponse, {
        node: 'om1',
        groups: [
          { group: 'main', role: Role.LEADER, term: 3n, leader: 'om1', applied_index: 2n ** 63n, ready: true },
          { group: 'g', role: Role.LEARNER },
        ],
      }),
      GetCounters: bytes(v1.GetCountersResponse, { counters: { waiting_reads: 5n } }),
    });
    const { client } = clientOf({ om1: one.address });
    expect(await client.status('om1')).toEqual([
      {
        group: 'main',
        role: 'leader',
        term: 3n,
        leader: 'om1',
        lastLogIndex: 0n,
        commitIndex: 0n,
        appliedIndex: 2n ** 63n,
        snapshotIndex: 0n,
        ready: true,
        applyPaused: false,
        member: 0n,
        voters: [],
        learners: [],
      },
      expect.objectContaining({ group: 'g', role: 'learner', leader: undefined, ready: false }),
    ]);
    expect(await client.counters('om1')).toEqual(new Map([['waiting_reads', 5n]]));
  });

  test('a role that does not exist is an error', async () => {
    const one = await node({ GetStatus: bytes(v1.GetStatusResponse, { groups: [{ group: 'main' }] }) });
    await expect(clientOf({ om1: one.address }).client.status('om1')).rejects.toThrow('has role 0');
  });

  test('go to the endpoint of the node and say what they mean', async () => {
    const empty = Buffer.of();
    const answers = { PauseApply: empty, ResumeApply: empty, Isolate: empty, Heal: empty, Configure: empty };
    const one = await node(answers);
    const two = await node(answers);
    const { client } = clientOf({ om1: one.address, om2: two.address });
    await client.pauseApply('om2');
    await client.isolate('om1', ['om2'], 'inbound');
    await client.heal();
    await client.configure({ 'a.b': 'c' });
    expect(two.arrived.map(({ path }) => path.split('/').at(-1))).toEqual(['PauseApply', 'Heal', 'Configure']);
    expect(decode(v1.PauseApplyRequest, two.arrived[0]?.message ?? empty)).toEqual({ node: 'om2', group: 'main' });
    expect(decode(v1.IsolateRequest, one.arrived[0]?.message ?? empty)).toEqual({
      node: 'om1',
      from: ['om2'],
      direction: v1.IsolateRequest.Direction.INBOUND,
    });
    expect(decode(v1.ConfigureRequest, one.arrived[2]?.message ?? empty)).toEqual({ values: { 'a.b': 'c' } });
  });

  test('a node is cut off both ways from all others when nothing else is said', async () => {
    const one = await node({ Isolate: Buffer.of() });
    await clientOf({ om1: one.address }).client.isolate('om1');
    expect(decode(v1.IsolateRequest, one.arrived[0]?.message ?? Buffer.of())).toEqual({ node: 'om1' });
  });

  test('a transfer goes to the leader, whoever is named', async () => {
    const one = await node({ ...leads(Role.FOLLOWER), TransferLeadership: Buffer.of() });
    const two = await node({ ...leads(Role.LEADER), TransferLeadership: Buffer.of() });
    const { client } = clientOf({ om1: one.address, om2: two.address });
    await client.transferLeadership('om1');
    expect(two.arrived.at(-1)?.path).toBe('/om.conformance.v1.Control/TransferLeadership');
    expect(decode(v1.TransferLeadershipRequest, two.arrived.at(-1)?.message ?? Buffer.of())).toEqual({
      group: 'main',
      target: 'om1',
    });
  });

  test('a change of the membership goes to the leader, and its refusal is an answer', async () => {
    const state = encode(v1.ChangeMembershipResponse, { member: 8195n, voters: ['om1', 'om2'], learners: ['om3'] });
    const two = await node({ ...leads(Role.LEADER), ChangeMembership: Buffer.from(state) });
    const { client } = clientOf({ om1: '127.0.0.1:1', om2: two.address });
    expect(await client.changeMembership('add learner', 'om3')).toEqual({
      kind: 'done',
      member: 8195n,
      voters: ['om1', 'om2'],
      learners: ['om3'],
    });
    expect(decode(v1.ChangeMembershipRequest, two.arrived.at(-1)?.message ?? Buffer.of())).toEqual({
      change: v1.ChangeMembershipRequest.Change.ADD_LEARNER,
      node: 'om3',
      group: 'main',
    });
    const refusing = await node({
      ...leads(Role.LEADER),
      ChangeMembership: { code: 9, details: 'another change is under way' },
    });
    const answer = await clientOf({ om1: refusing.address }).client.changeMembership('promote', 'om3');
    expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('another change is under way') });
    const failing = await node({ ...leads(Role.LEADER), ChangeMembership: { code: 13, details: 'broken' } });
    await expect(clientOf({ om1: failing.address }).client.changeMembership('drain', 'om1')).rejects.toThrow('broken');
  });

  test('a replica is dropped, and a clock jumps', async () => {
    const directory = encode(v1.DropReplicaResponse, { directory: '/data/om1' });
    const one = await node({ DropReplica: Buffer.from(directory), JumpClock: Buffer.of() });
    const { client } = clientOf({ om1: one.address });
    expect(await client.dropReplica('om1')).toBe('/data/om1');
    await client.jumpClock('om1', { wallMs: -3_600_000n, monotonicMs: 0n });
    expect(decode(v1.JumpClockRequest, one.arrived.at(-1)?.message ?? Buffer.of())).toEqual({
      node: 'om1',
      wall_ms: -3_600_000n,
    });
  });

  test('a reformat asks each endpoint once, also when one of them fails', async () => {
    const told = Buffer.from(encode(v1.ReformatResponse, { cluster: 'second' }));
    const [one, two] = [await node({ Reformat: told }), await node({ Reformat: told })];
    await clientOf({ om1: one.address, om2: one.address, om3: two.address }).client.reformat();
    const failing = await node({});
    const both = clientOf({ om1: failing.address, om2: two.address }).client;
    await expect(both.reformat()).rejects.toThrow('control call Reformat on om1');
    expect([one, two].map(({ arrived }) => arrived.length)).toEqual([1, 2]);
  });

  test('without a leader a transfer fails and says so', async () => {
    const one = await node({ ...leads(Role.FOLLOWER), TransferLeadership: Buffer.of() });
    const two = await node({ ...leads(Role.CANDIDATE) });
    const { client } = clientOf({ om1: one.address, om2: two.address });
    await expect(client.transferLeadership('om1')).rejects.toThrow('no node says that it leads group "main"');
  });

  test('a node nobody answers for is a fault of the kit, an unreachable one is not', async () => {
    const { client } = clientOf({ om1: '127.0.0.1:1', om2: undefined });
    await expect(client.status('om2')).rejects.toThrow(HarnessError);
    await expect(client.status('om1')).rejects.toThrow(EnvironmentError);
  });

  test('stand in the transcript', async () => {
    const one = await node({ PauseApply: Buffer.of() });
    const { client, transcript } = clientOf({ om1: one.address });
    transcript.begin('S');
    await client.pauseApply('om1');
    await client.snapshot('om1').catch(() => {});
    expect(transcript.entries).toMatchObject([
      { number: 1, node: 'om1', command: 'Control.PauseApply', request: '{node: "om1", group: "main"}', answer: '{}' },
      { number: 2, command: 'Control.Snapshot', answer: 'gRPC UNIMPLEMENTED: Method not found' },
    ]);
  });
});
