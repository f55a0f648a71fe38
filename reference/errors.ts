/**
 * Registry of the reference's errors: stable code, exit code, what it means and what to do; the docs are generated from it.
 * Decides nothing about when they occur. Entries are grouped by the folder that raises them.
 */

/**
 * Exit codes of `om-reference`: 2 the surroundings (port, disk, another process, another node), 3 wrong usage or wrong
 * configuration, 4 a fault of this program, 5 damaged or missing data that needs a decision by a person.
 */
export type ExitCode = 2 | 3 | 4 | 5;

export interface ErrorEntry {
  readonly exit: ExitCode;
  readonly meaning: string;
  /** What to do, as a sentence; closes the message that is shown. */
  readonly remedy: string;
}

const NOT_TAKEN_IN =
  'The cluster goes on without this node; to take it in again, remove it, admit it as a learner (ChangeMembership) and start it with an empty directory.';

export const ERRORS = {
  // storage
  SQLITE_MISSING: {
    exit: 2,
    meaning:
      'The native module better-sqlite3, an optional dependency, is not installed or was built for another Node.',
    remedy: 'Install with `npm ci` (without --omit=optional), or run `npm rebuild better-sqlite3`.',
  },
  DATA_DIR_UNUSABLE: {
    exit: 2,
    meaning: 'The data directory cannot be created, read or written.',
    remedy: 'Check the path, its owner and its permissions.',
  },
  DATA_DIR_IN_USE: {
    exit: 2,
    meaning: 'Another process has the data directory open.',
    remedy: 'Stop that process, or give this node a directory of its own.',
  },
  DATA_DIR_FOREIGN: {
    exit: 3,
    meaning: 'The data directory, or a file in it, belongs to another cluster or another node.',
    remedy: 'Start this node with its own directory; to begin anew, name an empty one.',
  },
  DATA_DIR_NEWER_FORMAT: {
    exit: 3,
    meaning: 'The data directory was written by a newer version, whose format this version does not know.',
    remedy: 'Start it with the version that wrote it, or with a later one.',
  },
  DISK_FULL: {
    exit: 2,
    meaning: 'No room is left on the file system of the data directory. Nothing that was acknowledged is lost.',
    remedy: 'Make room on that file system and start the node again.',
  },
  DISK_FAILED: {
    exit: 2,
    meaning: 'The operating system failed to read, write or sync a file of the data directory.',
    remedy: 'Check the disk and the kernel log before the node is started again.',
  },
  LOG_DAMAGED: {
    exit: 5,
    meaning: 'The log database is truncated, has flipped bytes, or lacks writes that were acknowledged.',
    remedy: `Keep the directory for examination, and do not start the node with an empty one: with votes and entries forgotten it must not vote as the old one. ${NOT_TAKEN_IN}`,
  },
  LOG_MISSING: {
    exit: 5,
    meaning: 'The data directory holds state but not its log database.',
    remedy: `Put log.db back where it was. ${NOT_TAKEN_IN}`,
  },
  LOG_BEHIND_STATE: {
    exit: 5,
    meaning: 'The state of a group has applied entries that its log does not hold.',
    remedy:
      'The files are not from one node at one time: put back those that belong together, or join again with an empty directory.',
  },
  LOG_QUEUE_FULL: {
    exit: 4,
    meaning: 'More bytes wait to be written to the log than its queue may hold.',
    remedy: 'Propose less at once, or raise the bound; the write was not accepted.',
  },
  LOG_ORDER: {
    exit: 4,
    meaning: 'A write to the log would leave a gap or cut entries that are not there.',
    remedy: 'This is a fault of the program: please report it with the message.',
  },
  STORE_CLOSED: {
    exit: 4,
    meaning: 'A store was used after it was closed, or while it was being replaced.',
    remedy: 'This is a fault of the program: please report it with the message.',
  },
  STATE_DAMAGED: {
    exit: 5,
    meaning: 'The state database of a group is truncated or has flipped bytes.',
    remedy:
      'Move that file (with its -wal and -shm) out of the directory and start again: the state is rebuilt from its snapshot and the log.',
  },
  STATE_BEHIND_LOG: {
    exit: 5,
    meaning: 'The log of a group begins after what its state has applied, and no snapshot file closes the gap.',
    remedy: `Put the snapshot file back. ${NOT_TAKEN_IN}`,
  },
  SNAPSHOT_DAMAGED: {
    exit: 5,
    meaning:
      'A snapshot file that was received or found is truncated, has flipped bytes, or is not the one that was announced.',
    remedy: 'Nothing was changed by it; the sender makes and sends another one.',
  },
  UNKNOWN_TABLE: {
    exit: 4,
    meaning: 'An entry or a read names a table that this version does not have.',
    remedy: 'Run the version that wrote the entry, or a later one.',
  },
  // consensus/core
  CONSENSUS_CORE_MISSING: {
    exit: 2,
    meaning:
      'The WebAssembly module of the consensus core is missing, damaged, or not the one this version speaks with.',
    remedy: 'Install the package again; in a checkout of the sources `npm run build:raft` makes the module.',
  },
  CONSENSUS_FATAL: {
    exit: 4,
    meaning: 'The consensus core failed outside any group, or outgrew its memory. None of its groups can be trusted.',
    remedy: 'Start the node again: it continues from its log. Please report this with the message.',
  },
  CONSENSUS_PANIC: {
    exit: 5,
    meaning:
      'Consensus found that a group contradicts itself, most often because stored entries or votes were lost. The group does not go on.',
    remedy: `Keep the directory for examination. ${NOT_TAKEN_IN}`,
  },
  CONSENSUS_INPUT: {
    exit: 4,
    meaning: 'Consensus was given a message or a value that cannot be right. Nothing was changed by it.',
    remedy: 'Run the same version on all nodes; if it is the same, please report this with the message.',
  },
  CONSENSUS_ORDER: {
    exit: 4,
    meaning: 'Consensus was called in an order that its contract does not allow. Nothing was changed by it.',
    remedy: 'This is a fault of the program: please report it with the message.',
  },
  // consensus/transport
  PORT_IN_USE: {
    exit: 2,
    meaning: 'The address that the node should listen on is taken.',
    remedy: 'Stop the process that listens there, or choose another port.',
  },
  ADDRESS_UNUSABLE: {
    exit: 3,
    meaning: 'The address that the node should listen on cannot be bound.',
    remedy: 'Give host:port with an address of this machine.',
  },
  PEER_REFUSED: {
    exit: 3,
    meaning:
      'The other end of a node-to-node connection is of another cluster, is another node, or speaks another format.',
    remedy: 'Compare cluster, node ids and addresses in the configuration of both nodes.',
  },
  PEER_PROTOCOL: {
    exit: 4,
    meaning: 'The other end of a node-to-node connection sent something that the protocol does not allow.',
    remedy: 'The connection was ended and is made again; run the same version on all nodes.',
  },
  PEER_UNREACHABLE: {
    exit: 2,
    meaning: 'Another node could not be reached, or the transfer to it broke off.',
    remedy: 'Consensus goes on without it and tries again; check that node and the network if this lasts.',
  },
  SNAPSHOT_TRANSFER_FAILED: {
    exit: 2,
    meaning: 'A state snapshot did not reach another node as it was sent, or was refused there.',
    remedy: 'Consensus sends one again; see the log of the node that refused it.',
  },
  // node and cli
  USAGE: {
    exit: 3,
    meaning: 'A command, option or argument is unknown, missing or malformed.',
    remedy: 'See `om-reference --help`, or `om-reference COMMAND --help`.',
  },
  CONFIGURATION_INVALID: {
    exit: 3,
    meaning: 'A configuration key is unknown, or its value is not one that it takes.',
    remedy: 'Correct the key that is named; docs/spec/wire-binding.md §6 lists keys and defaults.',
  },
  CONFIGURATION_FILE_DAMAGED: {
    exit: 5,
    meaning:
      'The file in which a node keeps its configuration, or the cluster that it has become, is not what the node wrote.',
    remedy:
      'Restore the file, or remove it: the node then starts with the configuration, or the cluster, that the command line says.',
  },
  MEMBER_CHANGED: {
    exit: 3,
    meaning: 'The nodes that were named give this node another member id than the one in its data directory.',
    remedy: 'Name the same nodes as when the directory was made; only their addresses may change.',
  },
  REPLICA_LOST: {
    exit: 5,
    meaning:
      'The data directory is not the one in which this node was a member: that one was lost, and with it votes and acknowledgements.',
    remedy:
      'Put the old directory back, or have the cluster remove this node and admit it anew as a learner (ChangeMembership), then start it with an empty directory.',
  },
  CLUSTER_RUNNING: {
    exit: 2,
    meaning: 'Nodes of the cluster in this directory are running already.',
    remedy: 'Use `om-reference status DIR`, or stop it first with `om-reference stop --data DIR`.',
  },
  CLUSTER_UNKNOWN: {
    exit: 3,
    meaning: 'The directory does not hold a cluster that `om-reference start` made.',
    remedy: 'Name the directory that was given to `om-reference start --data`.',
  },
  CLUSTER_FILE_DAMAGED: {
    exit: 5,
    meaning: 'cluster.json, which records the processes of a cluster, cannot be understood.',
    remedy: 'End the node processes by hand, remove the file, and start the cluster again: the data stay.',
  },
  NODE_START_FAILED: {
    exit: 2,
    meaning: 'A node process ended, or did not come to serve, while the cluster was started.',
    remedy: 'See the message and the log file of that node.',
  },
  NO_LEADER: {
    exit: 2,
    meaning: 'No node accepted a write in time after the cluster was started.',
    remedy: 'See the log files of the nodes; on a busy machine give more time with --timeout.',
  },
  FAULT: {
    exit: 4,
    meaning: 'Something happened that this program did not expect.',
    remedy: 'Run it again with --debug and report the stack trace.',
  },
  // execution
  LOCK_QUEUE_FULL: {
    exit: 4,
    meaning: 'Too many writes wait for locks that others hold; this one was refused and changed nothing.',
    remedy: 'Send it again later; if it lasts, find out why the writes before it are not applied.',
  },
  IDS_EXHAUSTED: {
    exit: 4,
    meaning: 'No object id is left: a group has given its 2^40 ids, or there are more groups than ids can tell apart.',
    remedy: 'This is a fault of the program or of its configuration: please report it with the message.',
  },
  ENTRY_OUT_OF_ORDER: {
    exit: 4,
    meaning: 'A committed entry was to be applied that does not follow the applied ones.',
    remedy: 'This is a fault of the program: please report it with the message.',
  },
  ENTRY_UNDECODABLE: {
    exit: 4,
    meaning:
      'A committed entry is not one that a planner of this or an earlier version writes. The group stops before it.',
    remedy: 'Find out which program wrote the entry; nothing is lost, the group goes on with a version that reads it.',
  },
  ENTRY_NEWER_ENVELOPE: {
    exit: 4,
    meaning:
      'A committed entry was written by a newer version in a form that this one does not know. The group stops before it.',
    remedy: 'Start the node with the version that wrote the entry, or with a later one; nothing is lost.',
  },
  ENTRY_UNKNOWN_OPERATION: {
    exit: 4,
    meaning:
      'A committed entry has an operation or a merge operator that this version does not know. The group stops before it.',
    remedy: 'Start the node with the version that wrote the entry, or with a later one; nothing is lost.',
  },
  MERGE_FAILED: {
    exit: 4,
    meaning:
      'A committed entry merges into a row, or an operand, that is no 64-bit counter, or leaves its range. The group stops before it.',
    remedy: 'This is a fault of the program: please report it with the message.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** An error in a form that crosses threads. */
export interface PlainFailure {
  readonly code: ErrorCode;
  readonly found: string;
  readonly remedy: string;
}

/** The one error class of the reference: what was found and where, then what to do. Anything else thrown is a fault of the program. */
export class ReferenceFailure extends Error {
  override readonly name = 'ReferenceFailure';
  /** What to do: the registry's sentence unless a more exact one was given. */
  readonly remedy: string;

  constructor(
    /** Code in the registry above. */
    readonly code: ErrorCode,
    /** What was found and where (file, group, index, address), as a sentence without its full stop. */
    readonly found: string,
    options?: { readonly remedy?: string; readonly cause?: unknown },
  ) {
    const remedy = options?.remedy ?? ERRORS[code].remedy;
    super(`${code}: ${found}. ${remedy}`, options?.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = remedy;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  toPlain(): PlainFailure {
    return { code: this.code, found: this.found, remedy: this.remedy };
  }

  static fromPlain(plain: PlainFailure): ReferenceFailure {
    return new ReferenceFailure(plain.code, plain.found, { remedy: plain.remedy });
  }
}
