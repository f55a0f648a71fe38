/**
 * What consensus throws, as classes, so that the host can tell what each one costs: nothing, a group, or the process.
 */
import { ReferenceFailure } from '../errors.js';

/** Thrown when a message or an option cannot be right; nothing was changed. A message that causes it is dropped. */
export class ConsensusInputError extends ReferenceFailure {
  constructor(found: string) {
    super('CONSENSUS_INPUT', found);
  }
}

/** Thrown when the host breaks the order of the contract, or uses a closed group; nothing was changed. */
export class ConsensusOrderError extends ReferenceFailure {
  constructor(found: string) {
    super('CONSENSUS_ORDER', found);
  }
}

/** Thrown when raft's own checks fail in one group, now or earlier. That group answers nothing else any more; others go on. */
export class ConsensusPanicError extends ReferenceFailure {
  constructor(
    found: string,
    /** Where in raft it happened, with function names and lines; empty when it happened in an earlier call. */
    readonly coreStack: string,
  ) {
    super('CONSENSUS_PANIC', found);
  }
}

/**
 * Thrown when the core itself failed, now or earlier: its memory can no longer be trusted, in any group. The host ends
 * the process at once; the node starts again from its log.
 */
export class ConsensusFatalError extends ReferenceFailure {
  constructor(
    found: string,
    /** The last bytes that the core wrote to its standard error. */
    readonly coreOutput: string,
    cause?: unknown,
  ) {
    super('CONSENSUS_FATAL', found, { cause });
  }
}
