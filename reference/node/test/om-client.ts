/** A gRPC client of one node for tests: plain objects in and out, refusals as values. */
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import type { OMRequest, OMResponse } from '../../namespace/command.js';
import { OM_SERVICE_NAME } from '../../service/om-service.js';
import { decode, encode } from '../../wire/plain.js';

const { Type, ReadConsistencyProto, Status } = hadoop.ozone;
export type Hint = keyof typeof ReadConsistencyProto;

export type Outcome =
  | { readonly kind: 'answer'; readonly response: OMResponse; readonly status: string; readonly trailers: Metadata }
  | { readonly kind: 'refusal'; readonly code: number; readonly details: string; readonly trailers: Metadata };

const SUBMIT_REQUEST = `/${OM_SERVICE_NAME}/submitRequest`;

export interface CallOptions {
  readonly deadlineMs?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export class OmClient {
  readonly #client: Client;

  constructor(address: string) {
    this.#client = new Client(address, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 20,
      'grpc.max_reconnect_backoff_ms': 50,
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
    });
  }

  call(request: Partial<OMRequest>, options: CallOptions = {}) {
    const full = { cmdType: Type.EchoRPC, clientId: 'test', version: 3, ...request };
    return this.raw(encode(hadoop.ozone.OMRequest, full), options);
  }

  raw(
    bytes: Uint8Array,
    { deadlineMs = 5000, metadata = {}, path = SUBMIT_REQUEST }: CallOptions & { path?: string } = {},
  ): Promise<Outcome> {
    const headers = new Metadata();
    for (const [key, value] of Object.entries(metadata)) headers.set(key, value);
    return new Promise((resolve) => {
      let trailers = new Metadata();
      const call = this.#client.makeUnaryRequest(
        path,
        (message: Buffer) => message,
        (message: Buffer) => message,
        Buffer.from(bytes),
        headers,
        { deadline: Date.now() + deadlineMs },
        (error: ServiceError | null, answer?: Buffer) => {
          if (error !== null) {
            resolve({ kind: 'refusal', code: error.code, details: error.details, trailers: error.metadata });
            return;
          }
          // The status, with the trailers, comes after the message.
          setImmediate(() => {
            const response = decode(hadoop.ozone.OMResponse, answer ?? Buffer.alloc(0));
            resolve({ kind: 'answer', response, status: Status[response.status] ?? '', trailers });
          });
        },
      );
      call.on('status', (status) => {
        trailers = status.metadata;
      });
    });
  }

  /** Another method of the node, bytes in and out. */
  rawBytes(bytes: Uint8Array, path: string): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const asIs = (message: Buffer) => message;
      this.#client.makeUnaryRequest(path, asIs, asIs, Buffer.from(bytes), (error, answer) => {
        if (error !== null) reject(error);
        else resolve(answer ?? Buffer.alloc(0));
      });
    });
  }

  echo(options: CallOptions & { readOnly?: boolean } = {}) {
    return this.call({ EchoRPCRequest: { readOnly: options.readOnly ?? false } }, options);
  }

  createVolume(volume: string, options: CallOptions = {}) {
    return this.call(
      {
        cmdType: Type.CreateVolume,
        userInfo: { userName: 'ann' },
        createVolumeRequest: { volumeInfo: { adminName: 'ann', ownerName: 'ann', volume } },
      },
      options,
    );
  }

  infoVolume(volumeName: string, hint?: Hint, options: CallOptions = {}) {
    return this.call(
      {
        cmdType: Type.InfoVolume,
        infoVolumeRequest: { volumeName },
        ...(hint === undefined ? {} : { readConsistencyHint: { readConsistency: ReadConsistencyProto[hint] } }),
      },
      options,
    );
  }

  close(): void {
    this.#client.close();
  }
}

/** `OK`, another status, or the simple name of the exception class. */
export function word(outcome: Outcome): string {
  if (outcome.kind === 'answer') return outcome.status;
  return /^(?:[\w.]+\.)?(\w+)(?::|$)/.exec(outcome.details)?.[1] ?? outcome.details;
}

/** What the answering node said of its state: the entry of group main in `om-state-id`; undefined when it said nothing. */
export function stateId(outcome: Outcome): bigint | undefined {
  const [value] = outcome.trailers.get('om-state-id').map(String);
  return value === undefined ? undefined : BigInt(/^main:(\d+)$/.exec(value)?.[1] ?? Number.NaN);
}
