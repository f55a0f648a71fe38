/** Asks a node over gRPC, as any client would: whether it takes a write, and whom it holds for the leader. */
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { OMRequest } from '../namespace/command.js';
import { OM_SERVICE_NAME } from '../service/om-service.js';
import { decode, encode } from '../wire/plain.js';

const { OMRequest: RequestType, OMResponse, Status, Type, ReadConsistencyProto } = hadoop.ozone;

export type ProbeAnswer =
  | { readonly kind: 'leads' }
  | { readonly kind: 'says'; readonly details: string }
  | { readonly kind: 'silent'; readonly details: string };

export class OmProbe {
  readonly #client: Client;

  constructor(readonly address: string) {
    this.#client = new Client(address, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 200,
    });
  }

  /** A write without effect on any table, through Raft. */
  write(deadlineMs: number): Promise<ProbeAnswer> {
    return this.#ask(
      { cmdType: Type.EchoRPC, clientId: 'om-reference', version: 3, EchoRPCRequest: { readOnly: false } },
      deadlineMs,
    );
  }

  /** A linearizable read of a volume that no name can have: the leader alone answers it, and nothing is changed. */
  leads(deadlineMs: number): Promise<ProbeAnswer> {
    return this.#ask(
      {
        cmdType: Type.InfoVolume,
        clientId: 'om-reference',
        version: 3,
        readConsistencyHint: { readConsistency: ReadConsistencyProto.LINEARIZABLE_LEADER_ONLY },
        infoVolumeRequest: { volumeName: '.' },
      },
      deadlineMs,
    );
  }

  close(): void {
    this.#client.close();
  }

  #ask(request: OMRequest, deadlineMs: number): Promise<ProbeAnswer> {
    const bytes = Buffer.from(encode(RequestType, request));
    return new Promise((resolve) => {
      this.#client.makeUnaryRequest(
        `/${OM_SERVICE_NAME}/submitRequest`,
        (message: Buffer) => message,
        (message: Buffer) => message,
        bytes,
        { deadline: Date.now() + deadlineMs },
        (error: ServiceError | null, answer?: Buffer) => {
          if (error !== null) resolve({ kind: error.code === 13 ? 'says' : 'silent', details: error.details });
          else resolve(read(request, answer ?? Buffer.alloc(0)));
        },
      );
    });
  }
}

function read(request: OMRequest, bytes: Uint8Array): ProbeAnswer {
  const { status } = decode(OMResponse, bytes);
  const expected = request.cmdType === Type.EchoRPC ? status === Status.OK : true;
  return expected ? { kind: 'leads' } : { kind: 'says', details: Status[status] ?? String(status) };
}
