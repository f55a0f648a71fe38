import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hadoop } from '#proto';
import { compileOverlay, removeOverlay } from '../../../../kit/prove/overlay.js';
import { SERVED_BUDGETS, ServedTarget } from '../../../../kit/prove/served-target.js';
import { PACKAGE_ROOT } from '../../../../kit/run/package.js';
import { WHOLE_PAGE } from '../../../../kit/scenario/operations/kinds.js';
import type { Target } from '../../../../kit/targets/target.js';
import { decode, encode } from '../../../../kit/wire/plain.js';
import { answer, refuse, type ScriptedServer, serve } from '../../../../kit/wire/test/scripted-server.js';
import { type FuzzProgress, fuzz } from '../fuzz.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;

/** Few, so that each sends enough for its plot to be made a second time. */
const LINES = 5;

async function run(
  target: Target,
  messages: number,
  known: Partial<FuzzProgress> = {},
  lines = LINES,
): Promise<FuzzProgress> {
  const fresh: FuzzProgress = { seed: 'test', messages, done: 0, ends: {}, moved: 0, violations: [] };
  try {
    await target.start();
    return await fuzz(target, { ...fresh, ...known }, () => undefined, lines);
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
  readonly onUnreadable?: (server: ScriptedServer, destroy: () => void) => void;
  /** What it says from when it was restarted on, or from its fifth look on. */
  readonly later?: {
    readonly status: hadoop.ozone.Status;
    readonly from: 'restart' | 'look' | 'look, no longer leading';
  };
}

/** One node that says the same to whatever it can read, and OK to EchoRPC. */
async function scripted({ onUnreadable, later }: Behaviour): Promise<Target> {
  let status: hadoop.ozone.Status = Status.KEY_NOT_FOUND;
  let looks = 0;
  const server = await serve((stream, { message }) => {
    try {
      const { cmdType, listBucketsRequest } = decode(OMRequest, message);
      if (listBucketsRequest?.count === WHOLE_PAGE) looks += 1;
      if (looks === 5 && later !== undefined && later.from !== 'restart' && status !== later.status) {
        status = later.status;
        if (later.from !== 'look') return refuse(stream, 13, 'org.x.OMNotLeaderException: OM:om1 is not the leader.');
      }
      const said = cmdType === Type.EchoRPC ? Status.OK : status;
      answer(stream, encode(OMResponse, { cmdType, success: said === Status.OK, status: said }));
    } catch {
      if (onUnreadable === undefined) refuse(stream, 2, 'it is no message');
      else onUnreadable(server, () => stream.session?.destroy());
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
      if (later?.from === 'restart') status = later.status;
    },
  };
}

describe('a look that shows another state', () => {
  const { VOLUME_NOT_FOUND: status } = Status;
  it('is told of', async () => {
    const { moved, violations } = await run(await scripted({ later: { status, from: 'look' } }), 20, {}, 1);
    expect(moved).toBe(0);
    expect(violations.length).toBeGreaterThan(0);
    for (const violation of violations) expect(violation).toMatch(/: refused with .*, and then .* became /);
  });

  it('is not compared where the leader was lost meanwhile', async () => {
    const later = { status, from: 'look, no longer leading' } as const;
    const { moved, violations } = await run(await scripted({ later }), 20, {}, 1);
    expect([moved, violations]).toEqual([1, []]);
  });
});

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
    const later = { status: Status.VOLUME_NOT_FOUND, from: 'restart' } as const;
    const { violations } = await run(await scripted({ later }), 0);
    expect(violations).toHaveLength(LINES);
    for (const violation of violations) expect(violation).toMatch(/^after a restart of all nodes: .* became /);
  });
});
