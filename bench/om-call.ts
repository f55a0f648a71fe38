/**
 * A bare OM client for torture runs: one request to one node, and what is known about it afterwards. It follows no
 * redirect and repeats nothing; the workload decides.
 */
import { Client, credentials, status as grpcStatus } from '@grpc/grpc-js';
import { hadoop } from '#proto';
import { SUBMIT_REQUEST } from '../kit/wire/client.js';

const { OMRequest, OMResponse } = hadoop.ozone;

export type Said =
  | { readonly kind: 'answer'; readonly response: hadoop.ozone.OMResponse }
  /** The server said that this attempt proposed nothing (`om-outcome: none`). */
  | { readonly kind: 'nothing'; readonly details: string }
  /** Refused or unanswered, and it may have happened. */
  | { readonly kind: 'unknown'; readonly details: string };

// A node that was killed comes back within milliseconds here; grpc-js would by default not look again for a second.
const CHANNEL = { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 100 };

export class OmCaller {
  readonly #clients = new Map<string, Client>();

  call(
    address: string,
    request: Omit<hadoop.ozone.OMRequest.$Properties, 'clientId'>,
    deadlineMs = 5000,
  ): Promise<Said> {
    let client = this.#clients.get(address);
    if (client === undefined) {
      client = new Client(address, credentials.createInsecure(), CHANNEL);
      this.#clients.set(address, client);
    }
    const via = client;
    return new Promise((resolve) => {
      via.makeUnaryRequest<Uint8Array, Buffer>(
        SUBMIT_REQUEST,
        (bytes) => Buffer.from(bytes),
        (bytes) => bytes,
        OMRequest.encode({ ...request, clientId: 'torture', version: 3 }).finish(),
        { deadline: Date.now() + deadlineMs },
        (error, answer) => {
          if (error === null && answer !== undefined) {
            return resolve({ kind: 'answer', response: OMResponse.decode(answer) });
          }
          const details = `${grpcStatus[error?.code ?? grpcStatus.UNKNOWN]}: ${error?.details}`;
          const nothing = error?.metadata?.get('om-outcome').includes('none') ?? false;
          resolve({ kind: nothing ? 'nothing' : 'unknown', details });
        },
      );
    });
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}
