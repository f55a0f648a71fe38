/**
 * The consensus core: one WebAssembly instance of etcd's raft that carries any number of groups. It decides nothing; it is
 * the door to what reference/consensus/wasm decides, and the only one.
 */
import type { RaftGroup, RaftGroupOptions } from '../raft-group.js';
import { encodeOptions } from './encode.js';
import { CoreInstance } from './instance.js';
import { raftModule } from './module.js';
import { WasmGroup } from './wasm-group.js';

export interface RaftCoreOptions {
  /** Seeds the Go runtime's own randomness, which reaches no output; default 1. */
  readonly seed?: number;
  /** Bound on the core's linear memory; beyond it the core fails, so that a restart frees it. Default 1 GiB. */
  readonly maxMemoryBytes?: number;
}

/** Figures for the metrics. */
export interface CoreMemory {
  /** Linear memory, which never shrinks. */
  readonly linearBytes: number;
  readonly heapBytes: number;
  readonly collections: number;
}

const DEFAULT_MAX_MEMORY_BYTES = 2 ** 30;

export class RaftCore {
  readonly #instance: CoreInstance;

  /**
   * Compiles the module at its first use in the process (35 ms) and makes an instance of it (12 ms).
   *
   * @throws ReferenceFailure `CONSENSUS_CORE_MISSING`
   */
  constructor(options: RaftCoreOptions = {}) {
    this.#instance = new CoreInstance(
      raftModule(),
      options.seed ?? 1,
      options.maxMemoryBytes ?? DEFAULT_MAX_MEMORY_BYTES,
    );
  }

  /**
   * Brings a replica back from what its stores hold, or founds one.
   *
   * @throws ConsensusInputError when the stored parts contradict each other, for instance when entries are missing.
   */
  createGroup(options: RaftGroupOptions): RaftGroup {
    const instance = this.#instance;
    return new WasmGroup(instance, instance.require('raft_create', instance.put(encodeOptions(options))));
  }

  memory(): CoreMemory {
    this.#instance.invoke('raft_memory');
    return {
      linearBytes: this.#instance.memoryBytes,
      heapBytes: this.#instance.position(0),
      collections: this.#instance.position(2),
    };
  }
}
