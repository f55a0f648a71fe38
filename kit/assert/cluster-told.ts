/** Observables: which cluster the nodes say that they are, to one client and to another (FR-STATE-9). */
import type { Outcome } from '../wire/outcome.js';
import { describe, failure, show } from './found.js';
import type { Taught } from './id-covers.js';
import { isDecided } from './state-id.js';

type Asked = Pick<Taught, 'name' | 'calls'>;

/**
 * Assertion `other-cluster`: all that `one` was told is one cluster, of which `other` was never told. Assertion
 * `cluster-told`: whatever a node decides, it says which cluster it is. Assertion `one-cluster`: no two nodes say that they are different ones.
 */
export function assertOtherCluster(one: Asked, other: Asked): void {
  const told = onlyOneTold(one);
  const same = toldTo(other).find(({ cluster }) => cluster === told.cluster);
  if (same === undefined) return;
  const expected = `another om-cluster than client "${other.name}" was told`;
  throw failure('other-cluster', expected, words(told), [same.outcome, told.outcome]);
}

/**
 * Assertion `same-cluster`: all that both were told is one cluster. Assertion
 * `cluster-told`: whatever a node decides, it says which cluster it is. Assertion `one-cluster`: no two nodes say that they are different ones.
 */
export function assertSameCluster(one: Asked, other: Asked): void {
  const known = onlyOneTold(other);
  const told = onlyOneTold(one);
  if (told.cluster === known.cluster) return;
  const expected = `${show(known.cluster)}, of which client "${other.name}" was told`;
  throw failure('same-cluster', expected, words(told), [known.outcome, told.outcome]);
}

interface Told {
  readonly cluster: string;
  readonly outcome: Outcome;
}

/** The first word of it, once all are alike. */
function onlyOneTold(client: Asked): Told {
  const [first, ...more] = toldTo(client);
  if (first === undefined) throw new Error(`client "${client.name}" has had no answer to judge`);
  const wrong = more.find(({ cluster }) => cluster !== first.cluster);
  if (wrong === undefined) return first;
  throw failure('one-cluster', words(first), words(wrong), [first.outcome, wrong.outcome]);
}

function toldTo({ calls }: Asked): Told[] {
  return calls.filter(isDecided).map((outcome) => {
    const cluster = outcome.trailers.get('om-cluster');
    if (cluster !== undefined && cluster !== '') return { cluster, outcome };
    throw failure('cluster-told', 'an om-cluster', `${show(cluster)} with ${describe(outcome)}`, [outcome]);
  });
}

function words({ cluster, outcome }: Told): string {
  return `${show(cluster)} with ${describe(outcome)}`;
}
