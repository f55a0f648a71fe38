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
    remedy:
      'Keep the directory for examination and let this node join again with an empty one, as a new member: with votes and entries forgotten it must not vote as the old one.',
  },
  LOG_MISSING: {
    exit: 5,
    meaning: 'The data directory holds state but not its log database.',
    remedy: 'Put log.db back where it was, or let this node join again with an empty directory, as a new member.',
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
    remedy: 'Put the snapshot file back, or let this node join again with an empty directory, as a new member.',
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
    meaning: 'The WebAssembly module of the consensus core is missing, damaged, or not the one this version speaks with.',
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
    remedy:
      'Keep the directory for examination. If its disk lost acknowledged writes, let this node join again with an empty directory, as a new member.',
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
