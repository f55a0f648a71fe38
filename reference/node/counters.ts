/** What a node counts; `GetCounters` answers these names (harness-contracts.md §2). Gauges are added where they are known. */
export interface Counters {
  /** Entries appended to this node's logs since it started. */
  log_entries: number;
  /** Writes handed to the log store: each is one sync at most. */
  log_writes: number;
  applied_entries: number;
  /** Transactions in which they were applied. */
  apply_transactions: number;
  planner_runs: number;
  /** ReadIndex rounds that this node asked for, repeats included. */
  read_index_rounds: number;
  /** Msyncs that this node answered as leader. */
  msyncs: number;
  /** Reads that had to wait until this node had applied more. */
  requeued_reads: number;
  /** Times that a waiting read was held against what had just been applied: they come with applies alone (FR-QUEUE-3). */
  wait_rechecks: number;
  /**
   * Reads that were refused because too many were waiting or the node was too far behind, that ran into their deadline, whose
   * client went away.
   */
  rejected_reads: number;
  expired_reads: number;
  dropped_reads: number;
  expired_writes: number;
  /** Calls that this node, as leader, put in memory; those that were told what another attempt of the same call was told. */
  remembered_calls: number;
  repeated_calls: number;
  /** Leadership transfers that this node was asked for and saw succeed. */
  transfers: number;
  snapshots_taken: number;
  snapshots_sent: number;
  snapshots_installed: number;
  /** Times this node became leader of a group. */
  elections_won: number;
}

export function newCounters(): Counters {
  return {
    log_entries: 0,
    log_writes: 0,
    applied_entries: 0,
    apply_transactions: 0,
    planner_runs: 0,
    read_index_rounds: 0,
    msyncs: 0,
    requeued_reads: 0,
    wait_rechecks: 0,
    rejected_reads: 0,
    expired_reads: 0,
    dropped_reads: 0,
    expired_writes: 0,
    remembered_calls: 0,
    repeated_calls: 0,
    transfers: 0,
    snapshots_taken: 0,
    snapshots_sent: 0,
    snapshots_installed: 0,
    elections_won: 0,
  };
}
