/**
 * Looks at all that a scenario has on the cluster, and at the names that a careless write would make: what is read before
 * and after a request that should change nothing. It judges nothing.
 */
import type { Outcome } from '../wire/outcome.js';
import type { Place } from './known-records.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { type Operation, pageRequest, type Request } from './operation.js';
import { WHOLE_PAGE } from './operations/kinds.js';

/**
 * The reads of a survey: each thing that is there, the list of the scenario's volumes, and a volume and a bucket without a name,
 * which a command without its request would work on.
 */
export function surveyOf(names: ScenarioNames, places: readonly Place[]): readonly (Operation | Request)[] {
  return [
    ...places.map(readOf),
    pageRequest(names.volumePrefix, undefined, WHOLE_PAGE),
    { kind: 'read-volume', volume: '' },
    { kind: 'read-bucket', volume: '', bucket: '' },
  ];
}

function readOf({ volume, bucket, key }: Place): Operation {
  if (bucket === undefined) return { kind: 'read-volume', volume };
  return key === undefined ? { kind: 'read-bucket', volume, bucket } : { kind: 'read-key', volume, bucket, key };
}

export async function look(line: LeaderLine, reads: readonly (Operation | Request)[]): Promise<readonly Outcome[]> {
  return await Promise.all(reads.map((read) => line.read(read)));
}
