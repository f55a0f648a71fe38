/**
 * What must hold in every run, whatever fails: the safety properties of Raft, and what a host builds on. A judge of what
 * it is told; it never looks into consensus.
 */
import type { LogEntry, ReadState } from '../../consensus/raft-group.js';
import type { StoredLog } from './disk.js';
import { fingerprint, type State } from './state.js';

export type ViolationKind =
  | 'two-leaders'
  | 'voted-twice'
  | 'log-mismatch'
  | 'committed-changed'
  | 'leader-incomplete'
  | 'state-diverged'
  | 'gap'
  | 'not-stored'
  | 'went-back'
  | 'stale-read'
  | 'panic'
  | 'refused'
  | 'no-convergence';

export interface Violation {
  readonly kind: ViolationKind;
  readonly text: string;
}

/** The checks of one group. */
export class Checks {
  readonly violations: Violation[] = [];
  /** The highest index that some replica was told to apply. */
  committed = 0;
  /** The highest index that a leader has applied and so acknowledged to its client. */
  acknowledged = 0;
  readonly #leaders = new Map<number, number>();
  readonly #votes = new Map<string, number>();
  readonly #entries = new Map<string, string>();
  readonly #committed = new Map<number, string>();
  /** The term of the first replica that was told; the entry was committed in it or earlier. */
  readonly #committedBy = new Map<number, number>();
  readonly #digests = new Map<number, string>();

  constructor(private readonly group: number) {}

  violate(kind: ViolationKind, text: string): void {
    if (this.violations.length < 20) {
      this.violations.push({ kind, text: `group ${this.group}: ${text}` });
    }
  }

  /** One leader per term, and a leader has every committed entry. */
  leads(id: number, term: number, log: StoredLog): void {
    const other = this.#leaders.get(term);
    if (other === id) {
      return;
    }
    this.#leaders.set(term, id);
    if (other !== undefined) {
      this.violate('two-leaders', `members ${other} and ${id} both lead term ${term}`);
    }
    // An old leader may show itself late: only what was committed in earlier terms counts.
    let last = this.committed;
    while (last > 0 && (this.#committedBy.get(last) ?? 0) >= term) {
      last--;
    }
    if (last > log.snapshot.index) {
      const held = log.entries.find(({ index }) => index === last);
      const expected = this.#committed.get(last);
      if (held === undefined || expected !== `${held.term}/${fingerprint(held)}`) {
        this.violate('leader-incomplete', `member ${id} leads term ${term} without the committed entry ${last}`);
      }
    }
  }

  /** A vote that is durable, and so may have been counted, is the only one in its term. */
  voted(id: number, term: number, vote: number): void {
    if (vote === 0) {
      return;
    }
    const key = `${id}/${term}`;
    const before = this.#votes.get(key);
    this.#votes.set(key, vote);
    if (before !== undefined && before !== vote) {
      this.violate('voted-twice', `member ${id} voted for ${before} and for ${vote} in term ${term}`);
    }
  }

  /** Same index and term, same entry. */
  stored(id: number, entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const key = `${entry.index}/${entry.term}`;
      const print = fingerprint(entry);
      const known = this.#entries.get(key);
      if (known === undefined) {
        this.#entries.set(key, print);
      } else if (known !== print) {
        this.violate('log-mismatch', `member ${id} holds another entry ${entry.index} of term ${entry.term}`);
      }
    }
  }

  /** What was once committed is never another entry. */
  commits(id: number, entry: LogEntry, term: number): void {
    const print = `${entry.term}/${fingerprint(entry)}`;
    const known = this.#committed.get(entry.index);
    if (known === undefined) {
      this.#committed.set(entry.index, print);
      this.#committedBy.set(entry.index, term);
      this.committed = Math.max(this.committed, entry.index);
    } else if (known !== print) {
      this.violate('committed-changed', `entry ${entry.index} was ${known}, and for member ${id} it is ${print}`);
    }
  }

  /** Equal indexes, equal states, also by way of snapshots. */
  reaches(id: number, state: State): void {
    const known = this.#digests.get(state.applied);
    if (known === undefined) {
      this.#digests.set(state.applied, state.digest);
    } else if (known !== state.digest) {
      this.violate('state-diverged', `member ${id} has another state at ${state.applied}`);
    }
  }

  /** A read asked for after an acknowledged write sees it. */
  reads(id: number, state: ReadState, floor: number): void {
    if (state.index < floor) {
      this.violate('stale-read', `member ${id} may read at ${state.index}, and ${floor} was acknowledged before`);
    }
  }
}
