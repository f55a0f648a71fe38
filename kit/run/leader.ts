/**
 * Finds the node that leads, by the only proof there is from outside: it accepted a write (HA-1). What a node says of itself
 * or of others is not asked.
 */
import { hadoop } from '#proto';
import { EnvironmentError } from '../failure.js';
import type { OmClient, Outcome } from '../wire/outcome.js';
import { echoRead, echoWrite } from '../wire/requests.js';

/** From a node's refusal to the next time it is asked. */
const PAUSE_MS = 50;

/** Whether a write was carried out. */
export function accepted(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.response.status === hadoop.ozone.Status.OK;
}

/** One EchoRPC write to every node at once; outcomes in the order of `nodes`. */
export function askWrites(client: OmClient, nodes: readonly string[], deadlineMs: number): Promise<Outcome[]> {
  return Promise.all(nodes.map((node) => client.call(node, echoWrite, { deadlineMs })));
}

/**
 * Waits until a node accepts a write, and answers its id. Every node is asked on its own: a frozen one must not hold up the
 * others.
 *
 * @param budgetMs total time, already multiplied by the time-out factor
 * @throws EnvironmentError NO_LEADER, with the last word of each node
 */
export async function awaitLeader(client: OmClient, nodes: readonly string[], budgetMs: number): Promise<string> {
  const endsAtMs = performance.now() + budgetMs;
  const found = new AbortController();
  const words = new Map<string, Outcome>();
  const ask = async (node: string): Promise<string> => {
    do {
      const deadlineMs = Math.max(1, Math.ceil(endsAtMs - performance.now()));
      const outcome = await client.call(node, echoWrite, { deadlineMs, signal: found.signal });
      // A call that our own budget cut short is not the node's last word, when it has said something before.
      if (!cutShort(outcome) || !words.has(node)) words.set(node, outcome);
      if (accepted(outcome)) return node;
      await pause(endsAtMs - performance.now());
    } while (performance.now() < endsAtMs && !found.signal.aborted);
    throw new EnvironmentError('NO_LEADER', node);
  };
  try {
    return await Promise.any(nodes.map(ask));
  } catch (error) {
    const fault = error instanceof AggregateError ? error.errors.find((one) => !isNoLeader(one)) : error;
    if (fault !== undefined) throw fault;
    const text = [...words].map(([node, outcome]) => `${node}: ${briefly(outcome)}`).join('; ');
    throw new EnvironmentError('NO_LEADER', `no node accepted a write within ${budgetMs} ms (${text})`);
  } finally {
    found.abort();
  }
}

function cutShort(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' && outcome.why === 'deadline';
}

function isNoLeader(error: unknown): boolean {
  return error instanceof EnvironmentError && error.code === 'NO_LEADER';
}

/** Never beyond what is left of a budget. */
function pause(leftMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(PAUSE_MS, leftMs))));
}

/**
 * Waits until a node says anything at all, a refusal included: a follower may not serve reads, but it runs.
 *
 * @throws EnvironmentError NODE_UNREACHABLE, with the last thing that came
 */
export async function awaitAnswer(client: OmClient, node: string, budgetMs: number): Promise<void> {
  const endsAtMs = performance.now() + budgetMs;
  for (;;) {
    const leftMs = Math.max(1, Math.ceil(endsAtMs - performance.now()));
    const outcome = await client.call(node, echoRead, { deadlineMs: leftMs });
    if (outcome.kind === 'answered' || outcome.kind === 'refused') return;
    if (performance.now() >= endsAtMs) {
      throw new EnvironmentError(
        'NODE_UNREACHABLE',
        `${node} did not answer within ${budgetMs} ms: ${briefly(outcome)}`,
      );
    }
    await pause(endsAtMs - performance.now());
  }
}

/** What came of a call, in a few words for an error message. */
export function briefly(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'answered':
      return hadoop.ozone.Status[outcome.response.status] ?? `status ${outcome.response.status}`;
    case 'refused':
      return outcome.details || `gRPC status ${outcome.code}`;
    case 'unanswered':
      return `no answer (${outcome.why})${outcome.why === 'unavailable' ? `: ${outcome.details}` : ''}`;
    case 'unreadable':
      return `unreadable answer: ${outcome.details}`;
  }
}
