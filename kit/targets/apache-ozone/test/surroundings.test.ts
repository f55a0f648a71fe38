/** What the launcher finds around it: Java, ports, locks, target files that no cluster can be made of. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseTargetFile } from '../../file.js';
import { findBasePort, firstTaken, requireFree } from '../free-ports.js';
import { layoutOf, portsOf } from '../layout.js';
import { lock, tryLock } from '../lock.js';
import { ApacheOzoneTarget } from '../target.js';
import { findJava } from '../toolchain.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'around-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('Java', () => {
  function java(output: string): void {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', 'java'), `#!/bin/sh\n${output}\n`);
    chmodSync(join(folder, 'bin', 'java'), 0o755);
  }

  test('is that of JAVA_HOME', async () => {
    java('echo \'openjdk version "17.0.1"\' >&2');
    expect(await findJava({ JAVA_HOME: folder })).toEqual({
      path: join(folder, 'bin', 'java'),
      version: 'openjdk version "17.0.1"',
    });
  });

  test('is the first on the PATH otherwise', async () => {
    java('echo \'openjdk version "21"\' >&2');
    expect((await findJava({ PATH: `/nonexistent:${join(folder, 'bin')}` })).path).toBe(join(folder, 'bin', 'java'));
  });

  test.each([
    ['missing from JAVA_HOME', undefined, { JAVA_HOME: '/nonexistent' }, '/nonexistent'],
    ['missing from the PATH', undefined, { PATH: '/nonexistent' }, 'PATH'],
    ['too old', 'echo \'java version "1.8.0_1"\' >&2', undefined, '1.8.0_1'],
    ['too new', 'echo \'openjdk version "24"\' >&2', undefined, '"24"'],
    ['broken', 'exit 3', undefined, '-version failed'],
  ])('that is %s is refused', async (_, script, env, named) => {
    if (script !== undefined) java(script);
    const error = await findJava(env ?? { JAVA_HOME: folder }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'JAVA_UNSUITABLE' });
    expect(String(error)).toContain(named);
  });
});

describe('ports', () => {
  test('one that is in use is named, with what it was meant for', async () => {
    const basePort = await findBasePort();
    const all = portsOf(layoutOf(basePort));
    expect(await firstTaken(all)).toBeUndefined();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(basePort + 22, '127.0.0.1', resolve));
    try {
      const error = await requireFree(all, basePort).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'PORT_TAKEN' });
      expect(String(error)).toContain(`port ${basePort + 22}, meant for om2 ratis, is in use`);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe('a lock', () => {
  const signal = new AbortController().signal;

  test('is held by one at a time', async () => {
    const held = await tryLock(folder);
    expect(await tryLock(folder)).toBeUndefined();
    expect(await tryLock(`${folder}/other`)).toBeDefined();
    await held?.release();
    expect(await tryLock(folder)).toBeDefined();
  });

  test('is waited for, and its waiter told so once', async () => {
    const path = join(folder, 'x');
    const held = await lock(path, signal, () => {});
    let told = 0;
    const waiter = lock(path, signal, () => {
      told += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(told).toBe(1);
    await held.release();
    await (await waiter).release();
  });

  test('is given up waiting for', async () => {
    const path = join(folder, 'y');
    const held = await lock(path, signal, () => {});
    await expect(lock(path, AbortSignal.timeout(50), () => {})).rejects.toMatchObject({ name: 'AbortError' });
    await held.release();
  });
});

describe('a target', () => {
  const make = (text: string) => {
    const file = parseTargetFile(`kind: apache-ozone\n${text}`, 't.yaml');
    if (file.kind !== 'apache-ozone') throw new Error('the kind was given');
    return new ApacheOzoneTarget(file, { timeoutFactor: 2, progress: () => {}, env: {} });
  };

  test('knows what it is before it starts', () => {
    const target = make('version: 2.2.0\ntimeoutFactor: 1.5');
    expect(target.identity).toMatchObject({ organization: 'Apache Software Foundation', version: '2.2.0' });
    expect(target.stages).toEqual(['plain', 'read-consistency']);
    expect(target.profiles).toEqual(['core', 'ha', 'read-consistency']);
    expect(target.nodes).toEqual([]);
    expect(target.budgets.callMs).toBe(45_000);
    expect([...target.capabilities].sort()).toEqual(['freeze-node', 'kill-node', 'restart-node']);
  });

  test.each([
    ['a stage that the release lacks', 'version: 2.1.0\nstages: [plain, read-consistency]', 'STAGE_UNAVAILABLE'],
    ['a stage that no release has', 'stages: [multi-raft]', 'STAGE_UNAVAILABLE'],
    ['a key that is not its own', 'keys:\n  ozone.om.node.id: om9', 'TARGET_FILE_INVALID'],
  ])('with %s is not made', (_, text, code) => {
    expect(() => make(text)).toThrow(expect.objectContaining({ name: 'UsageError', code }));
  });

  test('that cannot start leaves nothing, and can be stopped', async () => {
    const target = make('');
    await expect(target.start()).rejects.toMatchObject({ code: 'JAVA_UNSUITABLE' });
    expect(target.dataDir).toBeUndefined();
    await target.stop();
    await target.stop();
  });

  test('that was not started has no nodes to act on', async () => {
    await expect(make('').killNode('om1')).rejects.toMatchObject({ code: 'TARGET_MISUSED' });
  });
});
