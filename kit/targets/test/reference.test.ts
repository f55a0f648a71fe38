import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import { createControlClient } from '../../control/client.js';
import { EnvironmentError, UsageError } from '../../failure.js';
import { examine, requireHealthy } from '../../run/doctor.js';
import { doctorText } from '../../run/doctor-report.js';
import { awaitLeader } from '../../run/leader.js';
import { createOmClient } from '../../wire/client.js';
import { deleteVolume, echoRead } from '../../wire/requests.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { openTarget } from '../open.js';
import { ReferenceTarget } from '../reference/target.js';
import { TARGET_SCHEMAS } from '../schema.js';

const { Status, Type } = hadoop.ozone;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fileOf = (more: object = {}) => TARGET_SCHEMAS.reference.parse({ kind: 'reference', ...more });

describe('the bundled cluster', () => {
  let target: ReferenceTarget;
  beforeAll(async () => {
    const opened = await openTarget('reference');
    if (!(opened instanceof ReferenceTarget)) throw new Error(`opened ${opened.kind}`);
    target = opened;
    await target.start();
    return async () => {
      const folder = target.dataDir;
      const pids = [...target.processIds().values()];
      await target.stop();
      expect(target.processIds().size).toBe(0);
      for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(folder).toBeDefined();
      expect(existsSync(folder ?? '')).toBe(false);
    };
  }, 60_000);

  function clients() {
    const { nodes, budgets } = target;
    const transcript = new TranscriptLog();
    const { callMs, clusterStartMs: slowCallMs } = budgets;
    const client = createOmClient({ nodes, callMs, clientId: 'c', transcript });
    const control = createControlClient({ nodes, callMs, slowCallMs, transcript });
    cleanups.push(() => client.close());
    cleanups.push(() => control?.close());
    return { client, control, ids: nodes.map((node) => node.id) };
  }

  test('is three nodes with one leader, healthy to the doctor', async () => {
    const { client, control } = clients();
    const report = await examine(target, client, control);
    expect(doctorText(report)).toContain('one leader');
    expect(() => requireHealthy(report)).not.toThrow();
    expect(report.nodes.map((node) => node.id)).toEqual(['om1', 'om2', 'om3']);
    expect(report.capabilities).toEqual(
      expect.arrayContaining(['restart-node', 'kill-node', 'freeze-node', 'configure', 'status', 'isolate-node']),
    );
  });

  test('its nodes can be killed, frozen and restarted, and a write outlives them', async () => {
    const { client, ids } = clients();
    const volumeInfo = { volume: 'omc-aaaaaa-v1', adminName: 'a', ownerName: 'o' };
    const first = await awaitLeader(client, ids, 10_000);
    expect(await client.call(first, { cmdType: Type.CreateVolume, createVolumeRequest: { volumeInfo } })).toMatchObject(
      { kind: 'answered', response: { status: Status.OK } },
    );

    await target.killNode(first);
    expect(await client.call(first, echoRead)).toMatchObject({ kind: 'unanswered', why: 'unavailable' });
    const second = await awaitLeader(client, ids, target.budgets.failoverMs);
    expect(second).not.toBe(first);
    await target.restartNode(first);
    expect((await client.call(first, echoRead)).kind).not.toBe('unanswered');

    await target.freezeNode(second);
    expect(await client.call(second, echoRead, { deadlineMs: 200 })).toMatchObject({ why: 'deadline' });
    const others = ids.filter((id) => id !== second);
    const third = await awaitLeader(client, others, target.budgets.failoverMs);
    await target.thawNode(second);

    for (const id of ids) await target.killNode(id);
    for (const id of ids) expect(await client.call(id, echoRead)).toMatchObject({ why: 'unavailable' });
    await target.enterStage('plain');
    const last = await awaitLeader(client, ids, target.budgets.failoverMs);
    expect(await client.call(last, deleteVolume('omc-aaaaaa-v1'))).toMatchObject({ response: { status: Status.OK } });
    expect(third).toBeDefined();
  }, 60_000);

  test('its stages differ in what a follower answers', async () => {
    const { client, ids } = clients();
    const follower = async () => {
      const leader = await awaitLeader(client, ids, 10_000);
      return ids.find((id) => id !== leader) ?? '';
    };
    const read = { cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: 'omc-aaaaaa-none' } };
    await target.enterStage('plain');
    expect(await client.call(await follower(), read)).toMatchObject({ className: 'OMNotLeaderException' });
    const pids = [...target.processIds()];
    await target.enterStage('read-consistency');
    expect([...target.processIds()]).toEqual(pids);
    expect(await client.call(await follower(), read)).toMatchObject({
      response: { status: Status.VOLUME_NOT_FOUND },
    });
    await target.enterStage('plain');
    expect(await client.call(await follower(), read)).toMatchObject({ className: 'OMNotLeaderException' });
    await expect(target.enterStage('multi-raft')).rejects.toThrow('no stage "multi-raft"');
  }, 60_000);
});

