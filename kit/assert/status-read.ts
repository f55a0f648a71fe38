/** What a read of a file's or a directory's status says of it. Every observable of files and directories starts here. */
import { hadoop } from '#proto';
import type { Outcome } from '../wire/outcome.js';
import type { Plain } from '../wire/plain.js';

/** The root of a bucket has no record; all others have one. */
export type FileStatus = Plain<hadoop.ozone.OzoneFileStatusProto.$Properties>;

/** What a GetFileStatus answered, or undefined where it answered none for whatever reason. */
export function statusIn(outcome: Outcome): FileStatus | undefined {
  if (outcome.kind !== 'answered' || outcome.response.status !== hadoop.ozone.Status.OK) return undefined;
  return outcome.response.getFileStatusResponse?.status ?? undefined;
}

/** The same where what was read is a directory. */
export function directoryIn(outcome: Outcome): FileStatus | undefined {
  const status = statusIn(outcome);
  return status?.isDirectory === true ? status : undefined;
}

/** Its record and what the status adds to it, as one. */
export function fieldsOf({ keyInfo, ...rest }: FileStatus): object {
  return { ...keyInfo, ...rest };
}
