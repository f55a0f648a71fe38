/**
 * Names of the state files in a data directory. Pure; which of them count is decided by recovery.
 *
 * `<group>.db` the live state, `<group>-<index>.snapshot` a copy at an index, `<group>-<index>.incoming` a copy that another
 * node sent and that was verified, `*.partial` a file that is not complete yet.
 */
import { join } from 'node:path';

export type CopyKind = 'snapshot' | 'incoming';

/** A group's name is part of file names: `main` or a lower-case UUID. */
const GROUP = /^[a-z0-9][a-z0-9-]{0,62}$/;

export class StateFiles {
  readonly live: string;

  /** Throws a `RangeError` for a group name that no file may have. */
  constructor(
    /** Folder that holds the state files of all groups. */
    readonly directory: string,
    readonly group: string,
  ) {
    if (!GROUP.test(group)) throw new RangeError(`"${group}" is not a group name: main or a lower-case UUID`);
    this.live = join(directory, `${group}.db`);
  }

  copy(kind: CopyKind, index: number): string {
    return join(this.directory, `${this.group}-${index}.${kind}`);
  }

  /** Name of a copy that is being made; it becomes a snapshot by being renamed. */
  get partial(): string {
    return join(this.directory, `${this.group}.partial`);
  }

  /** The database's own files besides it, which must never stand beside another database. */
  static companions(database: string): readonly [wal: string, shm: string, journal: string] {
    return [`${database}-wal`, `${database}-shm`, `${database}-journal`];
  }

  /** Indexes of this group's copies of one kind among the names of a folder, newest first. */
  indexesOf(kind: CopyKind, names: readonly string[]): number[] {
    return names
      .flatMap((name) => {
        const parts = /^(.+)-(\d{1,16})\.([a-z]+)$/.exec(name);
        return parts?.[1] === this.group && parts[3] === kind ? [Number(parts[2])] : [];
      })
      .sort((a, b) => b - a);
  }
}
