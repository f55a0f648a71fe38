/**
 * Checks the target against a real cluster, which `npm test` does not do: it takes minutes, Java and Maven.
 *   node dist/kit/targets/apache-ozone/test/real-cluster.js
 * Prints a line for each check and ends with `N passed, N failed`; exit code 1 when one failed.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hadoop } from '#proto';
import { EnvironmentError } from '../../../failure.js';
import { awaitLeader } from '../../../run/leader.js';
import { type ClosableOmClient, createOmClient } from '../../../wire/client.js';
import type { Outcome } from '../../../wire/outcome.js';
import { TranscriptLog } from '../../../wire/transcript-log.js';
import { TARGET_SCHEMAS } from '../../schema.js';
import { findBasePort } from '../free-ports.js';
import { OM_IDS } from '../layout.js';
import { OwnedProcesses } from '../owned-processes.js';
import { argumentsOf } from '../proc.js';
import { ApacheOzoneTarget } from '../target.js';

const { Status, Type } = hadoop.ozone;

function targetWith(given: object): ApacheOzoneTarget {
  return new ApacheOzoneTarget(TARGET_SCHEMAS['apache-ozone'].parse({ kind: 'apache-ozone', ...given }));
}

let passed = 0;
let failed = 0;
async function check(what: string, body: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  let end = 'ok';
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    end = `FAILED ${error instanceof Error ? error.stack : String(error)}`;
  }
  console.log(`${what}: ${end} (${((performance.now() - beganMs) / 1000).toFixed(1)} s)`);
}

/** Processes of anybody whose command line names the folder. */
function processesOf(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => argumentsOf(pid)?.some((argument) => argument.includes(folder)));
}

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  const endsAtMs = performance.now() + limitMs;
  while (!condition() && performance.now() < endsAtMs) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

function statusOf(outcome: Outcome): string {
  return outcome.kind === 'answered'
    ? Status[outcome.response.status]
    : `${outcome.kind} ${'details' in outcome ? outcome.details : ''}`;
}

class Client {
  readonly om: ClosableOmClient;
  constructor(private readonly target: ApacheOzoneTarget) {
    this.om = createOmClient({
      nodes: target.nodes,
      callMs: 15_000,
      clientId: 'check',
      transcript: new TranscriptLog(),
    });
  }
  leader(): Promise<string> {
    return awaitLeader(this.om, OM_IDS, this.target.budgets.failoverMs);
  }
  async makeVolume(volume: string): Promise<void> {
    const volumeInfo = { adminName: 'root', ownerName: 'root', volume };
    const made = await this.om.call(await this.leader(), {
      cmdType: Type.CreateVolume,
      createVolumeRequest: { volumeInfo },
    });
    assert.equal(statusOf(made), 'OK');
  }
  async infoVolume(node: string, volumeName: string, hint?: 'LINEARIZABLE_ALLOW_FOLLOWER'): Promise<string> {
    const request = { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName } };
    return statusOf(await this.om.call(node, request, hint === undefined ? {} : { hint }));
  }
}

async function lifeOfACluster(): Promise<void> {
  const target = targetWith({});
  await check('start', () => target.start());
  const folder = target.dataDir ?? assert.fail('it has a data folder');
  const client = new Client(target);
  const processes = new OwnedProcesses(folder);

  await check('a volume is made and found', async () => {
    await client.makeVolume('kept');
    assert.equal(await client.infoVolume(await client.leader(), 'kept'), 'OK');
  });

  await check('the leader is killed, another takes over, the killed one comes back', async () => {
    const dead = await client.leader();
    await target.killNode(dead);
    assert.equal(processes.isRunning(dead), false);
    assert.notEqual(await client.leader(), dead);
    await client.makeVolume('later');
    await target.restartNode(dead);
    assert.equal(processes.isRunning(dead), true);
    assert.equal(await client.infoVolume(await client.leader(), 'kept'), 'OK');
  });

  await check('all are killed and started again: what was acknowledged is there', async () => {
    await Promise.all(OM_IDS.map((om) => target.killNode(om)));
    await Promise.all(OM_IDS.map((om) => target.restartNode(om)));
    const leader = await client.leader();
    assert.equal(await client.infoVolume(leader, 'kept'), 'OK');
    assert.equal(await client.infoVolume(leader, 'later'), 'OK');
  });

  await check('all are killed and started one after the other', async () => {
    for (const om of OM_IDS) await target.killNode(om);
    for (const om of OM_IDS) await target.restartNode(om);
    assert.equal(await client.infoVolume(await client.leader(), 'kept'), 'OK');
  });

  await check('a frozen node is silent, a thawed one is not', async () => {
    const leader = await client.leader();
    const other = OM_IDS.find((om) => om !== leader) ?? 'om1';
    await target.freezeNode(other);
    const request = { cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: true } };
    const silent = await client.om.call(other, request, { deadlineMs: 1500 });
    assert.equal(silent.kind, 'unanswered');
    await target.thawNode(other);
    const heard = await client.om.call(other, request);
    assert.notEqual(heard.kind, 'unanswered');
  });

  await check('in stage plain a follower refuses a linearizable read', async () => {
    await target.enterStage('plain');
    const leader = await client.leader();
    const follower = OM_IDS.find((om) => om !== leader) ?? 'om1';
    assert.match(await client.infoVolume(follower, 'kept', 'LINEARIZABLE_ALLOW_FOLLOWER'), /OMNotLeaderException/);
  });

  await check('in stage read-consistency every node serves it', async () => {
    await target.enterStage('read-consistency');
    for (const om of OM_IDS) assert.equal(await client.infoVolume(om, 'kept', 'LINEARIZABLE_ALLOW_FOLLOWER'), 'OK');
  });

  await check('the same stage again restarts nothing but what is down or frozen', async () => {
    await target.killNode('om1');
    await target.freezeNode('om2');
    const before = processes.pidOf('om3');
    await target.enterStage('read-consistency');
    assert.equal(processes.pidOf('om3'), before);
    assert.equal(await client.infoVolume('om1', 'kept', 'LINEARIZABLE_ALLOW_FOLLOWER'), 'OK');
    assert.equal(await client.infoVolume('om2', 'kept', 'LINEARIZABLE_ALLOW_FOLLOWER'), 'OK');
  });

  client.om.close();
  await check('stop leaves no process and no folder', async () => {
    await target.stop();
    assert.deepEqual(processesOf(folder), []);
    assert.equal(existsSync(folder), false);
    await target.stop();
  });
}

