/**
 * Looks at all that a scenario has on the cluster, and at the names that a careless write would make: what is read before
 * and after a request that should change nothing. It judges nothing.
 */
import type { Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { type Operation, pageRequest, type Request } from './operation.js';

/** More volumes than a scenario has. */
const PAGE = 1000;

/**
 * The reads of a survey: each thing that is there, the list of the scenario's volumes, and a volume and a bucket without a name,
 * which a command without its request would work on.
 */
export function surveyOf(
  names: ScenarioNames,
  volumes: Iterable<string>,
  buckets: Iterable<{ readonly volume: string; readonly bucket: string }>,
): readonly (Operation | Request)[] {
  return [
    ...[...volumes].map((volume): Operation => ({ kind: 'read-volume', volume })),
    ...[...buckets].map((place): Operation => ({ kind: 'read-bucket', ...place })),
    pageRequest(names.volumePrefix, undefined, PAGE),
    { kind: 'read-volume', volume: '' },
    { kind: 'read-bucket', volume: '', bucket: '' },
  ];
}

export async function look(line: LeaderLine, reads: readonly (Operation | Request)[]): Promise<readonly Outcome[]> {
  return await Promise.all(reads.map((read) => line.read(read)));
}
