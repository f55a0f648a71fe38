/** Leases that are measured on a clock that can be set (RC-4). */
import type { Mutant } from '../mutant.js';

export const CLOCKS: readonly Mutant[] = [
  {
    kind: 'patch',
    id: 'rc-4-lease-on-the-wall-clock',
    wrong:
      'A follower keeps to its leader for the time of a lease, measured on the wall clock: setting that back extends it.',
    breaks: { 'RC-4': 'refusal-class' },
    file: 'reference/node/replica.ts',
    search: `    return this.#options.members.byId(this.raft.position().leader);
  }

  /**
   * As far as its leader told this node. Consensus itself tells a member only of what that has acknowledged: one whose words are
   * lost would take itself for up to date for ever (RC-4).
   */
  commitIndex(): number {
    const { commit } = this.raft.position();
    return Math.max(commit, this.#heardOfLeader()?.commit ?? 0);
  }

  sinceLeaderHeardMs(): number | undefined {
    const heard = this.#heardOfLeader();
    return heard === undefined ? undefined : this.clock.monotonicMs() - heard.atMs;
  }`,
    // What was heard is noted on the monotonic clock; how far apart the two clocks were at first says when that was on the other.
    replace: `const known = this.#options.members.byId(this.raft.position().leader);
    const sinceMs = this.#sinceHeardMs();
    const last = sinceMs === undefined || sinceMs > 5000 ? undefined : this.#heard?.node;
    return known ?? (last === undefined ? undefined : this.#options.members.byNode(last));
  }

  #apartMs;

  #sinceHeardMs() {
    const apartMs = Number(this.clock.wallMs()) - this.clock.monotonicMs();
    this.#apartMs ??= apartMs;
    const heard = this.#heard;
    return heard === undefined ? undefined : this.clock.monotonicMs() + apartMs - (heard.atMs + this.#apartMs);
  }

  commitIndex(): number {
    const { commit } = this.raft.position();
    return Math.max(commit, this.#heardOfLeader()?.commit ?? 0);
  }

  sinceLeaderHeardMs(): number | undefined {
    return this.leader() === undefined ? undefined : this.#sinceHeardMs();
  }`,
  },
];
