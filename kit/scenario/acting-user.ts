/**
 * What a user makes, with the headers of metadata that say where he is, all of them or not (W-10). Whose it is then, is judged
 * elsewhere.
 */
import { hadoop } from '#proto';
import type { CallOptions, Outcome } from '../wire/outcome.js';
import type { LeaderLine } from './leader-line.js';
import type { Request } from './operation.js';

const { Type } = hadoop.ozone;
const { ReplicationFactor, ReplicationType } = hadoop.hdds;

const HOST = { client_hostname: 'client.example.org' };
const ADDRESS = { client_ip_address: '192.0.2.7' };

const HEADERS = {
  'both address headers': { ...HOST, ...ADDRESS },
  'the host name alone': HOST,
  'the IP address alone': ADDRESS,
  'no address header': {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type AddressHeaders = keyof typeof HEADERS;
export const ADDRESS_HEADERS = Object.keys(HEADERS) as readonly AddressHeaders[];

export const MADE = ['a key', 'a directory'] as const;
export type Made = (typeof MADE)[number];

/** The bucket that holds what is made; names are those on the wire. */
export interface Place {
  readonly volume: string;
  readonly bucket: string;
}

interface ActingRequest {
  readonly request: Request;
  readonly options: Pick<CallOptions, 'metadata'>;
}

/** The request made for a user. Pure. */
export function actingAs(request: Request, userName: string, headers: AddressHeaders): ActingRequest {
  return { request: { ...request, userInfo: { userName } }, options: { metadata: HEADERS[headers] } };
}

/** Makes it for a user, a key in two steps. Answers the outcome of the last step that was taken. */
export async function makeAs(
  line: LeaderLine,
  made: Made,
  place: Place,
  user: string,
  headers: AddressHeaders,
): Promise<Outcome> {
  const send = async (plain: Request): Promise<Outcome> => {
    const { request, options } = actingAs(plain, user, headers);
    return await line.send(request, options);
  };
  switch (made) {
    case 'a directory':
      return await send({ cmdType: Type.CreateDirectory, createDirectoryRequest: { keyArgs: argsOf(place) } });
    case 'a key': {
      const keyArgs = { ...argsOf(place), dataSize: 0n };
      const replicated = { type: ReplicationType.RATIS, factor: ReplicationFactor.ONE };
      const opened = await send({
        cmdType: Type.CreateKey,
        createKeyRequest: { keyArgs: { ...keyArgs, ...replicated } },
      });
      const session = opened.kind === 'answered' ? opened.response.createKeyResponse?.ID : undefined;
      if (session === undefined || session === null) return opened;
      return await send({ cmdType: Type.CommitKey, commitKeyRequest: { keyArgs, clientID: session } });
    }
  }
}

/** The read that shows whose it is. Pure. */
export function readOfMade(made: Made, place: Place): Request {
  switch (made) {
    case 'a key':
      return { cmdType: Type.GetKeyInfo, GetKeyInfoRequest: { keyArgs: argsOf(place) } };
    case 'a directory':
      return { cmdType: Type.GetFileStatus, getFileStatusRequest: { keyArgs: argsOf(place) } };
  }
}

function argsOf({ volume, bucket }: Place) {
  return { volumeName: volume, bucketName: bucket, keyName: 'made' };
}
