/** Records as the Givens of a scenario left them, by the names on the way to them. */

/** Where a record stands: only the names that lead to it count. */
export interface Place {
  readonly volume: string;
  readonly bucket?: string;
  readonly key?: string;
}

/** Records of one kind: of volumes, of buckets or of keys. */
export class KnownRecords<R> {
  readonly #records = new Map<string, { readonly place: Place; readonly record: R }>();

  /** @param depth names that lead to a record of this kind: 1 for volumes, 2 for buckets, 3 for keys */
  constructor(private readonly depth: 1 | 2 | 3) {}

  set(place: Place, record: R): void {
    this.#records.set(this.#name(place), { place, record });
  }

  has(place: Place): boolean {
    return this.#records.has(this.#name(place));
  }

  /** Throws where no Given of the scenario made it. */
  known(place: Place): R {
    const found = this.#records.get(this.#name(place));
    if (found === undefined) throw new Error(`no Given of this scenario made ${this.#name(place)}`);
    return found.record;
  }

  places(): readonly Place[] {
    return [...this.#records.values()].map(({ place }) => place);
  }

  #name({ volume, bucket = '', key = '' }: Place): string {
    return [volume, bucket, key].slice(0, this.depth).join('/');
  }
}