describe('a bundled cluster that cannot start', () => {
  function program(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'program.mjs');
    writeFileSync(path, text.replaceAll('$FOLDER', folder));
    return path;
  }

  test('is not built', async () => {
    const target = new ReferenceTarget(fileOf(), { program: '/nowhere/main.js' });
    await expect(target.start()).rejects.toMatchObject({ code: 'REFERENCE_NOT_BUILT' });
  });

  test.each<[string, string, string, RegExp]>([
    [
      'a node that ends',
      "console.error('disk on fire'); process.exit(5)",
      'NODE_START_FAILED',
      /node om\d of the reference cluster ended while starting: disk on fire/,
    ],
    [
      'an installation without optional packages',
      "console.error('om-reference: SQLITE_MISSING: better-sqlite3 cannot be loaded: Cannot find package'); process.exit(2)",
      'REFERENCE_NOT_BUILT',
      /needs the optional package better-sqlite3, which is not installed/,
    ],
    ['a node that says nothing', 'setInterval(() => {}, 1000)', 'NODE_START_FAILED', /did not listen within 500 ms/],
    [
      'a node that says something else',
      "console.log('hello'); setInterval(() => {}, 1000)",
      'NODE_START_FAILED',
      /did not listen within 500 ms/,
    ],
  ])('%s', async (_, text, code, message) => {
    const nodeStartMs = message.source.includes('500 ms') ? 500 : 20_000;
    const file = fileOf({ budgets: { nodeStartMs } });
    const target = new ReferenceTarget(file, { program: program(text) });
    const failure = await target.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toMatch(message);
    expect(target.dataDir).toBeUndefined();
    expect(target.processIds().size).toBe(0);
  });

  test('a key that it does not take is wrong usage', async () => {
    const text =
      "console.error('om-reference: CONFIGURATION_INVALID: ozone.x: no such configuration key. Correct the key that is named; see'); process.exit(3)";
    const failure = await new ReferenceTarget(fileOf(), { program: program(text) }).start().catch((error) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure).toMatchObject({
      code: 'TARGET_FILE_INVALID',
      message: 'the reference cluster does not take a key under `keys:`: ozone.x: no such configuration key',
    });
  });

  test('a port that somebody took is tried again with others, three times', async () => {
    const path = program(
      "import { appendFileSync } from 'node:fs';\n" +
        "appendFileSync('$FOLDER/tries', process.argv[process.argv.indexOf('--listen') + 1] + '\\n');\n" +
        "console.error('PORT_IN_USE: taken'); process.exit(2);\n",
    );
    const target = new ReferenceTarget(fileOf({ nodes: 1 }), { program: path });
    await expect(target.start()).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    const tries = readFileSync(join(path, '..', 'tries'), 'utf8')
      .trim()
      .split('\n');
    expect(tries).toHaveLength(3);
    expect(new Set(tries).size).toBe(3);
  });
});

describe('finding a target', () => {
  test('that is neither a file nor a kind', async () => {
    await expect(openTarget('no-such.target.yaml')).rejects.toMatchObject({ code: 'TARGET_UNKNOWN' });
  });

  test('by OM_TARGET, by name, by default', async () => {
    const before = process.env.OM_TARGET;
    try {
      delete process.env.OM_TARGET;
      expect((await openTarget()).kind).toBe('reference');
      process.env.OM_TARGET = 'apache-ozone';
      expect((await openTarget()).kind).toBe('apache-ozone');
      expect((await openTarget('reference')).kind).toBe('reference');
      process.env.OM_TARGET = 'nowhere';
      await expect(openTarget()).rejects.toThrow('target "nowhere" (from OM_TARGET): no such file');
    } finally {
      if (before === undefined) delete process.env.OM_TARGET;
      else process.env.OM_TARGET = before;
    }
  });
});
