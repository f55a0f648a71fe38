import type { ServerHttp2Stream } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import { hadoop, om } from '#proto';
import { createControlClient } from '../../control/client.js';
import type { Target } from '../../targets/target.js';
import { createOmClient } from '../../wire/client.js';
import { decode, encode } from '../../wire/plain.js';
import { type Arrived, answer, refuse, serve } from '../../wire/test/scripted-server.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { settleCapabilities } from '../capabilities.js';
import type { Capability } from '../capability.js';
import { examine, requireHealthy } from '../doctor.js';
import { doctorText } from '../doctor-report.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;
const v1 = om.conformance.v1;
const NOT_LEADER = 'a.b.OMNotLeaderException: OM:x is not the leader.';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Node {
  readonly leads?: boolean;
  /** Node ids that it lists; undefined: ServiceList is refused. */
  readonly lists?: readonly string[];
  readonly trailers?: Readonly<Record<string, string>>;
  /** Index of its answer to an Msync; undefined: it does not know the command. */
  readonly msynced?: bigint;
  /** Capabilities of its control service; undefined: none. */
  readonly offers?: readonly string[];
  readonly lacks?: string;
  readonly speaks?: boolean;
}

const LIST = ['om1', 'om2'];

function serveOm(node: Node, stream: ServerHttp2Stream, { message }: Arrived): void {
  if (node.speaks === false) {
    refuse(stream, 12, 'Method not found');
    return;
  }
  const request = decode(OMRequest, message);
  if (request.cmdType === Type.Msync && node.msynced === undefined) {
    refuse(stream, 2, '', node.trailers);
    return;
  }
  const ok = (more: object = {}) =>
    answer(stream, encode(OMResponse, { cmdType: request.cmdType, status: Status.OK, ...more }), node.trailers);
  if (request.cmdType === Type.ServiceList) {
    if (node.lists === undefined) refuse(stream, 13, NOT_LEADER);
    else ok({ ServiceListResponse: { serviceInfo: node.lists.map(omService) } });
  } else if (request.cmdType === Type.Msync) ok({ msyncResponse: { lastAppliedIndex: node.msynced } });
  else if (request.EchoRPCRequest?.readOnly === false && !node.leads) refuse(stream, 13, NOT_LEADER, node.trailers);
  else ok();
}

const omService = (nodeId: string) => ({
  nodeType: hadoop.hdds.NodeType.OM,
  hostname: 'localhost',
  omRole: { nodeId, serverRole: 'FOLLOWER' },
  OMVersion: 12,
});

function serveControl(id: string, node: Node, stream: ServerHttp2Stream, { path }: Arrived): void {
  const method = path.split('/').at(-1) ?? '';
  if (method === node.lacks) refuse(stream, 12, 'Method not found');
  else if (method === 'GetCapabilities') {
    const capabilities = [...(node.offers ?? [])];
    answer(stream, encode(v1.GetCapabilitiesResponse, { contract: '1.0', capabilities, nodes: [id] }));
  } else answer(stream, Buffer.of());
}

async function cluster(nodes: Readonly<Record<string, Node>>, target: Partial<Target> = {}) {
  const endpoints = await Promise.all(
    Object.entries(nodes).map(async ([id, node]) => {
      const server = await serve((stream, arrived) =>
        arrived.path.includes('conformance') ? serveControl(id, node, stream, arrived) : serveOm(node, stream, arrived),
      );
      cleanups.push(() => server.close());
      return { id, address: server.address, ...(node.offers === undefined ? {} : { control: server.address }) };
    }),
  );
  const made: Target = {
    kind: 'attach',
    identity: { organization: 'Example', project: 'example-om', version: '1', url: 'https://a.example', contact: 'me' },
    profiles: ['core'],
    stages: ['plain'],
    budgets: {
      callMs: 2000,
      failoverMs: 3000,
      nodeStartMs: 1000,
      clusterStartMs: 1000,
      writeTimeoutMs: 1000,
      readTimeoutMs: 1000,
      waitTimeoutMs: 1000,
      heartbeatMs: 100,
      factor: 1,
      eventuallyMs: 1000,
    },
    nodes: endpoints,
    capabilities: new Set<Capability>(),
    start: async () => {},
    stop: async () => {},
    enterStage: async () => {},
    ...target,
  };
  const transcript = new TranscriptLog();
  const client = createOmClient({ nodes: made.nodes, callMs: 2000, clientId: 'c', transcript });
  const controls = createControlClient({ nodes: made.nodes, callMs: 2000, slowCallMs: 2000, transcript });
  cleanups.push(() => client.close());
  cleanups.push(() => controls?.close());
  return { target: made, client, controls };
}

