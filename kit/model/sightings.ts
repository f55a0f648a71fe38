/**
 * Which numbers an OM gave to what the model calls by tokens. It decides whether a number can be the one meant: the same for the same
 * object, another for another (NS-KEY-12), a higher one for a newer generation of one object.
 */
import type { Chosen } from './outcome.js';
import type { Token } from './state.js';

export class Sightings {
  readonly #objects = new Map<Token, bigint>();
  readonly #objectOf = new Map<bigint, Token>();
  readonly #generations = new Map<Token, bigint>();
  /** The generations seen of an object. */
  readonly #of = new Map<Token, Set<Token>>();
  readonly #times = new Map<Token, bigint>();
  readonly #sessions = new Map<Token, bigint>();

  /** What is wrong with the number, in words; undefined when it can be. Nothing is remembered yet. */
  objection(chosen: Chosen, number: bigint): string | undefined {
    switch (chosen.chosen) {
      case 'object':
        if (number === 0n) return 'an id that is not 0';
        return one(this.#objects.get(chosen.token), number) ?? other(this.#objectOf.get(number), chosen.token);
      case 'session':
        return one(this.#sessions.get(chosen.token), number);
      case 'time':
        return number === 0n ? 'a time' : one(this.#times.get(chosen.token), number);
      case 'generation': {
        for (const seen of this.#of.get(chosen.object) ?? []) {
          const was = this.#generations.get(seen) ?? 0n;
          if (seen === chosen.token && was !== number) return `${was}, as it was not changed since`;
          if (seen < chosen.token && was >= number) return `more than ${was}, which it was before it was changed`;
        }
        return undefined;
      }
    }
  }

  remember(chosen: Chosen, number: bigint): void {
    const { token } = chosen;
    switch (chosen.chosen) {
      case 'object':
        this.#objects.set(token, number);
        this.#objectOf.set(number, token);
        return;
      case 'session':
        this.#sessions.set(token, number);
        return;
      case 'time':
        this.#times.set(token, number);
        return;
      case 'generation': {
        this.#generations.set(token, number);
        const of = this.#of.get(chosen.object) ?? new Set();
        this.#of.set(chosen.object, of.add(token));
        return;
      }
    }
  }

  generation(token: Token): bigint | undefined {
    return this.#generations.get(token);
  }

  session(token: Token): bigint | undefined {
    return this.#sessions.get(token);
  }
}

function one(known: bigint | undefined, number: bigint): string | undefined {
  return known === undefined || known === number ? undefined : `${known}, as before`;
}

function other(known: Token | undefined, token: Token): string | undefined {
  return known === undefined || known === token ? undefined : 'an id that no other object has';
}
