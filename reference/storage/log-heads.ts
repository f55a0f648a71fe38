/**
 * The heads of a node's logs: per group, everything but the entries themselves, one checked row each. A head is written in
 * every transaction that touches its group and carries that transaction's number, so the newest head tells how far the
 * database reaches as a whole.
 */
import type { HardState, SnapshotPoint } from '../consensus/raft-group.js';
import { ReferenceFailure } from '../errors.js';
import { recordChecksum } from './checksum.js';
import type { Database, ErrorPlace, Statement } from './sqlite.js';

/** What a group's log holds besides its entries; those stand at `cutIndex` + 1 … `lastIndex` without a gap. */
export interface LogHead {
  readonly hardState: HardState;
  readonly snapshot: SnapshotPoint;
  readonly cutIndex: number;
  readonly lastIndex: number;
}

/** A head with the number that its entries carry and the seed of their checksums. */
export interface StoredHead extends LogHead {
  readonly id: number;
  readonly seed: number;
}

export const HEAD_SCHEMA = `
  CREATE TABLE head (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
    sequence INTEGER NOT NULL, checksum INTEGER NOT NULL
  );
`;

const EMPTY: LogHead = {
  hardState: { term: 0, vote: 0, commit: 0 },
  snapshot: {
    index: 0,
    term: 0,
    membership: { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false },
  },
  cutIndex: 0,
  lastIndex: 0,
};

export class LogHeads {
  readonly #heads = new Map<string, StoredHead>();
  readonly #insert: Statement;
  readonly #update: Statement;
  /** Number of the newest transaction that wrote a head. */
  #sequence = 0;

  /** Throws `LOG_DAMAGED` naming the group when a head fails its checksum. */
  constructor(
    readonly database: Database,
    readonly place: ErrorPlace,
  ) {
    this.#insert = database.prepare("INSERT INTO head (name, body, sequence, checksum) VALUES (?, '', 0, 0)");
    this.#update = database.prepare('UPDATE head SET body = ?, sequence = ?, checksum = ? WHERE id = ?');
    this.read();
  }

  /** Takes the heads as they stand in the database, as after a rollback. */
  read(): void {
    this.#heads.clear();
    this.#sequence = 0;
    const rows = this.database.prepare('SELECT id, name, body, sequence, checksum FROM head').all() as {
      id: number;
      name: string;
      body: string;
      sequence: number;
      checksum: number;
    }[];
    for (const { id, name, body, sequence, checksum } of rows) {
      if (recordChecksum(id, name, body, sequence) !== checksum) {
        throw new ReferenceFailure('LOG_DAMAGED', `${this.place.file}: the head of group ${name} fails its checksum`);
      }
      this.#heads.set(name, { ...(JSON.parse(body) as LogHead), id, seed: recordChecksum(name) });
      this.#sequence = Math.max(this.#sequence, sequence);
    }
  }

  get sequence(): number {
    return this.#sequence;
  }

  all(): ReadonlyMap<string, LogHead> {
    return this.#heads;
  }

  get(group: string): StoredHead | undefined {
    return this.#heads.get(group);
  }

  /** Part of a transaction: the group's head, made if it was never written. */
  obtain(group: string): StoredHead {
    const known = this.#heads.get(group);
    if (known !== undefined) return known;
    return { ...EMPTY, id: Number(this.#insert.run(group).lastInsertRowid), seed: recordChecksum(group) };
  }

  /** Part of transaction number `sequence`. */
  set(group: string, head: StoredHead, sequence: number): void {
    const { hardState, snapshot, cutIndex, lastIndex, id } = head;
    const body = JSON.stringify({ hardState, snapshot, cutIndex, lastIndex } satisfies LogHead);
    this.#update.run(body, sequence, recordChecksum(id, group, body, sequence), id);
    this.#heads.set(group, head);
    this.#sequence = sequence;
  }
}
