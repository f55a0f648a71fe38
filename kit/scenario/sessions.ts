/** Sessions of keys that a scenario opened, by the names that it gave them. What they find when they are committed is not known here. */
import type { Block, KeyPlace } from './operations/key.js';

export interface Session {
  readonly place: KeyPlace;
  /** Undefined where the opening was refused: what follows is judged by that answer. */
  readonly clientId: bigint | undefined;
  /** What its commit says that was written, and into which blocks. */
  readonly written: { readonly bytes?: bigint; readonly blocks?: readonly Block[] };
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
