#!/usr/bin/env node
/**
 * A control service beside Apache Ozone Managers that have none: it reads what they say of their Raft group at /jmx, hands leadership over by
 * their own gRPC, and cuts them off by the commands of its configuration. An example to start from, in one file and two packages.
 *
 *   node docs/examples/sidecar/sidecar.mjs sidecar.json
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Client, credentials, Server, ServerCredentials, status } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node sidecar.mjs CONFIGURATION (README.md beside it says what stands in it)');
  process.exit(3);
}
const configuration = JSON.parse(readFileSync(file, 'utf8'));
const nodes = new Map(Object.entries(configuration.nodes));
const read = (name) => protobuf.loadSync(new URL(`../../../proto/${name}`, import.meta.url).pathname);
const Control = read('control.proto').lookupService('om.conformance.v1.Control');
const om = read('om.proto');
const OMRequest = om.lookupType('hadoop.ozone.OMRequest');
const OMResponse = om.lookupType('hadoop.ozone.OMResponse');

/** An answer that is no OK. */
class Refusal extends Error {
  constructor(code, details) {
    super(details);
    this.code = code;
    this.details = details;
  }
}

function nodeOf(id) {
  const node = nodes.get(id);
  if (node === undefined) throw new Refusal(status.NOT_FOUND, `no node ${JSON.stringify(id)} here`);
  return node;
}

