/** A node whose disk runs full: it ends with one message, and has everything that it acknowledged once there is room. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { OmClient, word } from '../../node/test/om-client.js';
import { choosePorts } from '../free-ports.js';
import { begin, type Running } from './program.js';

it('ends a node with DISK_FULL, and loses nothing that was acknowledged', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'om-disk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    context.skip(`a small disk cannot be mounted here: ${String(error).split('\n', 1)[0]}`);
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(12 << 20));
  const [port] = await choosePorts(1, undefined);
  const started: Running[] = [];
  onTestFinished(() => {
    for (const node of started) node.kill('SIGKILL');
  });
  const start = async (): Promise<{ node: Running; client: OmClient }> => {
    const where = ['--id', 'om1', '--data', join(disk, 'om1'), '--cluster', 'c', '--listen', '127.0.0.1:0'];
    const node = begin('node', ...where, '--peers', `om1=127.0.0.1:${port}`);
    started.push(node);
    const client = new OmClient((await node.serving).om ?? '');
    onTestFinished(() => client.close());
    while (word(await client.echo()) !== 'OK') await new Promise((resolve) => setTimeout(resolve, 20));
    return { node, client };
  };

  const { node, client } = await start();
  const acknowledged: string[] = [];
  for (let i = 0; i < 1000; i++) {
    const volume = `vol${i}`;
    const created = await client.createVolume(volume);
    if (created.kind !== 'answer') break;
    acknowledged.push(volume);
    // Fills the log: a write without effect whose answer has 200 KiB.
    const filled = await client.call({ EchoRPCRequest: { readOnly: false, payloadSizeResp: 200 << 10 } });
    if (filled.kind !== 'answer') break;
  }
  const ended = await node.ended;
  expect(ended).toMatchObject({ code: 2, signal: null });
  expect(ended.stderr).toContain('DISK_FULL');
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(acknowledged.length).toBeGreaterThan(5);

  rmSync(ballast);
  const again = await start();
  for (const volume of acknowledged) expect(word(await again.client.infoVolume(volume))).toBe('OK');
  again.node.kill('SIGTERM');
  expect(await again.node.ended).toMatchObject({ code: 0 });
}, 60_000);
