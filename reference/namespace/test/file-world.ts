/**
 * A world with one bucket of files and directories, for tests; each write has to hold locks for all rows that it writes, but for
 * those below an object that it makes itself (LE-LOCK-1).
 */
import type { hadoop } from '#proto';
import type { TableName } from '../../storage/state-store.js';
import { type Answer, isWrite, type Lock, type OMRequest, type Operation } from '../command.js';
import type { KeyInfo } from '../key-info.js';
import { commandFor } from '../registry.js';
import { DIRECTORIES, FILES, KEYS, OPEN_FILES, OPEN_KEYS } from '../tables.js';
import { purgeStep } from '../tree/purge.js';
import { BucketLayoutProto, keyArgs, Status, statusName, Type, World } from './world.js';

const SESSIONS: readonly string[] = [OPEN_KEYS, OPEN_FILES] satisfies readonly TableName[];
const CHILDREN: readonly string[] = [KEYS, FILES, DIRECTORIES] satisfies readonly TableName[];

interface Listing {
  readonly startKey?: string;
  readonly numEntries?: bigint;
  readonly recursive?: boolean;
  readonly allowPartialPrefix?: boolean;
}

export class FileWorld extends World {
  constructor(bucketLayout = BucketLayoutProto.FILE_SYSTEM_OPTIMIZED) {
    super();
    this.createVolume('vol');
    this.createBucket('vol', 'bucket', { bucketLayout });
  }

  override run(cmdType: hadoop.ozone.Type, body: Partial<OMRequest> = {}): Answer {
    const request: OMRequest = { cmdType, clientId: 'test', ...body };
    const command = commandFor(request);
    const locks = isWrite(command) ? command.locks(this.state, request) : [];
    const answer = super.run(cmdType, body);
    const made = `${this.managedIndex}`;
    for (const operation of this.operations) {
      const row = rowOf(operation);
      if (row === undefined || `${row.parentId >> 8n}` === made || covers(locks, row)) continue;
      throw new Error(`${cmdType} writes ${row.parentId}/${row.name} without a lock`);
    }
    return answer;
  }

  /** One purge step; false when there was nothing to purge. */
  purge(maxRows = 1_000, maxBytes = 1 << 20): boolean {
    this.operations = purgeStep(this.state, { maxRows, maxBytes });
    this.state.run(this.operations);
    return this.operations.length > 0;
  }

  purgeAll(maxRows = 1_000): void {
    while (this.purge(maxRows));
  }

  mkdir(keyName: string): string {
    return statusName(this.run(Type.CreateDirectory, { createDirectoryRequest: { keyArgs: keyArgs(keyName) } }));
  }

  createFile(keyName: string, how: { readonly isRecursive?: boolean; readonly isOverwrite?: boolean } = {}): Answer {
    const createFileRequest = { isRecursive: false, isOverwrite: false, ...how, keyArgs: keyArgs(keyName) };
    return this.run(Type.CreateFile, { createFileRequest });
  }

  /** A committed file of one byte; its missing directories are made. */
  touch(keyName: string): void {
    const answer = this.putKey(keyName, { dataSize: 1n });
    if (answer.status !== Status.OK) throw new Error(`${keyName}: ${statusName(answer)}`);
  }

  rename(keyName: string, toKeyName: string): string {
    const answer = this.run(Type.RenameKey, { renameKeyRequest: { keyArgs: keyArgs(keyName), toKeyName } });
    return statusName(answer);
  }

  remove(keyName: string, recursive = false): string {
    return statusName(this.run(Type.DeleteKey, { deleteKeyRequest: { keyArgs: keyArgs(keyName, { recursive }) } }));
  }

  fileStatus(keyName: string): Answer {
    return this.run(Type.GetFileStatus, { getFileStatusRequest: { keyArgs: keyArgs(keyName) } });
  }

  /** `dir`, `file`, or the name of the refusal. */
  kind(keyName: string): string {
    const { status, body } = this.fileStatus(keyName);
    if (status !== Status.OK) return Status[status] ?? `${status}`;
    return body.getFileStatusResponse?.status?.isDirectory === true ? 'dir' : 'file';
  }

  record(keyName: string): KeyInfo {
    const info = this.fileStatus(keyName).body.getFileStatusResponse?.status?.keyInfo;
    if (info == null) throw new Error(`${keyName} is not found`);
    return info;
  }

  listStatus(keyName: string, how: Listing = {}): Answer {
    const listStatusRequest = { recursive: false, startKey: '', numEntries: 100n, ...how, keyArgs: keyArgs(keyName) };
    return this.run(Type.ListStatus, { listStatusRequest });
  }

  /** Names in a directory, those of directories with a slash; or the name of the refusal. */
  ls(keyName: string, how: Listing = {}): readonly string[] | string {
    const { status, body } = this.listStatus(keyName, how);
    if (status !== Status.OK) return Status[status] ?? `${status}`;
    return (body.listStatusResponse?.statuses ?? []).map(({ keyInfo, isDirectory }) =>
      isDirectory === true && !(keyInfo?.keyName ?? '').endsWith('/') ? `${keyInfo?.keyName}/` : `${keyInfo?.keyName}`,
    );
  }

  /** Whole names as ListKeys has them. */
  names(prefix = '', startKey = '', count = 1_000): readonly string[] {
    const listKeysRequest = { volumeName: 'vol', bucketName: 'bucket', prefix, startKey, count };
    const { body } = this.run(Type.ListKeys, { listKeysRequest });
    return (body.listKeysResponse?.keyInfo ?? []).map(({ keyName }) => keyName);
  }
}

interface Row {
  readonly parentId: bigint;
  readonly name: string;
}

function rowOf(operation: Operation): Row | undefined {
  if (operation.kind !== 'put' && operation.kind !== 'delete') return undefined;
  const { table } = operation;
  const session = SESSIONS.includes(table);
  if (!session && !CHILDREN.includes(table)) return undefined;
  const key = Buffer.from(operation.key);
  return { parentId: key.readBigUInt64BE(), name: key.subarray(8, session ? -8 : undefined).toString() };
}

function covers(locks: readonly Lock[], { parentId, name }: Row): boolean {
  return locks.some((lock) =>
    lock.kind === 'slot'
      ? lock.parentObjectId === parentId && lock.name === name
      : lock.objectId === parentId && lock.mode === 'exclusive',
  );
}
