import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../consensus/raft-group.js';
import type { AppliedPosition, StateTransaction } from '../storage/state-store.js';
import { type Applying, ApplyPath } from './apply-path.js';
import { newCounters } from './counters.js';

const membership = { voters: [1], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false };
const START: AppliedPosition = { index: 4, term: 1, managedIndex: 0n, digest: new Uint8Array(32), membership };

function entry(index: number, type: LogEntry['type'] = 0): LogEntry {
  return { index, term: 1, type, data: Buffer.from(`entry ${index}`) };
}

/** What was done to the state, to consensus and by whom, in order. */
class Trace {
  readonly lines: string[] = [];
  readonly state = {
    position: START,
    transact: (work: (transaction: StateTransaction) => AppliedPosition) => {
      this.lines.push('begin');
      this.state.position = work(this.#transaction('state'));
      this.lines.push(`commit at ${this.state.position.index}`);
    },
    install: () => Promise.resolve(),
  };
  readonly raft = {
    applied: (index: number) => void this.lines.push(`applied ${index}`),
    applyMembership: ({ index }: LogEntry) => ({ ...membership, voters: [index] }),
  };
  readonly applying: Applying = {
    applyEntry: (transaction, position, { index, data }) => {
      transaction.put('key', data, data);
      return { ...position, index };
    },
    watched: () => {
      this.lines.push('watch');
      return this.#transaction('watched');
    },
  };

  #transaction(name: string): StateTransaction {
    return {
      get: () => undefined,
      scan: () => [],
      put: (_table, key) => void this.lines.push(`${name}: ${Buffer.from(key).toString()}`),
      delete: () => undefined,
    };
  }
}

function pathOf(trace: Trace) {
  const counters = newCounters();
  return { counters, path: new ApplyPath(trace.raft, trace.state, START, trace.applying, counters) };
}

describe('applying', () => {
  it('takes what waits in one transaction, which is watched once for all its entries', () => {
    const trace = new Trace();
    const { path, counters } = pathOf(trace);
    path.add([entry(4), entry(5)]);
    path.add([entry(6)]);
    expect(path.run().map(({ index }) => index)).toEqual([5, 6]);
    expect(trace.lines).toEqual(['begin', 'watch', 'watched: entry 5', 'watched: entry 6', 'commit at 6', 'applied 6']);
    expect([counters.applied_entries, counters.apply_transactions]).toEqual([2, 1]);
    path.add([entry(7)]);
    path.run();
    expect(trace.lines.slice(6)).toEqual(['begin', 'watch', 'watched: entry 7', 'commit at 7', 'applied 7']);
  });

  it('begins no transaction where nothing waits, or while it is paused', () => {
    const trace = new Trace();
    const { path } = pathOf(trace);
    expect(path.run()).toEqual([]);
    path.add([entry(4)]);
    expect(path.run()).toEqual([]);
    path.pause();
    path.add([entry(5)]);
    expect(path.run()).toEqual([]);
    expect(trace.lines).toEqual([]);
    path.resume();
    expect(path.run()).toHaveLength(1);
  });

  it('takes the membership of an entry that changes it from consensus', () => {
    const trace = new Trace();
    const { path } = pathOf(trace);
    path.add([entry(5, 2)]);
    path.run();
    expect(path.position.membership.voters).toEqual([5]);
  });
});
