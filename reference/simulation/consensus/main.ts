/**
 * Runs the simulation over many seeds and prints what it found.
 * Use: node dist/reference/simulation/consensus/main.js [--seeds N] [--from SEED] [--steps N] [--groups N] [--bug NAME]
 */
import { parseArgs } from 'node:util';
import { RaftCore } from '../../consensus/core/raft-core.js';
import { Run } from './run.js';
import { HOST_BUGS, type HostBug } from './surroundings.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '2000' },
    groups: { type: 'string', default: '1' },
    bug: { type: 'string' },
  },
});

const bug = HOST_BUGS.find((name) => name === values.bug);
if (values.bug !== undefined && bug === undefined) {
  console.error(`--bug is one of ${HOST_BUGS.join(', ')}, not ${values.bug}`);
  process.exit(3);
}
process.exitCode = simulate(Number(values.from), Number(values.seeds), bug);

function simulate(from: number, seeds: number, bug: HostBug | undefined): number {
  const began = performance.now();
  const totals: Record<string, number> = {};
  const core = new RaftCore();
  let bad = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const run = new Run({
      seed,
      steps: Number(values.steps),
      groups: Number(values.groups),
      core: () => core,
      ...(bug === undefined ? {} : { bug }),
    });
    const { violations, counts } = run.execute();
    for (const [name, count] of Object.entries(counts)) {
      totals[name] = (totals[name] ?? 0) + count;
    }
    if (violations.length > 0) {
      bad++;
      console.log(`seed ${seed}: ${violations.map(({ kind, text }) => `${kind}: ${text}`).join('\n  ')}`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`${seeds} seeds, ${bad} with violations, ${seconds.toFixed(1)} s: ${JSON.stringify(totals)}`);
  return bad === 0 ? 0 : 1;
}
