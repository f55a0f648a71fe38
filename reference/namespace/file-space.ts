/**
 * Names as files and directories: what the commands of commands/file ask of a flat and of a tree bucket alike. In a flat bucket a
 * directory is a key with a slash behind its name, or only the beginning of other names.
 */
import type { StateView } from '../storage/state-store.js';
import { refusal, Status } from './answers.js';
import type { Bucket } from './bucket-of.js';
import type { Answer, Lock, Operation, PlanContext } from './command.js';
import type { KeyArgs, KeyInfo } from './key-info.js';
import type { NewPlace } from './key-space.js';
import { MAX_FURTHER_OBJECTS } from './object-ids.js';
import type { Replication } from './replication.js';

export interface FileStatus {
  readonly directory: boolean;
  /** With its whole name; the root has none. */
  readonly info: KeyInfo | undefined;
}

/** Directories that come into being, parents first. */
export interface NewDirectories {
  readonly operations: readonly Operation[];
  readonly count: number;
}

/** What a request makes, and where. */
export interface Making {
  readonly args: KeyArgs;
  readonly bucket: Bucket;
  readonly context: PlanContext;
}

export interface StatusRange {
  /** The directory; empty = the root. */
  readonly name: string;
  /** First whole name that is wanted, which need not be there; empty = from the beginning. */
  readonly startKey: string;
  readonly recursive: boolean;
  /** The name may also be the beginning of names. */
  readonly partial: boolean;
}

export interface FileSpace {
  /** What to lock, besides the bucket, to make a file or directory of this name and the parents that it lacks. */
  locks(view: StateView, bucket: Bucket, name: string): readonly Lock[];
  /** The directory `args.keyName`, which is not empty, and the parents that it lacks (NS-FSO-1). */
  newDirectories(view: StateView, making: Making): NewDirectories | Answer;
  /** The place of the file `args.keyName`, which is not empty, for which a session is opened. */
  newFile(view: StateView, making: Making): NewPlace | Answer;
  status(view: StateView, bucket: Bucket, name: string): FileStatus | Answer;
  /** What is in a directory, in order, read as it is taken; a file lists itself. */
  list(view: StateView, bucket: Bucket, range: StatusRange): Iterable<FileStatus> | Answer;
}

/** The answer of CreateDirectory where one is already; upstream says so with its sub-response (W-2). */
export function existingDirectory(name: string): Answer {
  const message = `Directory ${name} already exists`;
  return { status: Status.DIRECTORY_ALREADY_EXISTS, message, body: { createDirectoryResponse: {} } };
}

/** Parents and what comes below them share the ids of one plan. */
export function tooDeep(missingParents: number, name: string): Answer | undefined {
  if (missingParents <= MAX_FURTHER_OBJECTS) return undefined;
  const most = `one request makes ${MAX_FURTHER_OBJECTS} at most`;
  return refusal(Status.INVALID_KEY_NAME, `Key name ${name} lacks ${missingParents} directories, ${most}`);
}

/** The record of a directory; where it stands is the space's to say. */
export function directoryRecord(
  { args, bucket, context }: Making,
  stands: Pick<KeyInfo, 'keyName' | 'acls' | 'objectID' | 'parentID'> & Replication,
): KeyInfo {
  return {
    volumeName: bucket.info.volumeName,
    bucketName: bucket.info.bucketName,
    dataSize: 0n,
    keyLocationList: [{ version: 0n, isMultipartKey: false }],
    creationTime: context.nowMs,
    modificationTime: context.nowMs,
    latestVersion: 0n,
    updateID: context.managedIndex,
    isFile: false,
    ownerName: args.ownerName ?? '',
    ...stands,
  };
}
