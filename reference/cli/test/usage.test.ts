/** What `om-reference` says to wrong usage and to directories and ports that it may not use: message and exit code. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePorts } from '../free-ports.js';
import { begin, type Ended, run } from './program.js';

let folder: string;
let peer: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'om-cli-test-'));
  const [port] = await choosePorts(1, undefined);
  peer = `127.0.0.1:${port}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nodeArgs = (more: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({
    '--id': 'om1',
    '--data': join(folder, 'node'),
    '--cluster': 'test',
    '--peers': `om1=${peer}`,
    '--listen': '127.0.0.1:0',
    ...more,
  }).flat();

/** One message for people, no stack trace. */
function expectOneMessage(ended: Ended, code: number, ...words: string[]): void {
  expect({ code: ended.code, stderr: ended.stderr }).toMatchObject({ code });
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  for (const word of words) expect(ended.stderr).toContain(word);
}

describe('usage', () => {
  it('explains itself and every command', async () => {
    for (const command of [[], ['start'], ['status'], ['stop'], ['node']]) {
      const ended = await run(...command, '--help');
      expect(ended.code).toBe(0);
      expect(ended.stdout).toContain('Usage: om-reference');
    }
  });

  it.each([
    [['strat'], 'strat'],
    [['status', '--no-such-option'], '--no-such-option'],
    [['node', '--id', 'om1'], '--data'],
    [['node', '--listen', 'nowhere'], 'nowhere'],
    [['node', '--peers', 'om1'], 'om1'],
    [['node', '--peers', 'om1=127.0.0.1:1,om1=127.0.0.1:2'], 'twice'],
    [['node', '--set', 'novalue'], 'novalue'],
    [['start'], '--data'],
    [['start', '--data', 'x', '--nodes', 'three'], 'three'],
    [['start', '--data', ''], 'Expected a directory'],
    [['node', '--data', ''], 'Expected a directory'],
    [['stop', '--data', ''], 'directory'],
    [['status'], '--data'],
    [['stop', 'a', '--data', 'b'], 'two directories'],
  ])('%j is refused with 3', async (args, word) => {
    expectOneMessage(await run(...args), 3, word);
  });

  it('refuses a directory without a cluster', async () => {
    expectOneMessage(await run('status', folder), 3, 'cluster.json');
    expectOneMessage(await run('stop', '--data', folder), 3, 'cluster.json');
  });

  it('refuses a cluster.json that it did not write', async () => {
    const other = mkdtempSync(join(folder, 'damaged-'));
    writeFileSync(join(other, 'cluster.json'), '{"format":1');
    expectOneMessage(await run('status', other), 5, 'cluster.json');
  });

  it('names a wrong configuration key', async () => {
    expectOneMessage(await run('node', ...nodeArgs({ '--set': 'ozone.om.nonsense=1' })), 3, 'ozone.om.nonsense');
    expectOneMessage(
      await run('start', '--data', join(folder, 'never'), '--set', 'ozone.om.write.timeout=soon'),
      3,
      'soon',
    );
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('refuses a node that is not among the peers, and a control door that others could reach', async () => {
    expectOneMessage(await run('node', ...nodeArgs({ '--id': 'om9' })), 3, 'om9');
    expectOneMessage(await run('node', ...nodeArgs({ '--control': '0.0.0.0:0' })), 3, '--control-beyond-loopback');
  });

  it('takes such an address for the door when it is told to, and then needs it to be its own', async () => {
    // Of no machine (RFC 5737): nothing is opened to anybody by this test.
    const args = nodeArgs({ '--control': '203.0.113.1:0', '--data': join(folder, 'beyond') });
    expectOneMessage(await run('node', ...args), 3, '--control-beyond-loopback');
    const { code, stderr } = await run('node', ...args, '--control-beyond-loopback');
    expect(code).toBe(3);
    expect(stderr).toContain('203.0.113.1');
    expect(stderr).not.toContain('--control-beyond-loopback');
  });

  it('prints a stack trace on request only', async () => {
    const ended = await run('--debug', 'node', ...nodeArgs({ '--id': 'om9' }));
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/^\s+at /m);
  });
});

describe('ports and directories', () => {
  it('a taken port is named', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const taken = `127.0.0.1:${port}`;
    try {
      expectOneMessage(await run('node', ...nodeArgs({ '--listen': taken })), 2, 'PORT_IN_USE', taken);
      expectOneMessage(await run('node', ...nodeArgs({ '--peers': `om1=${taken}` })), 2, 'PORT_IN_USE', taken);
      const noDoor = await run('node', ...nodeArgs({ '--control': taken }));
      expectOneMessage(noDoor, 2, 'PORT_IN_USE', taken);
      // What the gRPC library has to say of it is not for everybody.
      expect(noDoor.stderr).not.toMatch(/^E /m);
      expect((await run('--debug', 'node', ...nodeArgs({ '--control': taken }))).stderr).toMatch(/^E /m);
      const data = join(folder, 'ports');
      expectOneMessage(await run('start', '--data', data, '--base-port', String(port)), 2, 'PORT_IN_USE', taken);
    } finally {
      server.close();
    }
  });

  it('a directory belongs to one cluster, one node and one process', async () => {
    const node = begin('node', ...nodeArgs());
    await node.serving;
    expectOneMessage(await run('node', ...nodeArgs({ '--peers': 'om1=127.0.0.1:1' })), 2, 'DATA_DIR_IN_USE');
    node.kill('SIGTERM');
    expect(await node.ended).toMatchObject({ code: 0 });
    expectOneMessage(await run('node', ...nodeArgs({ '--cluster': 'other' })), 3, 'DATA_DIR_FOREIGN', 'other');
    const two = `om1=${peer},om0=127.0.0.1:1`;
    expectOneMessage(await run('node', ...nodeArgs({ '--peers': two, '--id': 'om0' })), 3, 'DATA_DIR_FOREIGN');
    expectOneMessage(await run('node', ...nodeArgs({ '--peers': two })), 3, 'MEMBER_CHANGED');
  });

  it('start ends with what its node said, and its exit code', async () => {
    const data = join(folder, 'foreign');
    cpSync(join(folder, 'node'), join(data, 'om1'), { recursive: true });
    const ended = await run('start', '--data', data, '--nodes', '1');
    expectOneMessage(ended, 3, 'DATA_DIR_FOREIGN: om1: ', join(data, 'om1', 'log.db'));
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a node whose directory is gone does not begin anew in a cluster that has served', async () => {
    const data = join(folder, 'forgetful');
    expect(await run('start', '--data', data, '--nodes', '1')).toMatchObject({ code: 0 });
    expect(await run('stop', '--data', data)).toMatchObject({ code: 0 });
    renameSync(join(data, 'om1'), join(data, 'kept'));
    expectOneMessage(await run('start', '--data', data), 5, 'LOG_MISSING', join(data, 'om1', 'log.db'));
    expect(existsSync(join(data, 'om1'))).toBe(false);
    renameSync(join(data, 'kept'), join(data, 'om1'));
    expect(await run('start', '--data', data)).toMatchObject({ code: 0 });
    expect(await run('stop', '--data', data)).toMatchObject({ code: 0 });
  }, 60_000);

  it.runIf(existsSync('/proc/self'))('a place where nothing can be made is one message, also for start', async () => {
    expectOneMessage(await run('start', '--data', '/proc/none/such'), 2, 'DATA_DIR_UNUSABLE', '/proc/none');
    expectOneMessage(await run('node', ...nodeArgs({ '--data': '/proc/none' })), 2, 'DATA_DIR_UNUSABLE', '/proc/none');
  });

  it('damaged files are named, and nothing is written over them', async () => {
    const log = join(folder, 'node', 'log.db');
    copyFileSync(log, join(folder, 'log.kept'));
    truncateSync(log, 100);
    const before = readFileSync(log);
    expectOneMessage(await run('node', ...nodeArgs()), 5, 'LOG_DAMAGED', 'log.db');
    expect(readFileSync(log)).toEqual(before);
    copyFileSync(join(folder, 'log.kept'), log);
    writeFileSync(join(folder, 'node', 'configuration.json'), 'not json');
    expectOneMessage(await run('node', ...nodeArgs()), 5, 'CONFIGURATION_FILE_DAMAGED', 'configuration.json');
  });
});
