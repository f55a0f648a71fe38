/**
 * Measures a real cluster under kills and prints what happened as facts, one JSON object a line: the source of
 * docs/observations. It judges nothing.
 *   node dist/kit/targets/apache-ozone/test/observe.js [part…]     parts: failover recovery durability scm s3v stages
 */
import { hadoop } from '#proto';
import { type ClosableOmClient, createOmClient } from '../../../wire/client.js';
import type { Outcome, ReadHint } from '../../../wire/outcome.js';
import { echoWrite } from '../../../wire/requests.js';
import { TranscriptLog } from '../../../wire/transcript-log.js';
import { TARGET_SCHEMAS } from '../../schema.js';
import { OM_IDS } from '../layout.js';
import { OwnedProcesses } from '../owned-processes.js';
import { ApacheOzoneTarget } from '../target.js';

const { Status, Type } = hadoop.ozone;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const say = (fact: object) => console.log(JSON.stringify(fact));
const isOk = (outcome: Outcome) => outcome.kind === 'answered' && outcome.response.status === Status.OK;

async function timed<T>(action: () => Promise<T>): Promise<[number, T]> {
  const beganMs = performance.now();
  const result = await action();
  return [Math.round(performance.now() - beganMs), result];
}

/** Kind of an outcome, without what differs from call to call. */
function kindOf(outcome: Outcome): string {
  if (outcome.kind === 'answered') return Status[outcome.response.status] ?? String(outcome.response.status);
  if (outcome.kind === 'unanswered') return `no answer: ${outcome.why}`;
  if (outcome.kind === 'unreadable') return 'unreadable';
  return `gRPC ${outcome.code} ${outcome.details.replace(/\d+/g, 'N').slice(0, 200)}`;
}

class Bench {
  readonly om: ClosableOmClient;
  constructor(readonly target: ApacheOzoneTarget) {
    this.om = createOmClient({
      nodes: target.nodes,
      callMs: 15_000,
      clientId: 'observe',
      transcript: new TranscriptLog(),
    });
  }

  /** Asks each node for a write, again and again, until one accepts it; a slow node does not hold up the others. */
  async accepting(nodes: readonly string[]): Promise<string> {
    let found = false;
    const ask = async (node: string): Promise<string> => {
      while (!found) {
        if (isOk(await this.om.call(node, echoWrite, { deadlineMs: 2000 }))) {
          found = true;
          return node;
        }
        await sleep(20);
      }
      throw new Error('another was faster');
    };
    return await Promise.any(nodes.map(ask));
  }

  createVolume(node: string, volume: string): Promise<Outcome> {
    const volumeInfo = { adminName: 'root', ownerName: 'root', volume };
    return this.om.call(node, { cmdType: Type.CreateVolume, createVolumeRequest: { volumeInfo } });
  }

  infoVolume(node: string, volumeName: string, hint?: ReadHint): Promise<Outcome> {
    const request = { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName } };
    return this.om.call(node, request, hint === undefined ? {} : { hint });
  }
}

/** kill -9 of the leader: time to the next accepted write. */
async function failover(bench: Bench): Promise<void> {
  for (let round = 1; round <= 10; round += 1) {
    const leader = await bench.accepting(OM_IDS);
    const rest = OM_IDS.filter((om) => om !== leader);
    const beganMs = performance.now();
    await bench.target.killNode(leader);
    const next = await bench.accepting(rest);
    const failoverMs = Math.round(performance.now() - beganMs);
    const [restartMs] = await timed(() => bench.target.restartNode(leader));
    say({ part: 'failover', round, leader, next, failoverMs, restartMs });
  }
}

/** What the restarted node and the others answer from the kill until two seconds after it serves. */
async function recovery(bench: Bench): Promise<void> {
  for (const victim of ['follower', 'leader', 'follower', 'leader', 'follower', 'follower'] as const) {
    const leader = await bench.accepting(OM_IDS);
    const node = victim === 'leader' ? leader : (OM_IDS.find((om) => om !== leader) ?? 'om1');
    const seen = new Map<string, { first: number; last: number; times: number }>();
    let ending = false;
    const beganMs = performance.now();
    const watch = async (name: string, ask: () => Promise<Outcome>) => {
      while (!ending) {
        const outcome = await ask();
        const key = `${name}: ${kindOf(outcome)}`;
        const atMs = Math.round(outcome.endedAtMs - beganMs);
        const known = seen.get(key) ?? { first: atMs, last: atMs, times: 0 };
        seen.set(key, { first: known.first, last: atMs, times: known.times + 1 });
        await sleep(50);
      }
    };
    const other = OM_IDS.find((om) => om !== node && om !== leader) ?? 'om1';
    const watches = [
      watch(`killed ${victim}, write`, () => bench.om.call(node, echoWrite)),
      watch(`killed ${victim}, LAF read`, () => bench.infoVolume(node, 's3v', 'LINEARIZABLE_ALLOW_FOLLOWER')),
      watch(`killed ${victim}, DEFAULT read`, () => bench.infoVolume(node, 's3v', 'DEFAULT')),
      watch(`killed ${victim}, LOCAL_LEASE read`, () => bench.infoVolume(node, 's3v', 'LOCAL_LEASE')),
      watch('other, LAF read', () => bench.infoVolume(other, 's3v', 'LINEARIZABLE_ALLOW_FOLLOWER')),
      watch('other, write', () => bench.om.call(other, echoWrite)),
    ];
    await bench.target.killNode(node);
    const [restartMs] = await timed(() => bench.target.restartNode(node));
    await sleep(2000);
    ending = true;
    await Promise.all(watches);
    say({ part: 'recovery', victim, node, restartMs, seen: Object.fromEntries(seen) });
  }
}

