/**
 * Every command there is, asked for with every hint there is (RC-6): requests that a leader would carry out, so that a follower
 * that carries one out leaves a trace. Where this project's protocol has a command's message it is well-formed; the commands of
 * upstream that no rule speaks of are written as bytes, and those that need a whole cluster to mean anything come bare.
 */
import { hadoop } from '#proto';
import type { RunContext } from '../run/context.js';
import { accepted } from '../run/leader.js';
import { CLIENT_VERSION } from '../wire/client.js';
import type { CallOptions, OMRequest, Outcome, ReadHint } from '../wire/outcome.js';
import { echoWrite, serviceList } from '../wire/requests.js';
import { askedOf, bare, type CommandName, FOREIGN_COMMANDS, type ForeignCommand } from './command-message.js';
import type { LeaderLine } from './leader-line.js';
import type { ScenarioNames } from './names.js';
import { type Operation, pageRequest, type Request, requestOf } from './operation.js';

const { ReadConsistencyProto, SafeMode, Type } = hadoop.ozone;

type Hint = NonNullable<OMRequest['readConsistencyHint']>;

/** 2^64−1 is −1 on the wire: no limit. */
export const NO_LIMIT = 2n ** 64n - 1n;
/** The weakest there is: any node may answer, however old what it has is. */
export const LEASE_WITHOUT_LIMITS: Hint = {
  readConsistency: ReadConsistencyProto.LOCAL_LEASE,
  localLeaseContext: { logLimit: NO_LIMIT, leaseTimeMs: NO_LIMIT },
};

const EVERY_HINT: readonly (Hint | undefined)[] = [
  undefined,
  { readConsistency: ReadConsistencyProto.DEFAULT },
  { readConsistency: ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY },
  { readConsistency: ReadConsistencyProto.LINEARIZABLE_ALLOW_FOLLOWER },
  LEASE_WITHOUT_LIMITS,
];

/** What the scenario has: names are those on the wire. */
export interface There {
  /** It holds the bucket. */
  readonly volume: string;
  /** It holds the key. */
  readonly bucket: string;
  readonly key: string;
  /** A volume that nothing would keep from being deleted. */
  readonly empty: string;
  /** Starts the names of the scenario's volumes. */
  readonly prefix: string;
}

type Make = (there: There) => Operation | Request;

/** Commands of which this project's protocol has the message. */
const OWN: Partial<Record<CommandName, Make>> = {
  CreateVolume: ({ prefix }) => ({ kind: 'create-volume', volume: `${prefix}new`, owner: 'ann', quota: undefined }),
  SetVolumeProperty: ({ volume }) => ({ kind: 'set-owner', volume, owner: 'cid' }),
  InfoVolume: ({ volume }) => ({ kind: 'read-volume', volume }),
  DeleteVolume: ({ empty }) => ({ kind: 'delete-volume', volume: empty }),
  ListVolume: ({ prefix }) => pageRequest(prefix, undefined, 10),
  CreateBucket: ({ volume, bucket }) => ({ kind: 'create-bucket', volume, bucket: `${bucket}-new` }),
  InfoBucket: ({ volume, bucket }) => ({ kind: 'read-bucket', volume, bucket }),
  SetBucketProperty: ({ volume, bucket }) => ({
    kind: 'change-bucket',
    volume,
    bucket,
    properties: { versioning: true },
  }),
  DeleteBucket: ({ volume, bucket }) => ({ kind: 'delete-bucket', volume, bucket }),
  ListBuckets: ({ volume }) => ({ kind: 'list-buckets', volume }),
  CreateKey: (there) => ({ kind: 'open-key', ...placeOf(there), key: `${there.key}-new` }),
  CommitKey: (there) => ({ kind: 'commit-key', ...placeOf(there), clientId: 7n }),
  LookupKey: (there) => ({ kind: 'look-up-key', ...placeOf(there) }),
  GetKeyInfo: (there) => ({ kind: 'read-key', ...placeOf(there) }),
  RenameKey: (there) => ({ kind: 'rename-key', ...placeOf(there), to: `${there.key}-new` }),
  DeleteKey: (there) => ({ kind: 'delete-key', ...placeOf(there) }),
  DeleteKeys: ({ volume, bucket, key }) => ({ kind: 'delete-keys', volume, bucket, keys: [key] }),
  RenameKeys: ({ volume, bucket, key }) => ({
    kind: 'rename-keys',
    volume,
    bucket,
    renamings: [{ from: key, to: `${key}-new` }],
  }),
  ListKeys: ({ volume, bucket }) => ({ kind: 'list-keys', volume, bucket, count: 10 }),
  ListKeysLight: ({ volume, bucket }) => ({ kind: 'list-keys-light', volume, bucket, count: 10 }),
  AllocateBlock: (there) => ({ kind: 'allocate-block', ...placeOf(there), clientId: 7n }),
  GetFileStatus: (there) => ({ kind: 'read-status', ...placeOf(there) }),
  CreateDirectory: (there) => ({ kind: 'create-directory', ...placeOf(there), key: `${there.key}-new` }),
  CreateFile: (there) => ({
    kind: 'create-file',
    ...placeOf(there),
    key: `${there.key}-new`,
    withParents: true,
    inPlace: true,
    bytes: 0n,
  }),
  ListStatus: (there) => ({ kind: 'list-status', ...placeOf(there), key: '' }),
  ServiceList: () => serviceList,
  DBUpdates: () => ({ cmdType: Type.DBUpdates, dbUpdatesRequest: { sequenceNumber: 0n } }),
  FinalizeUpgrade: () => ({ cmdType: Type.FinalizeUpgrade, finalizeUpgradeRequest: { upgradeClientId: 'omc' } }),
  FinalizeUpgradeProgress: () => ({
    cmdType: Type.FinalizeUpgradeProgress,
    finalizeUpgradeProgressRequest: { upgradeClientId: 'omc', readonly: true },
  }),
  PrepareStatus: () => ({ cmdType: Type.PrepareStatus, prepareStatusRequest: { txnID: 1n } }),
  EchoRPC: () => echoWrite,
  // A node that there is not: the leadership stays where it is.
  TransferLeadership: () => ({
    cmdType: Type.TransferLeadership,
    TransferOmLeadershipRequest: { newLeaderId: 'omc-nobody' },
  }),
  SetSafeMode: () => ({ cmdType: Type.SetSafeMode, SetSafeModeRequest: { safeMode: SafeMode.ENTER } }),
};

