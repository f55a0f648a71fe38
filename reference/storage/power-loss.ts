/**
 * Makes a database in WAL mode what a loss of power may have left of it (HA-19, design §4.20). A process that is killed loses
 * nothing that it wrote: the system has it. Here what SQLite had not synced is taken away from the real files, so that recovery
 * meets what it would meet after a real loss. Which part is on the disk is known from how SQLite syncs by its setting; that
 * the disk keeps what it says it has synced, and that renamed files stay renamed, is taken for granted.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { removeFiles } from './durable-files.js';
import { StateFiles } from './snapshot-files.js';
import { afterLoss, type Draw, endOf, type SyncedPart, saltOf, WAL_HEADER_BYTES } from './wal-image.js';

/** The write-ahead log of a database file as it stands now. */
export function wholeWal(file: string): SyncedPart {
  const wal = readWal(file);
  return { salt: saltOf(wal), bytes: endOf(wal) };
}

/** The same without reading it: what stands in the file, remains of an older log behind it included. */
export function walUpToNow(file: string): SyncedPart {
  const [wal] = StateFiles.companions(file);
  const bytes = statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes === 0) return { salt: '', bytes };
  const header = Buffer.alloc(WAL_HEADER_BYTES);
  const descriptor = openSync(wal, 'r');
  try {
    return { salt: saltOf(header.subarray(0, readSync(descriptor, header))), bytes };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Takes the image of a database that is open and not being written, closes it and puts the image in its place.
 *
 * @param close closing would bring the write-ahead log in: it is done between taking the image and placing it
 */
export function replaceByLossImage(file: string, synced: SyncedPart | undefined, draw: Draw, close: () => void): void {
  const database = readFileSync(file);
  const wal = afterLoss(readWal(file), synced, draw);
  close();
  removeFiles(...StateFiles.companions(file));
  const [walFile] = StateFiles.companions(file);
  writeFileSync(`${file}.image`, database);
  renameSync(`${file}.image`, file);
  if (wal.length > 0) writeFileSync(walFile, wal);
}

function readWal(file: string): Uint8Array {
  const [wal] = StateFiles.companions(file);
  return existsSync(wal) ? readFileSync(wal) : new Uint8Array(0);
}
