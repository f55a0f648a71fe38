/** Files and directories as GetFileStatus and ListStatus show them alike. */
import type { hadoop } from '#proto';
import type { Plain } from '../../../wire/plain.js';
import { BLOCK_BYTES, slim, withPipelines } from '../../blocks.js';
import type { FileStatus } from '../../file-space.js';
import type { KeyArgs } from '../../key-info.js';

type FileStatusAnswer = Plain<hadoop.ozone.OzoneFileStatusProto.$Properties>;

/** The root has no record, and no size of a block. */
export function shownStatus({ directory, info }: FileStatus, args: KeyArgs): FileStatusAnswer {
  if (info === undefined) return { blockSize: 0n, isDirectory: directory };
  const asked = args.latestVersionLocation === true ? slim(info) : info;
  const keyInfo = args.headOp === true ? asked : withPipelines(asked);
  return { keyInfo, blockSize: BLOCK_BYTES, isDirectory: directory };
}
