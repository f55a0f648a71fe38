/** The directions of docs/architecture.md, as rules. `npm run check` runs them over the sources. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(kit|steps|reference|bench|proto|features)/', pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Modules that need each other are one module.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    only(
      'kit-knows-itself',
      '^kit/',
      '^(kit|proto/gen)/',
      'The kit never imports the reference: two readers of one text.',
    ),
    only(
      'steps-know-the-kit',
      '^steps/',
      '^(steps|kit|proto/gen)/',
      'Steps translate; they never reach into the reference.',
    ),
    only(
      'reference-knows-itself',
      '^reference/',
      '^(reference|proto/gen)/',
      'The reference never imports kit or steps.',
    ),
    only(
      'bench-drives-from-outside',
      '^bench/',
      '^(bench|kit|proto/gen)/',
      'Benches and torture see clusters as a client does.',
    ),
    only(
      'consensus-stands-alone',
      '^reference/consensus/core/',
      '^reference/(consensus|errors)',
      'Only the core knows the ABI, and it knows nothing else.',
    ),
    {
      name: 'abi-stays-in-the-core',
      comment: 'Consensus is reached through its interface; only the composition root makes one.',
      severity: 'error',
      from: {
        path: '^reference/',
        pathNot: [
          '^reference/consensus/core/',
          '^reference/node/compose',
          '^reference/simulation/',
          '^reference/node/test/',
        ],
      },
      to: { path: '^reference/consensus/core/' },
    },
    only(
      'storage-below-everything',
      '^reference/storage/',
      '^reference/(storage|errors|consensus/raft-group|consensus/membership|wire)|^proto/gen',
      'Storage knows what it stores, not why.',
    ),
    only(
      'namespace-is-pure',
      '^reference/namespace/',
      '^reference/(namespace|storage/state-store|wire)|^proto/gen',
      'Commands see a state view and nothing else.',
    ),
    only(
      'execution-over-namespace',
      '^reference/execution/',
      '^reference/(execution|namespace|storage/state-store|consensus/raft-group|wire|errors)|^proto/gen',
      'Planning and applying know commands and state, not nodes.',
    ),
    only(
      'reads-are-decisions',
      '^reference/reads/',
      '^reference/(reads|namespace/command|storage/state-store|wire)|^proto/gen',
      'Reads and multiraft do not know each other.',
    ),
    {
      name: 'service-above-node',
      comment:
        'cli, simulation, mutants → node → service, multiraft, reads, execution: nothing below knows the node’s composition.',
      severity: 'error',
      from: { path: '^reference/(service|execution|reads|namespace|storage|consensus)/', pathNot: '/test/' },
      to: { path: '^reference/(cli|simulation|mutants)/|^reference/node/compose' },
    },
    {
      name: 'native-module-behind-storage',
      comment: 'Vendors who attach need no native module.',
      severity: 'error',
      from: { pathNot: '^reference/storage/' },
      to: { path: 'better-sqlite3', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testcontainers-behind-its-engine',
      comment: 'An optional peer: loaded when a target of kind containers is used, and by nobody else.',
      severity: 'error',
      from: { pathNot: '^kit/targets/containers/docker-engine\\.ts$' },
      to: { path: 'testcontainers' },
    },
    {
      name: 'tests-are-leaves',
      comment: 'No product code depends on a test.',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|/test/)' },
      to: { path: '(\\.test\\.ts$|/test/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|docs)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
