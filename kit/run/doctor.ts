/**
 * The look at a cluster before a run and on `om-conformance doctor`: does each node answer as an OM, is it one cluster, does
 * exactly one node lead, what does it offer. It asks and reports; it changes nothing and verifies no rule.
 */
import { hadoop } from '#proto';
import type { ControlClient } from '../control/control.js';
import type { ErrorCode } from '../errors.js';
import { ERRORS } from '../errors.js';
import { EnvironmentError } from '../failure.js';
import type { Budgets, NodeEndpoint, Target } from '../targets/target.js';
import type { OmClient, Outcome } from '../wire/outcome.js';
import { echoRead, serviceList } from '../wire/requests.js';
import { messageOf, printable } from '../wire/text.js';
import { type Calibration, calibrate } from './calibration.js';
import { settleCapabilities } from './capabilities.js';
import type { Capability } from './capability.js';
import type { Check, DoctorReport, NodeFinding } from './doctor-report.js';
import { followerReadsOffer } from './follower-reads-offer.js';
import { accepted, askWrites, awaitLeader, briefly } from './leader.js';

const { Status } = hadoop.ozone;
/** An election may pass between two looks; this many looks with two leaders each are no election. */
const LOOKS = 3;
/** Above these the machine is too busy for rules with a time to say much. */
const SLOW_CALL_MS = 200;
const SLOW_TIMER_MS = 100;

/** Never throws for what the cluster does: everything found is in the report. */
export async function examine(
  target: Target,
  client: OmClient,
  control: ControlClient | undefined,
): Promise<DoctorReport> {
  const checks: Check[] = [];
  const ids = target.nodes.map((node) => node.id);
  const reads = await Promise.all(ids.map((id) => client.call(id, echoRead)));
  for (const [index, outcome] of reads.entries()) checks.push(...reachable(target.nodes[index], outcome));
  // Who does not answer is not asked again: each question would wait as long.
  const up = reads.filter((read) => read.kind === 'answered' || read.kind === 'refused').map((read) => read.node);
  const leader = up.length === 0 ? undefined : await findLeader(client, up, target.budgets, checks);
  const services = await Promise.all(up.map((id) => client.call(id, serviceList)));
  checks.push(...sameCluster(reads), ...ownNames(ids, reads, services));
  const offers = await offered(target, control, checks);
  const calibration = leader === undefined ? undefined : await calibrated(client, leader, checks);

  const nodes = target.nodes.map((node, index): NodeFinding => {
    const read = reads[index];
    return {
      id: node.id,
      address: node.address,
      control: node.control,
      answeredInMs: read !== undefined && up.includes(node.id) ? read.endedAtMs - read.sentAtMs : undefined,
      leads: node.id === leader,
      omVersion: versionOf(
        node.id,
        services.find((service) => service.node === node.id),
      ),
      stateId: read?.trailers.get('om-state-id'),
    };
  });
  const spoke = reads.filter(({ node }) => up.includes(node));
  if (spoke.length > 0) checks.push(...(await followerReadsOffer(target, client, spoke)));
  const ok = checks.every((check) => check.state !== 'failed');
  return { kind: target.kind, identity: target.identity, nodes, leader, capabilities: offers, calibration, checks, ok };
}

/** @throws EnvironmentError with the first failure, and how many more there are */
export function requireHealthy(report: DoctorReport): void {
  const [first, ...more] = report.checks.filter((check) => check.state === 'failed');
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` (and ${more.length} more; \`om-conformance doctor\` lists them)`;
  throw new EnvironmentError(first.code ?? 'NODE_UNREACHABLE', `${first.text}${others}`);
}

function reachable(node: NodeEndpoint | undefined, outcome: Outcome): Check[] {
  const where = `${outcome.node} at ${node?.address ?? '?'}`;
  switch (outcome.kind) {
    case 'answered':
      return [];
    case 'refused':
      // A follower may refuse a read, but an OM that refuses names a class (W-3).
      return outcome.className === undefined ? [failed('NOT_AN_OM', `${where} answered: ${briefly(outcome)}`)] : [];
    case 'unanswered':
      return [failed('NODE_UNREACHABLE', `${where}: ${briefly(outcome)}`)];
    case 'unreadable':
      return [failed('NOT_AN_OM', `${where}: ${briefly(outcome)}`)];
  }
}

async function findLeader(
  client: OmClient,
  ids: readonly string[],
  { failoverMs, callMs }: Budgets,
  checks: Check[],
): Promise<string | undefined> {
  try {
    // The cluster may be in the middle of an election.
    await awaitLeader(client, ids, failoverMs);
  } catch (error) {
    checks.push(failed('NO_LEADER', messageOf(error)));
    return undefined;
  }
  let leaders: string[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    leaders = (await askWrites(client, ids, callMs)).filter(accepted).map((outcome) => outcome.node);
    if (leaders.length === 1) {
      checks.push({ state: 'ok', text: `one leader: ${leaders[0]} accepted a write, the others refused it` });
      return leaders[0];
    }
  }
  checks.push(
    leaders.length === 0
      ? failed('NO_LEADER', `a write was accepted once, but not in ${LOOKS} looks after it`)
      : failed('MANY_LEADERS', `${leaders.join(' and ')} each accepted a write, ${LOOKS} times in a row`),
  );
  return undefined;
}

