/** Outcomes for tests, as the wire client would give them. */
import { hadoop } from '#proto';
import { ConformanceFailure } from '../../failure.js';
import type { Answered, OMRequest, OMResponse, Refused, Unanswered, Unreadable } from '../../wire/outcome.js';
import type { FileStatus } from '../status-read.js';
import type { BucketInfo, VolumeInfo } from '../volume-read.js';

const { Status, Type } = hadoop.ozone;
type StatusName = keyof typeof Status;
type CommandName = keyof typeof Type;

const base = { sentAtMs: 0, endedAtMs: 1, trailers: new Map<string, string>() };

export interface Call {
  readonly node?: string;
  readonly command?: CommandName;
  readonly call?: number;
}

function of({ node = 'om1', command = 'InfoVolume', call = 7 }: Call) {
  const request: OMRequest = { cmdType: Type[command], clientId: 'test' };
  return { ...base, node, request, callNumber: call };
}

export function answered(status: StatusName, call: Call = {}, more: Partial<OMResponse> = {}): Answered {
  const common = of(call);
  const response: OMResponse = {
    cmdType: common.request.cmdType,
    success: status === 'OK',
    status: Status[status],
    ...more,
  };
  return { ...common, kind: 'answered', response };
}

export function refused(details: string, className: string | undefined, call: Call = {}, code = 13): Refused {
  return { ...of(call), kind: 'refused', code, details, className, suggestedLeader: undefined };
}

export function notLeader(call: Call = {}, suggestedLeader?: string): Refused {
  const text =
    suggestedLeader === undefined
      ? 'Could not determine the leader node.'
      : `Suggested leader is OM:${suggestedLeader}[x].`;
  const details = `o.a.OMNotLeaderException: OM:${call.node ?? 'om1'} is not the leader. ${text}`;
  return { ...refused(details, 'OMNotLeaderException', call), suggestedLeader };
}

export function unanswered(why: Unanswered['why'], call: Call = {}): Unanswered {
  return { ...of(call), kind: 'unanswered', why, details: 'gone' };
}

export function unreadable(call: Call = {}): Unreadable {
  return { ...of(call), kind: 'unreadable', details: '3 bytes' };
}

export const ALPHA: VolumeInfo = {
  adminName: 'admin',
  ownerName: 'ann',
  volume: 'alpha',
  quotaInBytes: 5n,
  quotaInNamespace: 7n,
  creationTime: 1_700_000_000_000n,
  objectID: 2n ** 63n + 256n,
};

export function volume(info: Partial<VolumeInfo> = {}, call: Call = {}): Answered {
  return answered('OK', call, { infoVolumeResponse: { volumeInfo: { ...ALPHA, ...info } } });
}

export const BOX: BucketInfo = { volumeName: 'alpha', bucketName: 'box', isVersionEnabled: false, storageType: 1 };

export function bucket(info: Partial<BucketInfo> = {}, call: Call = {}): Answered {
  const bucketInfo = { ...BOX, ...info };
  return answered('OK', { command: 'InfoBucket', ...call }, { infoBucketResponse: { bucketInfo } });
}

export function page(names: readonly string[], call: Call = {}): Answered {
  const volumeInfo = names.map((name) => ({ ...ALPHA, volume: name }));
  return answered('OK', { command: 'ListVolume', ...call }, { listVolumeResponse: { volumeInfo } });
}

/** A file or, with a slash behind its path, a directory. */
export function fileStatus(path: string, record: Partial<NonNullable<FileStatus['keyInfo']>> = {}): FileStatus {
  const isDirectory = path.endsWith('/');
  const keyName = isDirectory ? path.slice(0, -1) : path;
  const names = { volumeName: 'alpha', bucketName: 'box', keyName };
  const fixed = { dataSize: 0n, type: 1, creationTime: 1_700_000_000_000n, modificationTime: 1_700_000_000_000n };
  return { keyInfo: { ...names, ...fixed, objectID: 5n, isFile: !isDirectory, ...record }, isDirectory };
}

export function status(found: FileStatus, call: Call = {}): Answered {
  return answered('OK', { command: 'GetFileStatus', ...call }, { getFileStatusResponse: { status: found } });
}

export function bucketPage(names: readonly string[], call: Call = {}): Answered {
  const bucketInfo = names.map((name) => ({ ...BOX, bucketName: name }));
  return answered('OK', { command: 'ListBuckets', ...call }, { listBucketsResponse: { bucketInfo } });
}

/** A page of a directory; a slash behind the path of each directory. */
export function listed(paths: readonly string[], call: Call = {}): Answered {
  const statuses = paths.map((path) => fileStatus(path));
  return answered('OK', { command: 'ListStatus', ...call }, { listStatusResponse: { statuses } });
}

/** What an assertion threw; fails the test when it threw nothing, or something else. */
export function failureOf(assertion: () => void): Pick<ConformanceFailure, 'assertion' | 'message' | 'calls'> {
  try {
    assertion();
  } catch (error) {
    if (!(error instanceof ConformanceFailure)) throw error;
    return { assertion: error.assertion, message: error.message, calls: error.calls };
  }
  throw new Error('the assertion did not fail');
}
