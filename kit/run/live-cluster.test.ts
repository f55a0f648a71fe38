import { expect, test } from 'vitest';
import type { Target } from '../targets/target.js';
import { openLiveCluster, reuseStarted } from './live-cluster.js';

function recordingTarget(): { target: Target; log: string[] } {
  const log: string[] = [];
  const target: Target = {
    kind: 'recording',
    identity: { organization: 'o', project: 'p', version: '1', url: 'https://example.org', contact: 'c' },
    profiles: ['core'],
    stages: ['read-consistency', 'plain'],
    budgets: {
      callMs: 1,
      failoverMs: 1,
      nodeStartMs: 1,
      clusterStartMs: 1,
      writeTimeoutMs: 1,
      readTimeoutMs: 1,
      waitTimeoutMs: 1,
      heartbeatMs: 100,
      factor: 1,
      eventuallyMs: 1,
    },
    nodes: [],
    capabilities: new Set(),
    async start() {
      log.push('start');
    },
    async stop() {
      log.push('stop');
    },
    async enterStage(stage) {
      log.push(`enter ${stage}`);
    },
  };
  return { target, log };
}

const options = { runId: 'abcdef', timeoutFactor: 1 };

test('a cluster of one run is started and stopped by it', async () => {
  const { target, log } = recordingTarget();
  const cluster = await openLiveCluster(target, options);
  expect(cluster.foreign).toBe(false);
  await cluster.start();
  await cluster.close();
  expect(log).toEqual(['start', 'stop']);
});

test('a cluster of many runs is put back by each, counts as foreign so that it is cleaned up, and is left running', async () => {
  const { target, log } = recordingTarget();
  const open = reuseStarted(target);
  for (const runId of ['aaaaaa', 'bbbbbb']) {
    const cluster = await open(target, { ...options, runId });
    expect(cluster.foreign).toBe(true);
    await cluster.start();
    await cluster.close();
  }
  expect(log).toEqual(['enter read-consistency', 'enter read-consistency']);
});