async function look(nodes: Readonly<Record<string, Node>>, target: Partial<Target> = {}) {
  const { target: made, client, controls } = await cluster(nodes, target);
  return await examine(made, client, controls);
}

const codes = (report: Awaited<ReturnType<typeof look>>) => report.checks.flatMap((check) => check.code ?? []);

describe('a healthy cluster', () => {
  test('is described', async () => {
    const report = await look({
      om1: { lists: LIST, offers: ['status'] },
      om2: { leads: true, lists: LIST, offers: ['status'], trailers: { 'om-state-id': 'main:7', 'om-node': 'om2' } },
    });
    expect(codes(report)).toEqual([]);
    expect(() => requireHealthy(report)).not.toThrow();
    expect(report).toMatchObject({ ok: true, leader: 'om2', capabilities: ['status'] });
    expect(report.nodes).toMatchObject([
      { id: 'om1', leads: false, omVersion: 12, stateId: undefined },
      { id: 'om2', leads: true, omVersion: 12, stateId: 'main:7' },
    ]);
    expect(report.calibration?.callP50Ms).toBeGreaterThan(0);
    const text = doctorText(report);
    expect(text).toMatch(/^target attach: example-om 1 \(Example, me\)\n/);
    expect(text).toMatch(/om2 +127\.0\.0\.1:\d+ +[\d.]+ ms +leader +12 +main:7/);
    expect(text).toContain('ok    one leader: om2 accepted a write, the others refused it');
    expect(text).toContain('om-state-id from 1 of 2 nodes');
  });

  test('needs no ServiceList', async () => {
    const report = await look({ om1: { leads: true }, om2: {} });
    expect(report.ok).toBe(true);
    expect(report.checks).toContainEqual({
      state: 'note',
      text: 'no node lists the services of the cluster (ServiceList)',
    });
  });

  test('says what is not offered and why, unless the control service offers it', async () => {
    const lacking = new Map<Capability, string>([
      ['kill-node', 'no hook'],
      ['configure', 'no hook'],
      ['freeze-node', 'no engine may'],
      ['restart-node', 'no hook'],
    ]);
    const offers = ['configure'];
    const report = await look({ om1: { leads: true, offers }, om2: { offers } }, { lacking });
    expect(report.ok).toBe(true);
    const text = doctorText(report);
    expect(text).toContain('note  not offered: kill-node, restart-node (no hook)\n');
    expect(text).toContain('note  not offered: freeze-node (no engine may)\n');
    expect(text).not.toMatch(/not offered: .*configure/);
  });

  const ID = { 'om-state-id': 'main:7' };
  test.each<[string, Readonly<Record<string, Node>>, Partial<Target>, string]>([
    [
      'that knows nothing of them',
      { om1: { leads: true }, om2: {} },
      {},
      'not offered in this stage (no om-state-id; Msync unknown)',
    ],
    [
      'that knows nothing of them, and claims them',
      { om1: { leads: true }, om2: {} },
      { profiles: ['core', 'follower-reads'] },
      'not offered in this stage (no om-state-id; Msync unknown), and claimed: it is judged in stage follower-reads',
    ],
    [
      'that has them on',
      { om1: { leads: true, trailers: ID, msynced: 7n }, om2: { trailers: ID, msynced: 7n } },
      { profiles: ['follower-reads'] },
      'offered (om-state-id from 2 of 2 nodes; Msync answered by om1)',
    ],
    [
      'that has half of them',
      { om1: { leads: true, trailers: ID }, om2: {} },
      {},
      'not offered in this stage (om-state-id from 1 of 2 nodes; Msync unknown)',
    ],
    [
      'whose ids are none',
      { om1: { leads: true, trailers: { 'om-state-id': '7' }, msynced: 7n }, om2: {} },
      {},
      'not offered in this stage (no om-state-id; Msync answered by om1)',
    ],
  ])('%s is described by its follower reads', async (_, nodes, target, text) => {
    const report = await look(nodes, target);
    expect(report.checks).toContainEqual({ state: 'note', text: `profile follower-reads: ${text}` });
    expect(report.ok).toBe(true);
  });

  test('an id that is no state vector is noted', async () => {
    const report = await look({ om1: { leads: true, trailers: { 'om-state-id': '7' } }, om2: {} });
    expect(doctorText(report)).toContain('note  om-state-id of om1 is no state vector: "7" is not group:index\n');
  });

  test('with more nodes than the target names is noted', async () => {
    const report = await look({ om1: { leads: true, lists: ['om1', 'om2', 'om3'] }, om2: {} });
    expect(report.ok).toBe(true);
    expect(doctorText(report)).toContain('nodes that the target does not name: om3');
  });
});

