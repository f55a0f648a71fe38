/**
 * A cluster of one process that echoes, for tests of the kit itself: it lets a test see what a run did to it. The kit's own
 * clients and targets have tests of their own.
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../../failure.js';
import type { Stage } from '../../run/capability.js';
import type { Cluster, OpenCluster } from '../../run/cluster.js';
import type { Target } from '../../targets/target.js';
import type { OmClient } from '../../wire/outcome.js';
import { TranscriptLog } from '../../wire/transcript-log.js';

export interface TinyOptions {
  readonly foreign?: boolean;
  readonly stages?: readonly Stage[];
  /** Fails here instead of going on. */
  readonly failAt?: 'start' | 'examine' | 'stage' | 'close';
  /** What the node answers instead of the echo. */
  readonly answer?: string;
  /** `start` waits for this. */
  readonly gate?: Promise<void>;
}

/** What a run did, in order. */
export type TinyLog = string[];

export function tinyCluster(options: TinyOptions = {}, log: TinyLog = []): OpenCluster {
  return async (asked, { runId }) => {
    log.push(`open ${typeof asked === 'string' ? asked : asked.kind}`);
    const transcript = new TranscriptLog();
    const fail = (at: TinyOptions['failAt']) => {
      if (options.failAt === at) throw new EnvironmentError('TINY_BROKEN', `the tiny cluster fails at ${at}`);
    };
    const target: Target = {
      kind: 'tiny',
      identity: {
        organization: 'Tiny <&>',
        project: 'Echo',
        version: '1',
        url: 'https://example.org',
        contact: 'nobody',
      },
      profiles: ['core', 'ha', 'multi-raft'],
      stages: options.stages ?? ['plain'],
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
      nodes: [{ id: 'om1', address: 'in this process' }],
      capabilities: new Set(),
      async start() {},
      async stop() {},
      async enterStage(stage) {
        log.push(`stage ${stage}`);
        fail('stage');
      },
    };
    const cluster: Cluster = {
      target,
      foreign: options.foreign ?? false,
      async start() {
        log.push('start');
        await options.gate;
        fail('start');
      },
      async examine() {
        log.push('examine');
        fail('examine');
        return { client: echo(transcript, options.answer), control: undefined, transcript, capabilities: new Set() };
      },
      async cleanUp() {
        log.push(`clean up ${runId.length}`);
      },
      async close() {
        log.push('close');
        fail('close');
      },
    };
    return cluster;
  };
}

function echo(transcript: TranscriptLog, answer: string | undefined): OmClient {
  return {
    async call(node, asked) {
      const request = { ...asked, clientId: 'tiny' };
      const sentAtMs = performance.now();
      const entry = transcript.open({ node, command: 'Echo', request: asked.traceID ?? '', metadata: {}, sentAtMs });
      const message = answer ?? asked.traceID ?? '';
      const endedAtMs = performance.now();
      entry.end({ answer: message, trailers: {}, endedAtMs });
      const response = { cmdType: asked.cmdType, status: hadoop.ozone.Status.OK, message };
      const callNumber = entry.number;
      return { kind: 'answered', node, request, sentAtMs, endedAtMs, trailers: new Map(), callNumber, response };
    },
  };
}
