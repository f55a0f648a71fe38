/**
 * The state of a modelled part of the namespace: one whole number for each volume, bucket and key in it. 0: it is not there. A volume
 * has its owner, a key its content, both by numbers that stand for texts. What the numbers mean to a command is the models' business.
 */
import type { BucketPlace, HistoryOperation, Initial, KeyPlace } from '../call.js';

export const ABSENT = 0;
/** A bucket that is there. */
export const PRESENT = 1;
/** Any text that no answer shows. */
const UNSEEN = 1;

export interface NamedRegister {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly register: number;
}

/** What is in a volume or a bucket. */
class Names {
  readonly registers = new Map<string, number>();
  #inOrder: readonly NamedRegister[] | undefined;

  set(name: string, register: number): void {
    this.registers.set(name, register);
    this.#inOrder = undefined;
  }

  /** By the bytes of their names (NS-KEY-8, NS-BKT-6). */
  get inOrder(): readonly NamedRegister[] {
    this.#inOrder ??= [...this.registers]
      .map(([name, register]) => ({ name, bytes: Buffer.from(name), register }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    return this.#inOrder;
  }
}

export class Registers {
  readonly #volumes = new Names();
  readonly #buckets = new Map<string, Names>();
  readonly #keys = new Map<string, Names>();
  readonly #texts = new Map<string, number>();
  readonly #initial: number[] = [];

  /**
   * @param known what was there before the first call
   * @param shown texts that any answer shows: others are all the same, since nobody could tell them apart
   */
  constructor(
    private readonly known: Initial,
    private readonly shown: ReadonlySet<string>,
  ) {}

  /** The state before the first call. */
  get initial(): Int32Array {
    return Int32Array.from(this.#initial);
  }

  volume(name: string): number {
    const there = this.known.volumes.find((volume) => volume.name === name);
    return this.#of(this.#volumes, name, () => (there === undefined ? ABSENT : this.text(there.owner)));
  }

  bucket({ volume, bucket }: BucketPlace): number {
    const there = this.known.volumes.some(({ name, buckets }) => name === volume && buckets.includes(bucket));
    return this.#of(within(this.#buckets, volume), bucket, () => (there ? PRESENT : ABSENT));
  }

  key(place: KeyPlace): number {
    return this.#of(within(this.#keys, bucketName(place)), place.key, () => ABSENT);
  }

  /** Buckets of a volume that any call names, in the order of a listing. */
  bucketsOf(volume: string): readonly NamedRegister[] {
    for (const { name, buckets } of this.known.volumes) {
      if (name === volume) for (const bucket of buckets) this.bucket({ volume, bucket });
    }
    return within(this.#buckets, volume).inOrder;
  }

  /** Keys of a bucket that any call names, in the order of a listing. */
  keysOf(place: BucketPlace): readonly NamedRegister[] {
    return within(this.#keys, bucketName(place)).inOrder;
  }

  /** The number that stands for a text: equal for texts that are equal, or that no answer shows; never 0. */
  text(value: string): number {
    if (!this.shown.has(value)) return UNSEEN;
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const number = UNSEEN + 1 + this.#texts.size;
    this.#texts.set(value, number);
    return number;
  }

  /** Gives a register to everything that a call names, so that listings know of it. */
  name(operation: HistoryOperation): void {
    this.volume(operation.volume);
    if (!('bucket' in operation)) return;
    this.bucket(operation);
    for (const key of keysIn(operation)) this.key({ volume: operation.volume, bucket: operation.bucket, key });
  }

  #of(names: Names, name: string, initial: () => number): number {
    const known = names.registers.get(name);
    if (known !== undefined) return known;
    const register = this.#initial.length;
    names.set(name, register);
    this.#initial.push(initial());
    return register;
  }
}

/** Names of keys in a request; what a listing shows is no part of it. */
export function keysIn(operation: HistoryOperation): readonly string[] {
  switch (operation.kind) {
    case 'open-key':
    case 'commit-key':
    case 'read-key':
    case 'look-up-key':
    case 'delete-key':
      return [operation.key];
    case 'rename-key':
      return [operation.key, operation.to];
    case 'delete-keys':
      return operation.keys;
    case 'create-volume':
    case 'set-owner':
    case 'read-volume':
    case 'delete-volume':
    case 'create-bucket':
    case 'read-bucket':
    case 'delete-bucket':
    case 'list-buckets':
    case 'list-keys':
    case 'list-keys-light':
      return [];
  }
}

/** Unlike for different buckets, whatever their names are made of. */
export function bucketName({ volume, bucket }: BucketPlace): string {
  return `${volume.length} ${volume}${bucket}`;
}

function within(all: Map<string, Names>, name: string): Names {
  const known = all.get(name);
  if (known !== undefined) return known;
  const made = new Names();
  all.set(name, made);
  return made;
}