async function startsThatFail(): Promise<void> {
  const expectCode = async (target: ApacheOzoneTarget, code: string, text: RegExp) => {
    const starting = target.start();
    starting.catch(() => {});
    await until(() => target.dataDir !== undefined, 2000);
    const folder = target.dataDir;
    const error = await starting.then(
      () => assert.fail('it started'),
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof EnvironmentError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, text);
    console.log(`    ${error.message}`);
    if (folder !== undefined) {
      assert.deepEqual(processesOf(folder), []);
      if (existsSync(folder)) assert.deepEqual(readdirSync(folder), ['log']);
      rmSync(folder, { recursive: true, force: true });
    }
    await target.stop();
  };

  await check('a port in use is named', async () => {
    const basePort = await findBasePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(basePort + 33, '127.0.0.1', resolve));
    await expectCode(targetWith({ basePort }), 'PORT_TAKEN', new RegExp(`port ${basePort + 33}, meant for om3 grpc`));
    await new Promise((resolve) => server.close(resolve));
  });

  await check('a JVM that does not start shows its last words', () =>
    expectCode(targetWith({ javaOptions: ['-XX:NoSuchOption=1'] }), 'NODE_START_FAILED', /scm-init.*NoSuchOption/),
  );

  await check('an OM that dies while starting shows its last words', () =>
    expectCode(
      targetWith({ keys: { 'ozone.om.ratis.segment.size': 'rubbish' } }),
      'NODE_START_FAILED',
      /om\d.*rubbish/,
    ),
  );

  await check('an election that does not come in time is NO_LEADER, with what each node says', () =>
    expectCode(
      targetWith({ keys: { 'ozone.om.ratis.minimum.timeout': '600s' }, budgets: { clusterStartMs: 60_000 } }),
      'NO_LEADER',
      /om1 answers ".*om2 answers ".*om3 answers "/,
    ),
  );

  await check('a start that is stopped leaves nothing', async () => {
    const target = targetWith({});
    const starting = target.start().catch((cause: unknown) => cause);
    assert.ok(await until(() => target.dataDir !== undefined, 5000));
    const folder = target.dataDir ?? '';
    assert.ok(await until(() => processesOf(folder).length > 0, 20_000));
    await target.stop();
    assert.ok((await starting) instanceof EnvironmentError);
    assert.deepEqual(processesOf(folder), []);
    assert.equal(existsSync(folder), false);
  });
}

/** A program that starts the target, says where, and stays: somebody else ends it. */
async function deathsOfTheKit(): Promise<void> {
  const heldBy = async (): Promise<{ child: ChildProcess; folder: string }> => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [folder] = (await once(createInterface(child.stdout ?? assert.fail()), 'line')) as [string];
    return { child, folder };
  };
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    await check(`a kit that is ended by ${signal} takes its cluster along`, async () => {
      const { child, folder } = await heldBy();
      assert.equal(processesOf(`${folder}/`).length, 4);
      child.kill(signal);
      assert.ok(await until(() => processesOf(folder).length === 0 && !existsSync(folder), 20_000));
    });
  }
}

if (process.argv[2] === 'hold') {
  const target = targetWith({});
  await target.start();
  console.log(target.dataDir);
  setInterval(() => {}, 60_000);
} else {
  const parts = { life: lifeOfACluster, failures: startsThatFail, deaths: deathsOfTheKit };
  for (const [name, part] of Object.entries(parts)) {
    if (process.argv.length === 2 || process.argv.includes(name)) await part();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
