/** Every command there is, and which one a request asks for. What the commands do is in their own files. */
import type { hadoop } from '#proto';
import type { Command, OMRequest } from './command.js';
import { createBucket } from './commands/bucket/create-bucket.js';
import { deleteBucket } from './commands/bucket/delete-bucket.js';
import { infoBucket } from './commands/bucket/info-bucket.js';
import { listBuckets } from './commands/bucket/list-buckets.js';
import { setBucketProperty } from './commands/bucket/set-bucket-property.js';
import { createDirectory } from './commands/file/create-directory.js';
import { createFile } from './commands/file/create-file.js';
import { getFileStatus } from './commands/file/get-file-status.js';
import { listStatus } from './commands/file/list-status.js';
import { allocateBlock } from './commands/key/allocate-block.js';
import { commitKey } from './commands/key/commit-key.js';
import { createKey } from './commands/key/create-key.js';
import { deleteKey } from './commands/key/delete-key.js';
import { deleteKeys } from './commands/key/delete-keys.js';
import { deleteObjectTagging } from './commands/key/delete-object-tagging.js';
import { getKeyInfo } from './commands/key/get-key-info.js';
import { getObjectTagging } from './commands/key/get-object-tagging.js';
import { listKeys } from './commands/key/list-keys.js';
import { listKeysLight } from './commands/key/list-keys-light.js';
import { lookupKey } from './commands/key/lookup-key.js';
import { putObjectTagging } from './commands/key/put-object-tagging.js';
import { renameKey } from './commands/key/rename-key.js';
import { renameKeys } from './commands/key/rename-keys.js';
import { echoRead, echoWrite } from './commands/node/echo-rpc.js';
import { msync } from './commands/node/msync.js';
import { prepareStatus } from './commands/node/prepare-status.js';
import { serviceList } from './commands/node/service-list.js';
import { transferLeadership } from './commands/node/transfer-leadership.js';
import { createVolume } from './commands/volume/create-volume.js';
import { deleteVolume } from './commands/volume/delete-volume.js';
import { infoVolume } from './commands/volume/info-volume.js';
import { listVolume } from './commands/volume/list-volume.js';
import { setVolumeProperty } from './commands/volume/set-volume-property.js';
import { unimplemented } from './unimplemented.js';

export const COMMANDS: readonly Command[] = [
  createVolume,
  infoVolume,
  setVolumeProperty,
  deleteVolume,
  listVolume,
  createBucket,
  infoBucket,
  setBucketProperty,
  deleteBucket,
  listBuckets,
  createKey,
  commitKey,
  lookupKey,
  getKeyInfo,
  listKeys,
  listKeysLight,
  deleteKey,
  deleteKeys,
  renameKey,
  renameKeys,
  allocateBlock,
  putObjectTagging,
  getObjectTagging,
  deleteObjectTagging,
  createDirectory,
  createFile,
  getFileStatus,
  listStatus,
  echoRead,
  echoWrite,
  msync,
  prepareStatus,
  serviceList,
  transferLeadership,
];

const BY_TYPE = new Map<hadoop.ozone.Type, Command[]>();
for (const command of COMMANDS) BY_TYPE.set(command.type, [...(BY_TYPE.get(command.type) ?? []), command]);

/** The command for a request whose `cmdType` is a known number; a type that nothing carries out has one that refuses (W-8). */
export function commandFor(request: OMRequest): Command {
  const candidates = BY_TYPE.get(request.cmdType) ?? [];
  return candidates.find((command) => command.serves?.(request) ?? true) ?? unimplemented(request.cmdType);
}