/** Writers run while all OMs are killed; afterwards every acknowledged volume is looked for. */
async function durability(bench: Bench): Promise<void> {
  for (let round = 1; round <= 5; round += 1) {
    const leader = await bench.accepting(OM_IDS);
    const acknowledged: string[] = [];
    const unknown: string[] = [];
    let ending = false;
    const writers = [0, 1, 2, 3, 4, 5, 6, 7].map(async (writer) => {
      for (let n = 0; !ending; n += 1) {
        const volume = `d${round}-${writer}-${n}`;
        const outcome = await bench.createVolume(leader, volume);
        if (isOk(outcome)) acknowledged.push(volume);
        else if (outcome.kind === 'unanswered') unknown.push(volume);
      }
    });
    await sleep(3000);
    await Promise.all(OM_IDS.map((om) => bench.target.killNode(om)));
    ending = true;
    await Promise.all(writers);
    const [restartMs] = await timed(() => Promise.all(OM_IDS.map((om) => bench.target.restartNode(om))));
    const after = await bench.accepting(OM_IDS);
    const found = async (volume: string) => isOk(await bench.infoVolume(after, volume, 'LINEARIZABLE_LEADER_ONLY'));
    let lost = 0;
    for (const volume of acknowledged) if (!(await found(volume))) lost += 1;
    let happened = 0;
    for (const volume of unknown) if (await found(volume)) happened += 1;
    say({
      part: 'durability',
      round,
      acknowledged: acknowledged.length,
      lost,
      unknown: unknown.length,
      happened,
      restartMs,
    });
  }
}

/** The SCM is killed: what the OMs still do, and whether one of them can be restarted. Ends the cluster's usefulness. */
async function scm(bench: Bench): Promise<void> {
  const processes = new OwnedProcesses(bench.target.dataDir ?? '');
  const leader = await bench.accepting(OM_IDS);
  const follower = OM_IDS.find((om) => om !== leader) ?? 'om1';
  await processes.kill('scm');
  say({ part: 'scm', killed: true, write: kindOf(await bench.createVolume(leader, 'without-scm')) });
  await sleep(60_000);
  say({ part: 'scm', after: '60 s', write: kindOf(await bench.createVolume(leader, 'without-scm-later')) });
  say({ part: 'scm', laf: kindOf(await bench.infoVolume(follower, 'without-scm', 'LINEARIZABLE_ALLOW_FOLLOWER')) });
  await bench.target.killNode(follower);
  const [ms, error] = await timed(() => bench.target.restartNode(follower).catch((cause: unknown) => cause));
  say({ part: 'scm', restartOfFollower: error === undefined ? 'serves' : String(error).slice(0, 1500), ms });
}

async function s3v(bench: Bench): Promise<void> {
  const leader = await bench.accepting(OM_IDS);
  say({ part: 's3v', found: kindOf(await bench.infoVolume(leader, 's3v')) });
  const request = { cmdType: Type.DeleteVolume, deleteVolumeRequest: { volumeName: 's3v' } };
  say({ part: 's3v', deleted: kindOf(await bench.om.call(leader, request)) });
  say({ part: 's3v', afterwards: kindOf(await bench.infoVolume(leader, 's3v')) });
  await Promise.all(OM_IDS.map((om) => bench.target.killNode(om)));
  await Promise.all(OM_IDS.map((om) => bench.target.restartNode(om)));
  const after = await bench.accepting(OM_IDS);
  say({ part: 's3v', afterRestart: kindOf(await bench.infoVolume(after, 's3v')) });
}

async function stages(bench: Bench): Promise<void> {
  for (let round = 1; round <= 3; round += 1) {
    for (const stage of ['plain', 'read-consistency'] as const) {
      const [ms] = await timed(() => bench.target.enterStage(stage));
      say({ part: 'stages', to: stage, ms });
    }
  }
}

const PARTS = { stages, failover, recovery, durability, s3v, scm };
const asked = process.argv.slice(2);
const file = TARGET_SCHEMAS['apache-ozone'].parse({ kind: 'apache-ozone', stages: ['read-consistency', 'plain'] });
const target = new ApacheOzoneTarget(file);
try {
  const [startMs] = await timed(() => target.start());
  say({ part: 'start', startMs });
  const bench = new Bench(target);
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const [ms] = await timed(async () => {
      try {
        await part(bench);
      } catch (error) {
        say({ part: name, broke: String(error) });
      }
    });
    say({ part: name, ms });
  }
  bench.om.close();
} finally {
  const [stopMs] = await timed(() => target.stop());
  say({ part: 'stop', stopMs });
}
