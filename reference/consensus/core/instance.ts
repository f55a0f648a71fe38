/**
 * One instance of the core: its memory, its two buffers, and the rule that whatever fails outside a group's own call ends
 * the whole instance. It knows which calls there are, and not what they mean.
 */
import './webassembly.js';
import { ReferenceFailure } from '../../errors.js';
import {
  ConsensusFatalError,
  ConsensusInputError,
  ConsensusOrderError,
  ConsensusPanicError,
} from '../consensus-errors.js';
import { Wasi } from './wasi.js';

/** Has to equal abiVersion in reference/consensus/wasm/main.go. */
const ABI_VERSION = 1;

/** Answers of a call that failed; the same numbers stand in reference/consensus/wasm/main.go. */
const REFUSED = -1;
const NO_GROUP = -2;
const INPUT = -3;
const RAFT = -4;
const PANIC = -5;
const POISONED = -6;
const ORDER = -7;

type Call = (a?: number, b?: number, c?: number, d?: number) => number;

/** The calls of the ABI, described in reference/consensus/wasm/exports.go. */
export type CallName =
  | 'raft_abi'
  | 'raft_in'
  | 'raft_out'
  | 'raft_out_len'
  | 'raft_position_at'
  | 'raft_memory'
  | 'raft_create'
  | 'raft_destroy'
  | 'raft_tick'
  | 'raft_step'
  | 'raft_propose'
  | 'raft_propose_change'
  | 'raft_change'
  | 'raft_read_index'
  | 'raft_transfer'
  | 'raft_campaign'
  | 'raft_unreachable'
  | 'raft_report_snapshot'
  | 'raft_has_ready'
  | 'raft_ready'
  | 'raft_persisted'
  | 'raft_applied'
  | 'raft_snapshot_taken'
  | 'raft_compact'
  | 'raft_log_bytes'
  | 'raft_position'
  | 'raft_status';

type Exports = Readonly<Record<CallName, Call>> & {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
};

export class CoreInstance {
  readonly #wasi: Wasi;
  readonly #calls: Exports;
  readonly #maxMemoryBytes: number;
  readonly #positionAt: number;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #fatal: ConsensusFatalError | undefined;

  constructor(module: WebAssembly.Module, seed: number, maxMemoryBytes: number) {
    this.#wasi = new Wasi(seed);
    this.#maxMemoryBytes = maxMemoryBytes;
    this.#calls = new WebAssembly.Instance<Exports>(module, this.#wasi.imports(module)).exports;
    this.#wasi.attach(this.#calls.memory);
    try {
      this.#calls._initialize();
    } catch (cause) {
      throw this.#poison('_initialize', cause);
    }
    this.#renew();
    const abi = this.invoke('raft_abi');
    if (abi !== ABI_VERSION) {
      throw new ReferenceFailure(
        'CONSENSUS_CORE_MISSING',
        `the core speaks ABI ${abi}, and this version ABI ${ABI_VERSION}`,
      );
    }
    this.#positionAt = this.invoke('raft_position_at') >>> 0;
  }

  /** Bytes of linear memory, which never shrinks. */
  get memoryBytes(): number {
    return this.#bytes.length;
  }

  /** All of linear memory; good until the next call. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** All of linear memory; good until the next call. */
  get view(): DataView {
    return this.#view;
  }

  /**
   * Makes a call and answers what it answered, codes of failure included.
   *
   * @throws ConsensusFatalError when the instance failed, now or earlier.
   */
  invoke(name: CallName, a = 0, b = 0, c = 0, d = 0): number {
    if (this.#fatal !== undefined) {
      throw this.#fatal;
    }
    let answer: number;
    try {
      answer = this.#calls[name](a, b, c, d);
    } catch (cause) {
      throw this.#poison(name, cause);
    }
    if (this.#calls.memory.buffer !== this.#bytes.buffer) {
      this.#renew();
    }
    return answer;
  }

  /**
   * Makes a call that is not expected to fail and answers its value, zero or more.
   *
   * @throws ConsensusInputError, ConsensusOrderError, ConsensusPanicError by the code that the core answered.
   */
  require(name: CallName, a = 0, b = 0, c = 0, d = 0): number {
    const answer = this.invoke(name, a, b, c, d);
    if (answer < 0) {
      throw this.#failure(answer, name);
    }
    return answer;
  }

  /** Makes a call that raft may refuse; false when it did. */
  accepts(name: CallName, a: number, b: number): boolean {
    const answer = this.invoke(name, a, b);
    if (answer < 0 && answer !== REFUSED) {
      throw this.#failure(answer, name);
    }
    return answer >= 0;
  }

  /** Where an argument of that many bytes goes; write it before the next call. */
  input(length: number): number {
    return this.invoke('raft_in', length) >>> 0;
  }

  /** Puts bytes where the next call reads them and answers their length. */
  put(bytes: Uint8Array): number {
    const at = this.input(bytes.length);
    this.#bytes.set(bytes, at);
    return bytes.length;
  }

  /** Where the result of the last call stands. */
  output(): number {
    return this.invoke('raft_out') >>> 0;
  }

  /** One of the five numbers that a call left in the position. */
  position(slot: 0 | 1 | 2 | 3 | 4): number {
    return this.#view.getFloat64(this.#positionAt + 8 * slot, true);
  }

  #failure(code: number, name: CallName): Error {
    const at = this.output();
    const text = new TextDecoder().decode(this.#bytes.subarray(at, at + this.invoke('raft_out_len')));
    switch (code) {
      case INPUT:
      case RAFT:
        return new ConsensusInputError(text);
      case NO_GROUP:
      case ORDER:
      case REFUSED:
        return new ConsensusOrderError(text);
      case PANIC: {
        const end = text.indexOf('\n');
        return new ConsensusPanicError(`raft panicked: ${text.slice(0, end)}`, text.slice(end + 1));
      }
      case POISONED:
        return new ConsensusPanicError(`raft panicked earlier: ${text}`, '');
      default:
        return this.#poison(name, new Error(`it answered the unknown code ${code}`));
    }
  }

  /** `memory.buffer` is another object after the memory has grown. */
  #renew(): void {
    this.#bytes = new Uint8Array(this.#calls.memory.buffer);
    this.#view = new DataView(this.#calls.memory.buffer);
    if (this.#bytes.length > this.#maxMemoryBytes) {
      throw this.#poison(
        'memory',
        new Error(
          `it took ${this.#bytes.length} bytes, and ${this.#maxMemoryBytes} are allowed: is the log compacted?`,
        ),
      );
    }
  }

  /** After a trap the instance would still answer calls, wrongly. */
  #poison(name: string, cause: unknown): ConsensusFatalError {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.#fatal ??= new ConsensusFatalError(`the consensus core failed in ${name}: ${why}`, this.#wasi.output(), cause);
    return this.#fatal;
  }
}
