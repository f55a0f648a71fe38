/** The complete target file of docs/examples, run: the bundled nodes as somebody's own processes, configured by a hook. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { examine, requireHealthy } from '../../run/doctor.js';
import { PACKAGE_ROOT } from '../../run/package.js';
import { requestOf } from '../../scenario/operation.js';
import { createOmClient } from '../../wire/client.js';
import type { Outcome } from '../../wire/outcome.js';
import { TranscriptLog } from '../../wire/transcript-log.js';
import { openTarget } from '../open.js';
import { holdPorts } from '../ports.js';

const EXAMPLE = join(PACKAGE_ROOT, 'docs/examples/targets/processes-reference.target.yaml');
/** A read that a follower serves only where it is configured to. */
const read = requestOf({ kind: 'read-volume', volume: 'none' });
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The file as it stands, but for ports and folders, which must not meet those of another run. */
async function copyOf(example: string): Promise<{ file: string; data: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'omc-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  let text = readFileSync(example, 'utf8').replaceAll('/var/tmp/om-reference-example', data);
  const places = [...new Set(text.match(/127\.0\.0\.1:\d+/g))];
  const { ports, release } = await holdPorts(places.length);
  cleanups.push(release);
  for (const [index, port] of ports.entries()) {
    text = text.replaceAll(places[index] ?? '', `127.0.0.1:${port}`);
  }
  const file = join(folder, 'x.target.yaml');
  writeFileSync(file, text.replaceAll('../../../dist', join(dirname(example), '../../../dist')));
  return { file, data };
}

/** Fails with the last outcome when none is an answer. */
async function answers(ask: () => Promise<Outcome>): Promise<void> {
  let outcome = await ask();
  for (let again = 0; again < 200 && outcome.kind !== 'answered'; again += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    outcome = await ask();
  }
  expect(outcome).toMatchObject({ kind: 'answered' });
}

describe('the example of nodes that commands run', () => {
  test('is healthy, is configured for a stage while its nodes are down, and does what its capabilities say', async () => {
    const { file, data } = await copyOf(EXAMPLE);
    const target = await openTarget(file);
    cleanups.push(() => target.stop());
    await target.start();
    const { nodes, budgets } = target;
    const client = createOmClient({
      nodes,
      callMs: budgets.callMs,
      clientId: 'c',
      transcript: new TranscriptLog(),
    });
    cleanups.push(() => client.close());
    const report = await examine(target, client, undefined);
    expect(() => requireHealthy(report)).not.toThrow();
    expect(report.capabilities).toEqual(['configure', 'freeze-node', 'kill-node', 'restart-node']);
    const follower = nodes.map(({ id }) => id).find((id) => id !== report.leader) ?? '';
    const hint = 'LOCAL_LEASE';
    expect(await client.call(follower, read, { hint })).toMatchObject({ kind: 'refused' });

    const before = target.processIds?.();
    await target.enterStage('read-consistency');
    expect([...(target.processIds?.().values() ?? [])].some((pid) => [...(before?.values() ?? [])].includes(pid))).toBe(
      false,
    );
    // The keys are in force: now any node serves it, once it has heard its leader.
    for (const { id } of nodes) await answers(() => client.call(id, read, { hint }));

    await target.freezeNode?.(follower);
    expect(await client.call(follower, read, { hint, deadlineMs: 300 })).toMatchObject({ why: 'deadline' });
    await target.killNode?.(follower);
    expect(await client.call(follower, read, { hint })).toMatchObject({ why: 'unavailable' });
    await target.restartNode?.(follower);
    await answers(() => client.call(follower, read, { hint }));
    await target.stop();
    expect(existsSync(join(data, `${follower}.log`))).toBe(true);
  }, 60_000);
});
