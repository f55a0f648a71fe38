/**
 * What a client can ask of the modelled namespace, in the model's own terms: short names of volumes, sessions by how long ago they
 * were opened, generations by what was seen. It leaves the wire to `request.ts` and the answers to `step.ts`.
 */

export interface BucketPlace {
  readonly volume: string;
  readonly bucket: string;
}

export interface KeyPlace extends BucketPlace {
  readonly key: string;
}

export type Layout = 'OBJECT_STORE' | 'FILE_SYSTEM_OPTIMIZED';
export type Replication = 'RATIS/ONE' | 'RATIS/THREE';
export type Pairs = Readonly<Record<string, string>>;

/** The generation that a conditional create expects: the one seen last, none at all, or one that no key ever had. */
export type Expectation = 'seen' | 'absent' | 'never';

interface Quotas {
  readonly quotaInBytes?: bigint;
  readonly quotaInNamespace?: bigint;
}

export type VolumeCommand =
  | ({ readonly kind: 'create-volume'; readonly volume: string; readonly owner: string } & Quotas)
  | ({ readonly kind: 'set-volume'; readonly volume: string; readonly owner?: string } & Quotas)
  | { readonly kind: 'info-volume' | 'delete-volume'; readonly volume: string };

export interface NewBucket extends BucketPlace, Quotas {
  readonly kind: 'create-bucket';
  readonly layout: Layout;
  readonly versioned: boolean;
  readonly owner?: string;
  readonly metadata: Pairs;
  /** Makes it a link. */
  readonly source?: BucketPlace;
}

export interface BucketChange extends BucketPlace, Quotas {
  readonly kind: 'set-bucket';
  readonly owner?: string;
  readonly versioned?: boolean;
  readonly ssd?: boolean;
  readonly metadata: Pairs;
}

export type BucketCommand =
  | NewBucket
  | BucketChange
  | ({ readonly kind: 'info-bucket' | 'delete-bucket' } & BucketPlace)
  | {
      readonly kind: 'list-buckets';
      readonly volume: string;
      readonly startKey: string;
      readonly prefix: string;
      readonly count: number;
    };

export interface NewKey extends KeyPlace {
  readonly kind: 'create-key';
  readonly owner?: string;
  readonly metadata: Pairs;
  readonly tags: Pairs;
  readonly replication: Replication;
  readonly expects?: Expectation;
  /** Above 0 it asks for blocks. */
  readonly dataSize: number;
}

export interface NewFile extends KeyPlace {
  readonly kind: 'create-file';
  readonly recursive: boolean;
  readonly overwrite: boolean;
  readonly dataSize: number;
}

/** Which session: 0 is the one opened last, 1 the one before it. There may be none. */
export interface Commit {
  readonly kind: 'commit-key';
  readonly session: number;
  /** Instead of where the session was opened. */
  readonly elsewhere?: KeyPlace;
  readonly metadata: Pairs;
  readonly dataSize: number;
}

export type SessionCommand =
  | NewKey
  | NewFile
  | Commit
  | { readonly kind: 'allocate-block'; readonly session: number; readonly elsewhere?: KeyPlace };

export type TagCommand =
  | ({ readonly kind: 'get-tags' | 'delete-tags' } & KeyPlace)
  | ({ readonly kind: 'put-tags'; readonly tags: Pairs } & KeyPlace);

export type KeyCommand =
  | TagCommand
  | ({ readonly kind: 'lookup-key' | 'get-key-info' } & KeyPlace)
  | ({ readonly kind: 'delete-key'; readonly recursive: boolean } & KeyPlace)
  | ({ readonly kind: 'delete-keys'; readonly keys: readonly string[] } & BucketPlace)
  | ({ readonly kind: 'rename-key'; readonly to: string } & KeyPlace)
  | ({
      readonly kind: 'rename-keys';
      readonly pairs: readonly { readonly from: string; readonly to: string }[];
    } & BucketPlace)
  | ({
      readonly kind: 'list-keys';
      readonly light: boolean;
      readonly startKey: string;
      readonly prefix: string;
      readonly count: number;
    } & BucketPlace);

export type FileCommand =
  | ({ readonly kind: 'create-directory' | 'get-file-status' } & KeyPlace)
  | ({ readonly kind: 'list-status'; readonly startKey: string; readonly entries: number } & KeyPlace);

export type Command = VolumeCommand | BucketCommand | SessionCommand | KeyCommand | FileCommand;

/** One line for people: `rename-key one/box/a to=b`. Fields that are absent or empty are left out. */
export function described(command: Command): string {
  const { kind, ...rest } = command;
  const fields: Record<string, unknown> = { ...rest };
  const place = ['volume', 'bucket', 'key']
    .filter((part) => fields[part] !== undefined)
    .map((part) => {
      const name = fields[part];
      delete fields[part];
      return part === 'key' ? JSON.stringify(name) : String(name);
    });
  const said = Object.entries(fields)
    .filter(([, value]) => value !== undefined && text(value) !== '{}')
    .map(([name, value]) => `${name}=${text(value)}`);
  return [kind, ...(place.length > 0 ? [place.join('/')] : []), ...said].join(' ');
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)) ?? '';
}
