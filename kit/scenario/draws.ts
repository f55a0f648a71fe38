/**
 * Random choices of a scenario, drawn from the run's seed: the same seed draws the same, so that a failure can be had again.
 * What is chosen from, and why, is for those who draw.
 */
import { createHash } from 'node:crypto';

const DIGEST_BYTES = 32;

export class Draws {
  #drawn = 0;

  /** @param subject keeps draws of one run for different purposes apart */
  constructor(
    private readonly seed: string,
    private readonly subject: string,
  ) {}

  /** A whole number from 0 on, below `bound`. */
  below(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1) throw new RangeError(`nothing to draw below ${bound}`);
    // 48 bits: what the remainder prefers is far below what any run could notice.
    return this.#digest().readUIntBE(0, 6) % bound;
  }

  /** So many bytes of any value. */
  bytes(length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let drawn = 0; drawn < length; drawn += DIGEST_BYTES) blocks.push(this.#digest());
    return Buffer.concat(blocks, length);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** One of several. */
  oneOf<T>(values: readonly [T, ...T[]] | readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to draw from');
    return value;
  }

  #digest(): Buffer {
    this.#drawn += 1;
    return createHash('sha256').update(`${this.seed}\n${this.subject}\n${this.#drawn}`).digest();
  }
}
