/**
 * What is in a bucket as its client was told: the answers to its own commands, put together. Nothing is predicted; what a command
 * did follows from its answer alone (NS-QTA-1). Pure.
 */

/** What the client was told of one command that was carried out. */
export type Told =
  /** CreateKey: a tree then has the directories on the way to it. */
  | { readonly kind: 'opened'; readonly name: string }
  | { readonly kind: 'committed'; readonly name: string }
  | { readonly kind: 'directory-made'; readonly name: string }
  | { readonly kind: 'removed'; readonly name: string }
  /** In a tree a directory as the target is what it was moved into. */
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string };

export interface ToldContents {
  tell(told: Told): void;
  has(name: string): boolean;
  /** Keys and directories. */
  readonly count: number;
  /** Whether something was removed with what is in it, which may still be counted for a while. */
  readonly settling: boolean;
}

/** A name is one opaque string; a directory is a key that ends in a slash. */
export class FlatContents implements ToldContents {
  readonly #keys = new Set<string>();
  readonly settling = false;

  get count(): number {
    return this.#keys.size;
  }

  has(name: string): boolean {
    return this.#keys.has(name);
  }

  tell(told: Told): void {
    switch (told.kind) {
      case 'opened':
        return;
      case 'committed':
        this.#keys.add(told.name);
        return;
      case 'directory-made':
        for (const path of [...parentsOf(told.name), told.name]) this.#keys.add(`${path}/`);
        return;
      case 'removed':
        this.#keys.delete(told.name);
        return;
      case 'renamed':
        this.#keys.delete(told.from);
        this.#keys.add(told.to);
        return;
    }
  }
}

/** A name is a path, and what is on the way to it are directories. */
export class TreeContents implements ToldContents {
  readonly #entries = new Map<string, 'file' | 'directory'>();
  #settling = false;

  get count(): number {
    return this.#entries.size;
  }

  get settling(): boolean {
    return this.#settling;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  tell(told: Told): void {
    switch (told.kind) {
      case 'opened':
        for (const parent of parentsOf(told.name)) this.#entries.set(parent, 'directory');
        return;
      case 'committed':
        this.#entries.set(told.name, 'file');
        return;
      case 'directory-made':
        for (const path of [...parentsOf(told.name), told.name]) this.#entries.set(path, 'directory');
        return;
      case 'removed':
        for (const path of this.#within(told.name)) {
          if (path !== told.name) this.#settling = true;
          this.#entries.delete(path);
        }
        return;
      case 'renamed':
        this.#move(told.from, told.to);
        return;
    }
  }

  #move(from: string, to: string): void {
    const target = this.#entries.get(to) === 'directory' ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
    const moved = this.#within(from).map((path) => [path, this.#entries.get(path)] as const);
    for (const [path] of moved) this.#entries.delete(path);
    for (const [path, kind] of moved) if (kind !== undefined) this.#entries.set(target + path.slice(from.length), kind);
  }

  #within(name: string): string[] {
    return [...this.#entries.keys()].filter((path) => path === name || path.startsWith(`${name}/`));
  }
}

/** `a/b/c` is in `a` and in `a/b`. */
function parentsOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}
