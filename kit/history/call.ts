/**
 * What a history is made of: calls of concurrent processes on the namespace, each with the time in which it was open and with what
 * its caller knows of it. It says nothing of how they were made (`mixed-workload.ts`) or whether they are right (`checker/`).
 */

/** A place in the namespace, by the names that were sent. */
export interface BucketPlace {
  readonly volume: string;
  readonly bucket: string;
}

export interface KeyPlace extends BucketPlace {
  readonly key: string;
}

/** A page: names that begin with `prefix` and lie behind `after`, at most `count`. */
export interface PageAsked {
  readonly prefix?: string | undefined;
  readonly after?: string | undefined;
  readonly count: number;
}

/** The same fields under each of several kinds. */
type Each<Kind extends string, Fields> = Kind extends string ? { readonly kind: Kind } & Fields : never;

/** What a client asked for. Kinds are those of `kit/scenario/operation.ts`; a session's number is the recorder's business. */
export type HistoryOperation =
  | Each<'create-volume' | 'set-owner', { readonly volume: string; readonly owner: string }>
  | Each<'read-volume' | 'delete-volume', { readonly volume: string }>
  | Each<'create-bucket' | 'read-bucket' | 'delete-bucket', BucketPlace>
  | Each<'list-buckets', { readonly volume: string } & PageAsked>
  /** `content` is the writer's own: no two sessions of a history have the same. */
  | Each<'open-key' | 'commit-key', { readonly content: string } & KeyPlace>
  | Each<'read-key' | 'look-up-key' | 'delete-key', KeyPlace>
  | Each<'rename-key', { readonly to: string } & KeyPlace>
  | Each<'delete-keys', { readonly keys: readonly string[] } & BucketPlace>
  | Each<'list-keys' | 'list-keys-light', PageAsked & BucketPlace>;

export type OperationKind = HistoryOperation['kind'];

/** One entry of a page; a light listing, and one of buckets, says no content. */
export interface Listed {
  readonly name: string;
  readonly content?: string | undefined;
}

/** What an answer showed or said beside its status. */
export interface Shown {
  /** Of a volume that was read. */
  readonly owner?: string | undefined;
  /** Of a key that was read; a key without content of ours has the empty one. */
  readonly content?: string | undefined;
  /** Of a listing, in its order. */
  readonly page?: readonly Listed[] | undefined;
  /** Keys that a batch delete says it left. */
  readonly left?: readonly string[] | undefined;
}

/** How a call ended, as far as its caller can know (docs/spec/wire-binding.md §1). */
export type HistoryOutcome =
  /** A business status, good or bad: definite. */
  | { readonly kind: 'answered'; readonly status: string; readonly shown: Shown }
  /** It certainly had no effect, and says nothing of the state: a refusal with `om-outcome: none`, or a read without answer. */
  | { readonly kind: 'failed'; readonly why: string }
  /** It may have happened, once, at any time after it was sent, or never. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface HistoryCall {
  /** A process has one call open at a time. A client whose call ended unknown goes on as another process. */
  readonly process: number;
  /** Position of the client that made it, from 1. */
  readonly client: number;
  readonly node: string;
  readonly operation: HistoryOperation;
  /** Microseconds from the beginning of the recording, on the recorder's monotonic clock. */
  readonly beganUs: number;
  /** When its caller knew; of an unknown call when it gave up, which bounds nothing. */
  readonly endedUs: number;
  readonly outcome: HistoryOutcome;
  /** Position of the call in the transcript of the run, where there is one. */
  readonly call?: number | undefined;
}

/** What is known to have been there before the first call. Everything else was not. */
export interface Initial {
  readonly volumes: readonly { readonly name: string; readonly owner: string; readonly buckets: readonly string[] }[];
}

/** What reads that need not be the newest are promised all the same. */
export type Guarantee =
  /** A client's reads show what it wrote before. */
  | { readonly kind: 'read your writes' }
  /** A client's reads never go back behind what it saw before. */
  | { readonly kind: 'monotonic reads' }
  /** Both: what a client sees is a walk through the order of writes, in the order of its calls. */
  | { readonly kind: 'sequential per client' }
  /** A read shows nothing older than what held so long before it began. */
  | { readonly kind: 'bounded staleness'; readonly maxMs: number };

export interface HistoryHeader {
  readonly seed: string;
  /** Who answered, for people. */
  readonly target: string;
  /** Version of the kit that recorded it. */
  readonly kit: string;
  readonly clients: number;
  readonly initial: Initial;
  /** What it is judged by; default: it has to be linearizable. */
  readonly guarantee?: Guarantee | undefined;
}

export interface History {
  readonly header: HistoryHeader;
  /** In the order in which they began. */
  readonly calls: readonly HistoryCall[];
}

const READS: ReadonlySet<OperationKind> = new Set([
  'read-volume',
  'read-bucket',
  'list-buckets',
  'read-key',
  'look-up-key',
  'list-keys',
  'list-keys-light',
] satisfies OperationKind[]);

/** Whether it can have no effect, whatever comes of it. */
export function isRead({ kind }: HistoryOperation): boolean {
  return READS.has(kind);
}
