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

  call(request: Partial<OMRequest>, options: { deadlineMs?: number; metadata?: Record<string, string> } = {}) {
    const full = { cmdType: Type.EchoRPC, clientId: 'test', version: 3, ...request };
    return this.raw(encode(hadoop.ozone.OMRequest, full), options);
  }

  raw(
    bytes: Uint8Array,
    {
      deadlineMs = 5000,
      metadata = {},
      path = `/${OM_SERVICE_NAME}/submitRequest`,
    }: { deadlineMs?: number; metadata?: Record<string, string>; path?: string } = {},
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

  echo(options: { readOnly?: boolean; deadlineMs?: number } = {}) {
    return this.call({ EchoRPCRequest: { readOnly: options.readOnly ?? false } }, options);
  }

  createVolume(volume: string, options: { deadlineMs?: number; metadata?: Record<string, string> } = {}) {
    return this.call(
      {
        cmdType: Type.CreateVolume,
        userInfo: { userName: 'ann' },
        createVolumeRequest: { volumeInfo: { adminName: 'ann', ownerName: 'ann', volume } },
      },
      options,
    );
  }

  infoVolume(volumeName: string, hint?: Hint, options: { deadlineMs?: number } = {}) {
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
