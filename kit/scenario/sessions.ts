/** Sessions of keys that a scenario opened, by the names that it gave them. What they find when they are committed is not known here. */
import type { Outcome } from '../wire/outcome.js';
import type { KeyPlace } from './operations/key.js';

export interface Session {
  readonly place: KeyPlace;
  /** Undefined where the opening was refused: what follows is judged by that answer. */
  readonly clientId: bigint | undefined;
  /** The answer to the opening: it has the blocks that can be written to. */
  readonly opened: Outcome;
  /** How much its commit says that was written, where the commit's own step does not say it. */
  readonly bytes: bigint | undefined;
}

export class Sessions {
  readonly #byName = new Map<string, Session>();

  set(name: string, session: Session): void {
    this.#byName.set(name, session);
  }

  /** Throws where no step of the scenario opened it. */
  named(name: string): Session {
    const session = this.#byName.get(name);
    if (session === undefined) throw new Error(`no step of this scenario opened session "${name}"`);
    return session;
  }
}
