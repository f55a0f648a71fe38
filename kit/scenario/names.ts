/**
 * The names of one scenario: what a feature calls "alpha" has a name of this run's and this scenario's own on the wire, so
 * that scenarios run in any order and beside other runs (harness-contracts.md §1, manners on attach).
 */
import type { Names } from '../run/names.js';

export class ScenarioNames {
  /** Start of every volume name of the scenario, and of no other's: listings ask for it. */
  readonly volumePrefix: string;
  readonly #bucketPrefix: string;
  #counted = 0;

  constructor(names: Names) {
    this.volumePrefix = `${names.fresh('volume')}-`;
    this.#bucketPrefix = names.prefix;
  }

  /** The same word gives the same name; the word's own characters stay, so that a bad word gives a bad name. */
  volume(word: string): string {
    return `${this.volumePrefix}${word}`;
  }

  bucket(word: string): string {
    return `${this.#bucketPrefix}${word}`;
  }

  /** A volume name of exactly this many characters. */
  volumeOfLength(characters: number): string {
    if (characters <= this.volumePrefix.length) {
      throw new RangeError(`a name of this scenario has more than ${this.volumePrefix.length} characters`);
    }
    return this.volumePrefix.padEnd(characters, 'x');
  }

  /** A bucket name of exactly this many characters. */
  bucketOfLength(characters: number): string {
    if (characters <= this.#bucketPrefix.length) {
      throw new RangeError(`a name of this run has more than ${this.#bucketPrefix.length} characters`);
    }
    return this.#bucketPrefix.padEnd(characters, 'x');
  }

  /** A volume name nobody used before, for steps that make many. */
  nextVolume(): string {
    this.#counted += 1;
    return this.volume(`n${this.#counted}`);
  }
}