function placeOf({ volume, bucket, key }: There) {
  return { volume, bucket, key };
}

const foreign: ReadonlySet<CommandName> = new Set<CommandName>(FOREIGN_COMMANDS);
const isForeign = (command: CommandName): command is ForeignCommand => foreign.has(command);

/** One command with one hint, or with none. */
export function askedCommand(
  command: CommandName,
  there: There,
  hint: Hint | undefined,
): { readonly request: Request; readonly options: CallOptions } {
  const made = OWN[command]?.(there) ?? bare(command);
  const plain = 'kind' in made ? requestOf(made) : made;
  const request = hint === undefined ? plain : { ...plain, readConsistencyHint: hint };
  if (!isForeign(command)) return { request, options: {} };
  // An old client is refused some of them before anybody asks who leads.
  return { request, options: { message: askedOf({ ...request, version: CLIENT_VERSION }, command, there) } };
}

/** Each command, with each hint, on each of the nodes, one command after the other. */
export async function askWithEveryHint(
  run: RunContext,
  line: LeaderLine,
  names: ScenarioNames,
  { commands, nodes }: { readonly commands: readonly CommandName[]; readonly nodes: readonly string[] },
): Promise<Outcome[]> {
  const there = thereIn(names);
  const outcomes: Outcome[] = [];
  for (const command of commands) {
    const calls = nodes.flatMap((node) => EVERY_HINT.map((hint) => ({ node, ...askedCommand(command, there, hint) })));
    const said = await Promise.all(calls.map(({ node, request, options }) => run.client.call(node, request, options)));
    // A node that had just become the leader would keep all writes off until this.
    if (command === 'Prepare' && said.some(accepted)) await line.send(bare('CancelPrepare'));
    outcomes.push(...said);
  }
  return outcomes;
}

/** Each command, with one hint, on each of the nodes. */
export async function askWithHint(
  run: RunContext,
  names: ScenarioNames,
  asked: { readonly commands: readonly CommandName[]; readonly nodes: readonly string[]; readonly hint: ReadHint },
): Promise<Outcome[]> {
  const hint = { readConsistency: ReadConsistencyProto[asked.hint] };
  return await Promise.all(
    asked.nodes.flatMap((node) =>
      asked.commands.map((command) => {
        const { request, options } = askedCommand(command, thereIn(names), hint);
        return run.client.call(node, request, options);
      }),
    ),
  );
}

/** What the Givens of RC-6 and FR-ADMIT-3 make. */
export function thereIn(names: ScenarioNames): There {
  const alpha = names.volume('alpha');
  return {
    volume: alpha,
    bucket: names.bucket('box'),
    key: 'a',
    empty: names.volume('beta'),
    prefix: names.volumePrefix,
  };
}
