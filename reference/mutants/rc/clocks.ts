/** Leases that are measured on a clock that can be set (RC-4). */
import type { Mutant } from '../mutant.js';

export const CLOCKS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'rc-4-lease-on-the-wall-clock',
    wrong:
      'A follower measures how long ago it heard from its leader on the wall clock, so that setting it back extends the lease.',
    breaks: { 'RC-4': 'refusal-class' },
    file: 'reference/node/read-path.ts',
    search: 'sinceLeaderHeardMs: view.sinceLeaderHeardMs(),',
    // The skew between the two clocks of this process, as it was at the first read, and as it is now.
    replace: `sinceLeaderHeardMs: ((now, since) => {
          const process = globalThis as { skewMs?: number };
          process.skewMs ??= now;
          return since === undefined ? undefined : since + now - process.skewMs;
        })(Number(view.clock.wallMs()) - view.clock.monotonicMs(), view.sinceLeaderHeardMs()),`,
  },
];
