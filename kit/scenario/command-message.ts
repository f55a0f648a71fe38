/**
 * Messages that name one command and hold what is not its own: the request of another command under a number that says
 * nothing (W-8), a command that no rule of this specification speaks of, asked of what is not there (W-8), and a command without
 * its request (W-12). How an OM answers is judged elsewhere.
 */
import protobuf from 'protobufjs';
import { hadoop } from '#proto';
import { embedded, madeOver, numbered } from '../wire/fields.js';
import { CMD_TYPE, wholeMessage } from './damaged-message.js';
import type { Request } from './operation.js';

export type CommandName = keyof typeof hadoop.ozone.Type;
export const COMMAND_NAMES = Object.keys(hadoop.ozone.Type).filter((key): key is CommandName => !/^-?\d+$/.test(key));

/** A request as bytes, under the number of another command or of none. */
export function underNumber(request: Request, number: number): Uint8Array {
  return madeOver(wholeMessage(request), [CMD_TYPE], () => numbered(CMD_TYPE, number));
}

/** A command, and nothing of what it is to be done to. */
export function bare(command: CommandName): Request {
  return { cmdType: hadoop.ozone.Type[command] };
}

/** Where a command is to find nothing, or what is there: all of the names are those on the wire. */
export interface Nowhere {
  readonly volume: string;
  readonly bucket: string;
  readonly key: string;
}

type Build = (nowhere: Nowhere) => Uint8Array;

const { Writer } = protobuf;
const text = (number: number, value: string): Uint8Array => embedded(number, Buffer.from(value));
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
const place: Build = ({ volume, bucket }) => joined(text(1, volume), text(2, bucket));
const keyPlace: Build = (nowhere) => joined(place(nowhere), text(3, nowhere.key));
const keyArgs: Build = (nowhere) => embedded(1, keyPlace(nowhere));
const named =
  (number: number, value: string): Build =>
  (nowhere) =>
    joined(place(nowhere), text(number, value));
const snapshot = named(3, 'snap');
const twoSnapshots: Build = (nowhere) => joined(snapshot(nowhere), text(4, 'snap-2'));
/** OzoneObj: a volume of the store OZONE, by its path. */
const volumeObject: Build = ({ volume }) => embedded(1, joined(numbered(1, 1), numbered(2, 1), text(3, `/${volume}`)));
/** OzoneAclInfo: user ann may do everything. */
const acl = (number: number): Uint8Array =>
  embedded(number, joined(numbered(1, 1), text(2, 'ann'), embedded(3, Buffer.of(0x80)), numbered(4, 0)));

/**
 * Commands of upstream that no rule speaks of: number of the field that holds the request, and the request. Names and numbers
 * are those of OmClientProtocol.proto 2.2.0, most of which this project's own proto files leave out.
 */
const FOREIGN = {
  CheckVolumeAccess: [13, ({ volume }) => joined(text(1, volume), acl(2))],
  InitiateMultiPartUpload: [45, keyArgs],
  CommitMultiPartUpload: [46, (nowhere) => joined(keyArgs(nowhere), numbered(2, 7))],
  CompleteMultiPartUpload: [47, keyArgs],
  AbortMultiPartUpload: [48, keyArgs],
  ListMultiPartUploadParts: [50, (nowhere) => joined(keyPlace(nowhere), text(4, 'upload'))],
  LookupFile: [73, keyArgs],
  AddAcl: [75, (nowhere) => joined(volumeObject(nowhere), acl(2))],
  RemoveAcl: [76, (nowhere) => joined(volumeObject(nowhere), acl(2))],
  SetAcl: [77, (nowhere) => joined(volumeObject(nowhere), acl(2))],
  GetAcl: [78, volumeObject],
  ListMultipartUploads: [83, named(3, 'k')],
  RevokeS3Secret: [93, ({ key }) => text(1, key)],
  DeleteTenant: [97, ({ volume }) => text(1, volume)],
  TenantAssignUserAccessId: [100, ({ volume, key }) => joined(text(1, 'ann'), text(2, volume), text(3, key))],
  TenantRevokeUserAccessId: [101, ({ volume, key }) => joined(text(1, key), text(2, volume))],
  TenantAssignAdmin: [102, ({ volume, key }) => joined(text(1, key), text(2, volume))],
  TenantRevokeAdmin: [103, ({ volume, key }) => joined(text(1, key), text(2, volume))],
  TenantListUser: [105, ({ volume }) => text(1, volume)],
  SetS3Secret: [106, ({ key }) => joined(text(1, key), text(2, 'none'))],
  CreateSnapshot: [112, snapshot],
  ListSnapshot: [113, place],
  SnapshotDiff: [114, twoSnapshots],
  DeleteSnapshot: [115, snapshot],
  RecoverLease: [119, keyPlace],
  SetTimes: [
    120,
    (nowhere) => joined(keyArgs(nowhere), Writer.create().uint32(16).uint32(7).uint32(24).uint32(7).finish()),
  ],
  ListSnapshotDiffJobs: [122, place],
  CancelSnapshotDiff: [123, twoSnapshots],
  GetSnapshotInfo: [128, snapshot],
  RenameSnapshot: [129, twoSnapshots],
  GetObjectTagging: [140, keyArgs],
  PutObjectTagging: [141, keyArgs],
  DeleteObjectTagging: [142, keyArgs],
  StartQuotaRepair: [134, ({ volume, bucket }) => text(1, `/${volume}/${bucket}`)],
  SubmitSnapshotDiff: [144, twoSnapshots],
} as const satisfies Partial<Record<CommandName, readonly [field: number, build: Build]>>;

export type ForeignCommand = keyof typeof FOREIGN;
export const FOREIGN_COMMANDS = Object.keys(FOREIGN) as readonly ForeignCommand[];

/** Such a command, asked of a place where nothing is, as bytes. */
export function askedOfNothing(command: ForeignCommand, nowhere: Nowhere): Uint8Array {
  return askedOf(bare(command), command, nowhere);
}

/** Such a command, asked of a place, whatever is there, in an envelope that may carry a hint. */
export function askedOf(envelope: Request, command: ForeignCommand, place: Nowhere): Uint8Array {
  const [field, build] = FOREIGN[command];
  return joined(wholeMessage(envelope), embedded(field, build(place)));
}