/** Nodes that say which cluster they belong to must say the same. */
function sameCluster(reads: readonly Outcome[]): Check[] {
  const clusters = new Map(reads.flatMap((read) => [[read.trailers.get('om-cluster'), read.node] as const]));
  clusters.delete(undefined);
  if (clusters.size < 2) return [];
  const words = [...clusters].map(([cluster, node]) => `${node} of ${printable(cluster ?? '', 64)}`).join(', ');
  return [failed('NOT_ONE_CLUSTER', `the nodes belong to different clusters: ${words}`)];
}

/** Leaders are suggested by node id: the target must call the nodes as they call themselves. */
function ownNames(ids: readonly string[], reads: readonly Outcome[], services: readonly Outcome[]): Check[] {
  for (const read of reads) {
    const name = read.trailers.get('om-node');
    if (name !== undefined && name !== read.node) {
      return [failed('NODE_NAMES_DIFFER', `what the target calls ${read.node} calls itself ${printable(name, 64)}`)];
    }
  }
  const listed = services.map(omsOf).find((oms) => oms.length > 0);
  if (listed === undefined) return [{ state: 'note', text: 'no node lists the services of the cluster (ServiceList)' }];
  const strangers = listed.map((om) => om.id).filter((id) => !ids.includes(id));
  const unknown = ids.filter((id) => !listed.some((om) => om.id === id));
  if (unknown.length > 0) {
    const theirs = listed.map((om) => printable(om.id, 64)).join(', ');
    return [failed('NODE_NAMES_DIFFER', `the target names ${unknown.join(', ')}, but the cluster lists ${theirs}`)];
  }
  if (strangers.length === 0) return [{ state: 'ok', text: 'the cluster lists the same nodes as the target' }];
  return [{ state: 'note', text: `the cluster has nodes that the target does not name: ${strangers.join(', ')}` }];
}

async function offered(
  target: Target,
  control: ControlClient | undefined,
  checks: Check[],
): Promise<readonly Capability[] | undefined> {
  try {
    const capabilities = [...(await settleCapabilities(target, control))].sort();
    const service = control === undefined ? 'no control service' : 'with the control service';
    const list = capabilities.length === 0 ? 'none' : capabilities.join(', ');
    checks.push({ state: control === undefined ? 'note' : 'ok', text: `capabilities (${service}): ${list}` });
    checks.push(...notOffered(target.lacking ?? new Map(), capabilities));
    return capabilities;
  } catch (error) {
    checks.push(failed(codeOf(error), messageOf(error)));
    return undefined;
  }
}

/** One note for each reason. What the control service offers in the target's place is offered. */
function notOffered(lacking: ReadonlyMap<Capability, string>, offers: readonly Capability[]): Check[] {
  const missing = [...lacking].filter(([capability]) => !offers.includes(capability));
  return [...new Set(missing.map(([, why]) => why))].map((why) => {
    const names = missing.filter((one) => one[1] === why).map(([capability]) => capability);
    return { state: 'note', text: `not offered: ${names.join(', ')} (${why})` };
  });
}

async function calibrated(client: OmClient, leader: string, checks: Check[]): Promise<Calibration | undefined> {
  try {
    const calibration = await calibrate(client, leader);
    const slow = calibration.callP50Ms > SLOW_CALL_MS || calibration.timerLagMs > SLOW_TIMER_MS;
    const { callP50Ms, callMaxMs, timerLagMs } = calibration;
    const figures = `call p50 ${callP50Ms.toFixed(1)} ms, max ${callMaxMs.toFixed(1)} ms, timers late by ${timerLagMs.toFixed(1)} ms`;
    const busy = slow ? '; this machine is busy, raise the time-out factor' : '';
    checks.push({ state: slow ? 'note' : 'ok', text: `calibration: ${figures}${busy}` });
    return calibration;
  } catch (error) {
    checks.push(failed(codeOf(error), messageOf(error)));
    return undefined;
  }
}

function omsOf(outcome: Outcome): { id: string; version: number | undefined }[] {
  if (outcome.kind !== 'answered' || outcome.response.status !== Status.OK) return [];
  const services = outcome.response.ServiceListResponse?.serviceInfo ?? [];
  return services.flatMap((service) =>
    service.omRole === undefined ? [] : [{ id: service.omRole.nodeId, version: service.OMVersion }],
  );
}

function versionOf(node: string, outcome: Outcome | undefined): number | undefined {
  return outcome === undefined ? undefined : omsOf(outcome).find((om) => om.id === node)?.version;
}

function failed(code: ErrorCode, text: string): Check {
  return { state: 'failed', code, text };
}

function codeOf(error: unknown): ErrorCode {
  const code = error instanceof EnvironmentError ? error.code : '';
  return Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'CONTROL_FAILED';
}