/** Attributes of the beans that the query matches, by the name of the bean. */
async function beansOf(node, query) {
  const response = await fetch(`${node.jmx}?qry=${encodeURIComponent(query)}`, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Refusal(status.UNAVAILABLE, `${node.jmx} answered ${response.status}`);
  const { beans } = await response.json();
  return new Map(beans.map((bean) => [bean.name, bean]));
}

const ROLES = { FOLLOWER: 1, CANDIDATE: 2, LEADER: 3, LISTENER: 4 };

/** What is read later may be newer: role and term are those of the first look, the indexes those of the last. */
async function statusOf(id) {
  const node = nodeOf(id);
  const [raft] = (await beansOf(node, 'Ratis:service=RaftServer,*')).values();
  if (raft === undefined) throw new Refusal(status.UNAVAILABLE, `${id} shows no Raft server yet`);
  const member = `${raft.Id}@${raft.GroupId}`;
  const gauge = async (name) => {
    const [bean] = (await beansOf(node, `ratis:name=ratis.${name}`)).values();
    return bean?.Value ?? 0;
  };
  const [info] = (await beansOf(node, 'Hadoop:service=OzoneManager,name=OzoneManagerInfo,*')).values();
  const roles = Array.isArray(info?.RatisRoles) ? info.RatisRoles : [];
  const role = ROLES[raft.Role.trim()] ?? 0;
  return {
    group: 'main',
    role,
    term: raft.CurrentTerm,
    leader: raft.LeaderId === 'null' ? '' : raft.LeaderId,
    commitIndex: await gauge(`server.${member}.${raft.Id}_peerCommitIndex`),
    appliedIndex: await gauge(`state_machine.${member}.appliedIndex`),
    ready: role === ROLES.LEADER && roles.some(([, name, , , state]) => name === id && state === 'LEADER_AND_READY'),
    voters: roles.map(([, name]) => name),
  };
}

/** One OM request; the answer of the OM, whatever its status. */
function ask({ om: address }, request) {
  const channel = new Client(address, credentials.createInsecure());
  return new Promise((resolve, reject) => {
    channel.makeUnaryRequest(
      '/hadoop.ozone.OzoneManagerService/submitRequest',
      (message) => Buffer.from(OMRequest.encode(OMRequest.fromObject(message)).finish()),
      (bytes) => OMResponse.toObject(OMResponse.decode(bytes), { enums: String }),
      request,
      { deadline: Date.now() + 40_000 },
      (error, answer) => (error ? reject(new Refusal(error.code, error.details)) : resolve(answer)),
    );
  }).finally(() => channel.close());
}

/** Ozone answers once the new leader is there, which may take it ten seconds and more. */
async function transfer({ target, expectedLeader, expectedTerm }) {
  if (target !== '') nodeOf(target);
  const known = await Promise.allSettled([...nodes.keys()].map(async (id) => ({ id, said: await statusOf(id) })));
  const leads = known.find(({ value }) => value?.said.role === ROLES.LEADER)?.value;
  if (leads === undefined) throw new Refusal(status.FAILED_PRECONDITION, 'no node says that it leads');
  const otherLeader = expectedLeader !== '' && expectedLeader !== leads.id;
  if (otherLeader || (Number(expectedTerm) !== 0 && Number(expectedTerm) !== leads.said.term)) {
    throw new Refusal(status.FAILED_PRECONDITION, `${leads.id} leads in term ${leads.said.term}`);
  }
  const answer = await ask(nodeOf(leads.id), {
    cmdType: 'TransferLeadership',
    clientId: 'sidecar',
    version: 3,
    TransferOmLeadershipRequest: { newLeaderId: target },
  });
  if (answer.status !== 'OK')
    throw new Refusal(status.FAILED_PRECONDITION, `${answer.status}: ${answer.message ?? ''}`);
}

const run = promisify(execFile);
async function shell(command) {
  try {
    await run('/bin/sh', ['-c', command], { timeout: 10_000 });
  } catch (error) {
    throw new Refusal(status.INTERNAL, `${command}: ${error.stderr || error.message}`);
  }
}

/** Rules of a packet filter cut a connection in both directions at once: other cuts are not offered. */
async function isolate({ node, from, direction }) {
  if (from.length > 0 || direction !== 0) throw new Refusal(status.UNIMPLEMENTED, 'only from all others, both ways');
  await shell(nodeOf(node).isolate);
}

async function heal({ node }) {
  for (const one of node === '' ? nodes.values() : [nodeOf(node)]) await shell(one.heal);
}

/** What the cluster has of itself, and nobody can ask it for: the configuration says so. */
const SAID = ['blocks'];
const offers = configuration.offers ?? [];
for (const one of offers) {
  if (SAID.includes(one)) continue;
  console.error(`offers: ${JSON.stringify(one)} cannot be said of a cluster; only ${SAID.join(', ')} can`);
  process.exit(3);
}

const canIsolate = [...nodes.values()].every((node) => node.isolate !== undefined && node.heal !== undefined);
const methods = {
  GetCapabilities: () => ({
    contract: '1.1',
    capabilities: ['status', 'transfer-group', ...(canIsolate ? ['isolate-node'] : []), ...offers],
    nodes: [...nodes.keys()],
  }),
  GetStatus: async ({ node }) => ({ node, groups: [await statusOf(node)] }),
  TransferLeadership: transfer,
  ...(canIsolate ? { Isolate: isolate, Heal: heal } : {}),
};

const server = new Server();
const definition = {};
const handlers = {};
for (const [name, method] of Object.entries(methods)) {
  const { requestType, responseType } = Control.methods[name];
  const Request = Control.lookupType(requestType);
  const Response = Control.lookupType(responseType);
  definition[name] = {
    path: `/om.conformance.v1.Control/${name}`,
    requestStream: false,
    responseStream: false,
    requestDeserialize: (bytes) => Request.toObject(Request.decode(bytes), { defaults: true, longs: String }),
    responseSerialize: (message) => Buffer.from(Response.encode(Response.fromObject(message ?? {})).finish()),
  };
  handlers[name] = ({ request }, callback) =>
    Promise.resolve(request)
      .then(method)
      .then(
        (answer) => callback(null, answer ?? {}),
        (error) => callback({ code: error.code ?? status.UNAVAILABLE, details: error.details ?? String(error) }),
      );
}
server.addService(definition, handlers);
server.bindAsync(configuration.listen, ServerCredentials.createInsecure(), (error) => {
  if (error) {
    console.error(`cannot listen on ${configuration.listen}: ${error.message}`);
    process.exit(2);
  }
  console.log(`control service for ${[...nodes.keys()].join(', ')} on ${configuration.listen}`);
});
