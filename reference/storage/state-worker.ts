/**
 * The thread that does the long work on state files, on connections of its own, so that the loop never waits for it
 * (design §4.3). One job at a time, in the order in which they are given.
 */
import { statSync } from 'node:fs';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { ReferenceFailure } from '../errors.js';
import { removeFiles, renameDurably, syncPath } from './durable-files.js';
import { explained, loadSqlite, type Sqlite } from './sqlite.js';
import { BUSY_TIMEOUT_MS, readPosition, verifyStateFile } from './state-database.js';
import type { StateJob, StateJobResult, StateReport, StateRequest } from './state-thread.js';

/** Rounds of a checkpoint: each takes what the loop has written during the one before. */
const ROUNDS = 3;

function carryOut(sqlite: Sqlite, job: StateJob): StateJobResult {
  switch (job.kind) {
    case 'copy':
      return copy(sqlite, job);
    case 'publish':
      explained({ file: job.from, damaged: 'SNAPSHOT_DAMAGED' }, () => renameDurably(job.from, job.to));
      return { kind: 'publish' };
    case 'checkpoint':
      return checkpoint(sqlite, job.file);
    case 'verify': {
      const place = { file: job.file, damaged: 'SNAPSHOT_DAMAGED' as const };
      const position = verifyStateFile(sqlite, place, job.identity);
      explained(place, () => syncPath(job.file));
      return { kind: 'verify', position, bytes: statSync(job.file).size };
    }
  }
}

function copy(sqlite: Sqlite, { file, into, identity }: Extract<StateJob, { kind: 'copy' }>): StateJobResult {
  const place = { file, damaged: 'STATE_DAMAGED' as const };
  try {
    explained(place, () => {
      removeFiles(into);
      const source = new sqlite(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
      try {
        source.prepare('VACUUM INTO ?').run(into);
      } finally {
        source.close();
      }
      syncPath(into);
    });
    // The copy holds what the live rows hold: a row that fails its checksum here is damaged there.
    const position = verifyStateFile(sqlite, { file: into, damaged: 'STATE_DAMAGED' }, identity);
    return { kind: 'copy', position, bytes: statSync(into).size };
  } catch (error) {
    removeFiles(into);
    throw error;
  }
}

/**
 * Goes on until nothing was written during a round: only then can the next write start the write-ahead log anew. With a
 * loop that writes without pause it ends after some rounds, every one of which has synced what stood before it. A round
 * during a commit leaves out the pages that the commit has written anew: they stand in the part of the write-ahead log that
 * the round has synced, so that nothing is lost, but the database file is whole only together with that log.
 */
function checkpoint(sqlite: Sqlite, file: string): StateJobResult {
  const place = { file, damaged: 'STATE_DAMAGED' as const };
  return explained(place, () => {
    const database = new sqlite(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    try {
      let syncedIndex = -1;
      let before = -1;
      for (let round = 0; round < ROUNDS; round++) {
        const { index } = readPosition(database, place);
        const [found] = database.pragma('wal_checkpoint(PASSIVE)') as {
          busy: number;
          log: number;
          checkpointed: number;
        }[];
        if (found === undefined) throw new Error('SQLite did not report on a checkpoint');
        if (found.busy === 0 && found.log === found.checkpointed) {
          syncedIndex = index;
          if (found.log === before) break;
        }
        before = found.log;
      }
      return { kind: 'checkpoint', syncedIndex };
    } finally {
      database.close();
    }
  });
}

async function serve(port: MessagePort): Promise<void> {
  const sqlite = await loadSqlite();
  port.on('message', ({ id, job }: StateRequest) => {
    let report: StateReport;
    try {
      report = { id, result: carryOut(sqlite, job) };
    } catch (error) {
      // Anything else is a fault of the program and ends the thread.
      if (!(error instanceof ReferenceFailure)) throw error;
      report = { id, failure: error.toPlain() };
    }
    port.postMessage(report);
  });
}

if (parentPort !== null) await serve(parentPort);
