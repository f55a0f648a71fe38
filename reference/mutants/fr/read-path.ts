/** Where the reference decides what becomes of a read, for mutants that have it wait in another way. */

export const READ_PATH = 'reference/node/read-path.ts';
export const RELEASED = 'for (const read of released) this.#due.push(read);';
export const FULL = 'if (this.#open.size >= view.configuration.maxWaitingReads) {';
export const ROUTED = `    const route = this.#route(call, command);
    switch (route.kind) {
      case 'local':
        this.#answer(call`;

/** A node takes no read while so many are under way. */
export function handlers(count: number): string {
  return `    if (this.#open.size >= ${count}) {
      refuse(call, readRefusal(this.#view, 'queue-full'));
      return;
    }
${ROUTED}`;
}

/** A read that need not wait stands behind those that do, where `where` holds. */
export function behindThoseThatWait(where: string): string {
  return `    const routed = this.#route(call, command);
    const route: ReadRoute =
      this.#waiting.size > 0 && routed.kind === 'local' && ${where}
        ? { kind: 'wait', index: this.#view.position.index + 1 }
        : routed;
    switch (route.kind) {
      case 'local':
        this.#answer(call`;
}
