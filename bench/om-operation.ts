/** Requests to an OM as operations of the generator: sent as the bytes that they are, and good when they are answered OK. */
import { hadoop } from '#proto';
import { SUBMIT_REQUEST } from '../kit/wire/client.js';
import type { Operation } from './caller.js';
import { VALUE_BYTES } from './systems/system.js';

const { OMRequest, OMResponse, Status, Type } = hadoop.ozone;

/** What is asked, without who asks. */
export type Body = Omit<hadoop.ozone.OMRequest.$Properties, 'clientId' | 'version'>;

export function omOperation(
  name: string,
  address: Operation['address'],
  request: (n: number) => Uint8Array,
): Operation {
  return { name, address, path: SUBMIT_REQUEST, request, fault };
}

export function encoded(body: Body): Uint8Array {
  return OMRequest.encode({ ...body, clientId: 'bench', version: 3 }).finish();
}

function fault(answer: Buffer): string | undefined {
  const { status, message } = OMResponse.decode(answer);
  return status === Status.OK ? undefined : `${Status[status]}: ${message}`;
}

export function createVolume(volume: string, ownerName: string): Body {
  return { cmdType: Type.CreateVolume, createVolumeRequest: { volumeInfo: { adminName: 'bench', ownerName, volume } } };
}

/** Encoded once: what is sent is the same each time. */
const ECHO_WRITE = encoded({
  cmdType: Type.EchoRPC,
  EchoRPCRequest: { payloadReq: Buffer.alloc(VALUE_BYTES, 0x61), payloadSizeResp: 0, readOnly: false },
});

/** A Raft write without a change of state. */
export function echoWrite(address: string): Operation {
  return omOperation('echo-write', address, () => ECHO_WRITE);
}
