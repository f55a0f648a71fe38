/** Clusters that do not say, or not truly, that they are another one (FR-STATE-9). */
import type { Mutant } from '../mutant.js';

const NODE = 'reference/node/node.ts';
const OM_SERVICE = 'reference/service/om-service.ts';
const NEXT = 'const cluster = clusterAfter(this.#cluster());';
const TOLD = "trailers.set('om-cluster', followerReads.cluster);";

export const CLUSTERS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'fr-state-9-as-it-was-started',
    wrong: 'A cluster has the name that its nodes are started with, whatever became of its data.',
    breaks: { 'FR-STATE-9': 'other-cluster' },
    file: NODE,
    search: NEXT,
    replace: 'const cluster = this.#cluster(); void clusterAfter;',
  },
  {
    kind: 'patch',
    id: 'fr-state-9-one-name-for-all-that-follow',
    wrong: 'Every cluster but the first has the same name.',
    breaks: { 'FR-STATE-9': 'other-cluster' },
    file: NODE,
    search: NEXT,
    replace: 'const cluster = clusterAfter(this.#options.cluster);',
  },
  {
    kind: 'patch',
    id: 'fr-state-9-each-node-its-own',
    wrong: 'A node says its own part of the cluster instead of the whole.',
    breaks: { 'FR-STATE-9': 'one-cluster' },
    file: OM_SERVICE,
    search: TOLD,
    replace: "trailers.set('om-cluster', [followerReads.cluster, nodeId].join());",
  },
  {
    kind: 'patch',
    id: 'fr-state-9-only-with-success',
    wrong: 'Who is refused with a gRPC status is not told the cluster.',
    breaks: { 'FR-STATE-9': 'cluster-told' },
    file: OM_SERVICE,
    search: "if (reply.nothingProposed === true) trailers.set('om-outcome', 'none');",
    replace: "trailers.remove('om-cluster'); if (reply.nothingProposed === true) trailers.set('om-outcome', 'none');",
  },
  {
    kind: 'patch',
    id: 'fr-state-9-another-with-each-leader',
    wrong: 'A cluster takes another name with each election.',
    breaks: { 'FR-STATE-9': 'same-cluster' },
    processes: true,
    file: 'reference/node/runtime.ts',
    search: '? { cluster: options.cluster, stateVector: () => this.#stateVector() }',
    replace: `? Object.defineProperty({ cluster: '', stateVector: () => this.#stateVector() }, 'cluster', {
          get: () => \`\${options.cluster}-\${this.replica.raft.position().term}\`,
        })`,
  },
];
