/** A client whose answers a test writes, and the part of a run that the drivers of scenarios use. */
import { hadoop } from '#proto';
import { answered } from '../../assert/test/outcomes.js';
import type { RunContext } from '../../run/context.js';
import { namesOf } from '../../run/names.js';
import type { CallOptions, OMRequest, Outcome } from '../../wire/outcome.js';

export interface SeenCall {
  readonly node: string;
  readonly command: string;
  readonly request: Omit<OMRequest, 'clientId'>;
  readonly options: CallOptions | undefined;
}

export type Answers = (call: SeenCall, number: number) => Outcome | Promise<Outcome>;

/** Calls are numbered from 1; their times are those of the monotonic clock. */
export function scriptedRun(answers: Answers, nodes = ['om1', 'om2', 'om3']) {
  const calls: SeenCall[] = [];
  const client = {
    async call(node: string, request: Omit<OMRequest, 'clientId'>, options?: CallOptions): Promise<Outcome> {
      const call = { node, command: hadoop.ozone.Type[request.cmdType] ?? '', request, options };
      calls.push(call);
      const number = calls.length;
      const sentAtMs = performance.now();
      const outcome = await answers(call, number);
      const sent = { ...request, clientId: 'test' };
      return { ...outcome, node, request: sent, sentAtMs, endedAtMs: performance.now(), callNumber: number };
    },
  };
  const budgets = {
    callMs: 1_000,
    failoverMs: 200,
    nodeStartMs: 1_000,
    clusterStartMs: 400,
    eventuallyMs: 200,
    writeTimeoutMs: 500,
    readTimeoutMs: 500,
    waitTimeoutMs: 500,
    heartbeatMs: 100,
    factor: 1,
  };
  const run = {
    runId: 'test00',
    seed: 'seed',
    client,
    control: undefined,
    names: namesOf('test00'),
    capabilities: new Set(),
    stage: 'plain',
    target: { nodes: nodes.map((id) => ({ id, address: 'x:1' })), budgets },
  } as unknown as RunContext;
  return { run, calls };
}

export const ok = answered('OK');
