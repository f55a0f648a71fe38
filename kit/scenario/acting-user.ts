/** Requests made for a user, with the headers of metadata that say where he is, all of them or not (W-10). Pure. */
import type { CallOptions } from '../wire/outcome.js';
import type { Request } from './operation.js';

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

export interface ActingRequest {
  readonly request: Request;
  readonly options: Pick<CallOptions, 'metadata'>;
}

export function actingAs(request: Request, userName: string, headers: AddressHeaders): ActingRequest {
  return { request: { ...request, userInfo: { userName } }, options: { metadata: HEADERS[headers] } };
}
