/**
 * Which nodes this one is cut off from, per direction, as the control service and the kit ask for it (HA-3). Pure: what is
 * cut is dropped where messages enter and leave; connections stay open, as cables do.
 */
export type Direction = 'both' | 'inbound' | 'outbound';

export class Isolation {
  readonly #others: readonly string[];
  readonly #inbound = new Set<string>();
  readonly #outbound = new Set<string>();

  constructor(others: readonly string[]) {
    this.#others = others;
  }

  /**
   * Cuts this node off from `from` (empty = every other node), in addition to what is cut already. Throws a `RangeError`
   * for a node that is none of the others; nothing is cut then.
   */
  cut(from: readonly string[], direction: Direction): void {
    const unknown = from.find((node) => !this.#others.includes(node));
    if (unknown !== undefined) {
      throw new RangeError(`"${unknown}" is none of the other nodes (${this.#others.join(', ')})`);
    }
    for (const node of from.length === 0 ? this.#others : from) {
      if (direction !== 'outbound') this.#inbound.add(node);
      if (direction !== 'inbound') this.#outbound.add(node);
    }
  }

  heal(): void {
    this.#inbound.clear();
    this.#outbound.clear();
  }

  /** This node hears nothing from `node`. */
  inbound(node: string): boolean {
    return this.#inbound.has(node);
  }

  /** `node` hears nothing from this one. */
  outbound(node: string): boolean {
    return this.#outbound.has(node);
  }
}
