/**
 * Decides from one round of probes whether a cluster is settled: one node accepted a write and the others name it
 * (catalogue, HA). Sending the probes is `probe.ts`.
 */
import { hadoop } from '#proto';
import type { Outcome } from '../../wire/outcome.js';

export type Standing =
  | { readonly kind: 'leads' }
  /** Refuses writes and names the leader. */
  | { readonly kind: 'follows'; readonly leader: string }
  /** Answers, but knows no leader or is not ready. */
  | { readonly kind: 'unsure'; readonly why: string }
  | { readonly kind: 'silent'; readonly why: string };

/** What the answer to a write tells of the node that gave it. */
export function standingOf(outcome: Outcome): Standing {
  switch (outcome.kind) {
    case 'answered':
      return outcome.response.status === hadoop.ozone.Status.OK
        ? { kind: 'leads' }
        : { kind: 'unsure', why: `status ${hadoop.ozone.Status[outcome.response.status] ?? outcome.response.status}` };
    case 'refused':
      return outcome.suggestedLeader === undefined
        ? { kind: 'unsure', why: outcome.details }
        : { kind: 'follows', leader: outcome.suggestedLeader };
    case 'unanswered':
      return { kind: 'silent', why: `${outcome.why}: ${outcome.details}` };
    case 'unreadable':
      return { kind: 'unsure', why: outcome.details };
  }
}

export type Verdict =
  | { readonly settled: true; readonly leader: string }
  | { readonly settled: false; readonly why: string };

/** @param standings of every node that is meant to run */
export function settledBy(standings: ReadonlyMap<string, Standing>): Verdict {
  const leaders = [...standings].filter(([, standing]) => standing.kind === 'leads').map(([id]) => id);
  const [leader] = leaders;
  const agreed = [...standings.values()].every(
    (standing) => standing.kind === 'leads' || (standing.kind === 'follows' && standing.leader === leader),
  );
  return leader !== undefined && leaders.length === 1 && agreed
    ? { settled: true, leader }
    : { settled: false, why: [...standings].map(([id, standing]) => `${id} ${describe(standing)}`).join('; ') };
}

function describe(standing: Standing): string {
  switch (standing.kind) {
    case 'leads':
      return 'accepts writes';
    case 'follows':
      return `follows ${standing.leader}`;
    case 'unsure':
      return `answers "${standing.why}"`;
    case 'silent':
      return `does not answer (${standing.why})`;
  }
}