describe('a cluster that cannot be judged', () => {
  test('a node is down', async () => {
    const { target, client } = await cluster({ om1: { leads: true, lists: LIST }, om2: { lists: LIST } });
    const nodes = [...target.nodes.slice(0, 1), { id: 'om2', address: '127.0.0.1:1' }];
    const own = createOmClient({ nodes, callMs: 1000, clientId: 'c', transcript: new TranscriptLog() });
    cleanups.push(() => own.close());
    client.close();
    const report = await examine({ ...target, nodes }, own, undefined);
    expect(codes(report)).toEqual(['NODE_UNREACHABLE']);
    expect(() => requireHealthy(report)).toThrow('om2 at 127.0.0.1:1: no answer (unavailable)');
    expect(doctorText(report)).toContain('      Check that the node runs');
  });

  test.each<[string, Record<string, Node>, string, string]>([
    [
      'something else answers',
      { om1: { leads: true, lists: ['om1', 'om2'] }, om2: { speaks: false } },
      'NOT_AN_OM',
      'om2 at 127.0.0.1',
    ],
    ['nobody leads', { om1: { lists: LIST }, om2: { lists: LIST } }, 'NO_LEADER', 'om1: a.b.OMNotLeaderException'],
    [
      'two lead',
      { om1: { leads: true, lists: LIST }, om2: { leads: true, lists: LIST } },
      'MANY_LEADERS',
      'om1 and om2 each accepted',
    ],
    [
      'other names',
      { om1: { leads: true, lists: ['a', 'b'] }, om2: {} },
      'NODE_NAMES_DIFFER',
      'the target names om1, om2, but the cluster lists a, b',
    ],
    [
      'a node that calls itself otherwise',
      { om1: { leads: true, trailers: { 'om-node': 'om2' } }, om2: {} },
      'NODE_NAMES_DIFFER',
      'what the target calls om1 calls itself om2',
    ],
    [
      'two clusters',
      { om1: { leads: true, trailers: { 'om-cluster': 'x' } }, om2: { trailers: { 'om-cluster': 'y' } } },
      'NOT_ONE_CLUSTER',
      'om1 of x, om2 of y',
    ],
    [
      'a claimed capability that is not there',
      { om1: { leads: true, offers: ['pause-apply'], lacks: 'ResumeApply' }, om2: { offers: ['pause-apply'] } },
      'CAPABILITY_BROKEN',
      'capability pause-apply is claimed and does not work: control call ResumeApply on om1',
    ],
    [
      'a control address where nobody answers',
      { om1: { leads: true, offers: [], lacks: 'GetCapabilities' }, om2: { offers: [] } },
      'CONTROL_FAILED',
      'control call GetCapabilities on om1',
    ],
  ])('%s', async (_, nodes, code, text) => {
    const report = await look(nodes);
    expect(codes(report)).toEqual([code]);
    expect(report.ok).toBe(false);
    expect(() => requireHealthy(report)).toThrow(text);
  });
});

describe('capabilities', () => {
  test('are those of the target and those that every node’s control service offers', async () => {
    const { target, controls } = await cluster(
      { om1: { offers: ['status', 'snapshot'] }, om2: { offers: ['status'] } },
      { capabilities: new Set<Capability>(['restart-node']), restartNode: async () => {} },
    );
    expect([...(await settleCapabilities(target, controls))].sort()).toEqual(['restart-node', 'status']);
  });

  test('a target that claims what it has no method for', async () => {
    const { target } = await cluster({ om1: {} }, { capabilities: new Set<Capability>(['kill-node']) });
    await expect(settleCapabilities(target, undefined)).rejects.toThrow(
      'the target attach has no killNode, restartNode',
    );
  });
});
