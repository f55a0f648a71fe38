/** A world with one bucket of files and directories, for tests, and purge steps when they are asked for. */
import type { Answer } from '../command.js';
import type { KeyInfo } from '../key-info.js';
import { purgeStep } from '../tree/purge.js';
import { BucketLayoutProto, keyArgs, Status, statusName, Type, World } from './world.js';

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
