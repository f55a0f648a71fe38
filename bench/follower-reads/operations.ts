/** The reads of this section: of one volume, with a state id, without one, or under a hint that asks for no state at all. */
import { hadoop } from '#proto';
import { LEASE_WITHOUT_LIMITS } from '../../kit/scenario/asked-commands.js';
import { encode } from '../../kit/wire/plain.js';
import type { Operation } from '../caller.js';
import { encoded, omOperation } from '../om-operation.js';
import type { Written } from './cluster.js';

const { OMRequest, Type } = hadoop.ozone;

const ECHO_READ = encoded({ cmdType: Type.EchoRPC, EchoRPCRequest: { readOnly: true } });
const MSYNC = encoded({ cmdType: Type.Msync, msyncRequest: {} });

export function echoRead(address: string): Operation {
  return omOperation('EchoRPC read', address, () => ECHO_READ);
}

export function msync(address: string): Operation {
  return omOperation('Msync', address, () => MSYNC);
}

/** Answered by a node that has applied what `written` was, and by no other. */
export function alignedRead(name: string, address: Operation['address'], written: Written): Operation {
  return { ...plainRead(name, address, written), metadata: { 'om-state-id': written.stateId } };
}

/** Answered by a leader alone. */
export function plainRead(name: string, address: Operation['address'], { volume }: Written): Operation {
  const request = encoded({ cmdType: Type.InfoVolume, infoVolumeRequest: { volumeName: volume } });
  return omOperation(name, address, () => request);
}

/** Each node answers from what it has, as if there were no other (LOCAL_LEASE without limits, RC-4). */
export function independentRead(name: string, address: Operation['address'], { volume }: Written): Operation {
  const request = encode(OMRequest, {
    cmdType: Type.InfoVolume,
    clientId: 'bench',
    version: 3,
    infoVolumeRequest: { volumeName: volume },
    readConsistencyHint: LEASE_WITHOUT_LIMITS,
  });
  return omOperation(name, address, () => request);
}
