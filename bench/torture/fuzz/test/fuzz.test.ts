import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { compileOverlay, removeOverlay } from '../../../../kit/prove/overlay.js';
import { SERVED_BUDGETS, ServedTarget } from '../../../../kit/prove/served-target.js';
import { PACKAGE_ROOT } from '../../../../kit/run/package.js';
import type { Target } from '../../../../kit/targets/target.js';
import { decode, encode } from '../../../../kit/wire/plain.js';
import { answer, type ScriptedServer, serve } from '../../../../kit/wire/test/scripted-server.js';
import { type FuzzProgress, fuzz } from '../fuzz.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;

/** Few, so that each sends enough for its plot to be made a second time. */
const LINES = 5;

async function run(target: Target, messages: number, known: Partial<FuzzProgress> = {}): Promise<FuzzProgress> {
  const fresh: FuzzProgress = { seed: 'test', messages, done: 0, ends: {}, moved: 0, violations: [] };
  try {
    await target.start();
    return await fuzz(target, { ...fresh, ...known }, () => undefined, LINES);
  } finally {
    await target.stop();
  }
}

/** The code as it is built, or a mutant that is a policy and needs no compiler. */
const served = (mutant?: string) => new ServedTarget(join(PACKAGE_ROOT, 'dist'), mutant);

describe('broken messages', () => {
  it('do nothing to the reference', { timeout: 120_000 }, async () => {
    const { done, ends, moved, violations } = await run(served(), 250);
    expect(violations).toEqual([]);
    expect([done, moved]).toEqual([250, 0]);
    expect(Object.values(ends).reduce((sum, times) => sum + times)).toBe(250);
    expect(Object.keys(ends).length).toBeGreaterThan(8);
  });

  it('go on where they were cut off', { timeout: 120_000 }, async () => {
    const { done, ends } = await run(served(), 50, { done: 20, ends: { OK: 20 } });
    expect(done).toBe(50);
    expect(Object.values(ends).reduce((sum, times) => sum + times)).toBe(50);
  });

  it('show what is refused and done all the same', { timeout: 120_000 }, async () => {
    const { violations } = await run(served('ns-bkt-2-refused-and-replaced'), 250);
    expect(violations.join('\n')).toMatch(/: refused with BUCKET_ALREADY_EXISTS, and then .* became /);
  });

  it('show a count that does not fit', { timeout: 120_000 }, async () => {
    const id = 'fuzz-counts';
    const dist = compileOverlay(PACKAGE_ROOT, id, {
      file: 'reference/namespace/commands/key/commit-key.ts',
      search: 'entries: present === undefined ? 1n : 0n,',
      replace: 'entries: 1n,',
    });
    try {
      // So many that every line writes its keys a second time.
      const { violations } = await run(new ServedTarget(dist, undefined), 250);
      expect(violations.join('\n')).toMatch(/made by whole requests: bucket flat counts \d+ keys, \d+ are listed/);
    } finally {
      removeOverlay(PACKAGE_ROOT, id);
    }
  });
});

interface Behaviour {
  /** What comes of a message that the node cannot read. */
  readonly onUnreadable: (server: ScriptedServer, destroy: () => void) => void;
  /** What a restarted node says to everything but EchoRPC. */
  readonly afterRestart?: hadoop.ozone.Status;
}

/** One node that says OK to what it can read. */
async function scripted({ onUnreadable, afterRestart }: Behaviour): Promise<Target> {
  let status: hadoop.ozone.Status = Status.OK;
  const server = await serve((stream, { message }) => {
    try {
      const { cmdType } = decode(OMRequest, message);
      const said = cmdType === Type.EchoRPC ? Status.OK : status;
      answer(stream, encode(OMResponse, { cmdType, success: true, status: said }));
    } catch {
      onUnreadable(server, () => stream.session?.destroy());
    }
  });
  return {
    kind: 'scripted',
    identity: { organization: '', project: '', version: '', url: '', contact: '' },
    profiles: [],
    stages: [],
    budgets: { ...SERVED_BUDGETS, clusterStartMs: 500 },
    nodes: [{ id: 'om1', address: server.address }],
    capabilities: new Set(),
    start: async () => undefined,
    stop: () => server.close(),
    enterStage: async () => undefined,
    killNode: async () => undefined,
    restartNode: async () => {
      status = afterRestart ?? status;
    },
  };
}

describe('a message without an answer', () => {
  it('may have cost its connection alone', async () => {
    const { violations } = await run(await scripted({ onUnreadable: (_server, destroy) => destroy() }), 250);
    expect(violations.length).toBeGreaterThan(0);
    for (const violation of violations) {
      expect(violation).toMatch(/: the call ended with no answer \(unavailable\).*; om1 goes on$/);
    }
  });

  it('may have cost its node', async () => {
    const { violations } = await run(await scripted({ onUnreadable: (server) => void server.close() }), 250);
    expect(violations.join('\n')).toMatch(/: the call ended with no answer .*; om1 does not go on: no answer/);
    expect(violations.at(-1)).toMatch(/^it could not go on: no node accepted a write/);
  });
});

describe('a restart of all nodes', () => {
  it('shows what is gone after it', async () => {
    const behaviour = { onUnreadable: () => undefined, afterRestart: Status.VOLUME_NOT_FOUND };
    const { violations } = await run(await scripted(behaviour), 0);
    expect(violations).toHaveLength(LINES);
    for (const violation of violations) expect(violation).toMatch(/^after a restart of all nodes: .* became /);
  });
});
