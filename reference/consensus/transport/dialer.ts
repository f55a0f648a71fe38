/**
 * Keeps a connection to one node of a higher number: dials, says hello, and dials again after a pause that doubles while it
 * fails. What is sent over the connection is decided by the peer.
 */
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import { type ExpectedPeer, judgeHello } from './hello.js';
import { Link } from './link.js';
import { channelOptions, type Frame, peerService, type WireHello } from './peer-wire.js';
import { Backoff, type Timer } from './timing.js';

export interface DialerOptions {
  readonly address: string;
  readonly hello: WireHello;
  readonly expected: ExpectedPeer;
  readonly timer: Timer;
  readonly helloTimeoutMs: number;
  onConnected(link: Link): void;
  onFrame(frame: Frame): void;
  onRoom(): void;
  /** `failure` when the other side is not who it should be, on its word or ours. */
  onLost(link: Link, why: string, failure: ReferenceFailure | undefined): void;
}

/** Well below an election time-out: a node that comes back waits until it is dialled. */
const MAX_PAUSE_MS = 250;
/** gRPC status with which the accepting side refuses a hello. */
const FAILED_PRECONDITION = 9;

export class Dialer {
  readonly #options: DialerOptions;
  readonly #backoff = new Backoff(50, MAX_PAUSE_MS);
  #cancelTimer: (() => void) | undefined;
  #client: Client | undefined;
  #link: Link | undefined;
  #closed = false;

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  dial(): void {
    const { address, hello, expected, timer, helloTimeoutMs } = this.#options;
    const client = new Client(address, credentials.createInsecure(), channelOptions);
    const { path, requestSerialize, responseDeserialize } = peerService.Connect;
    const call: ClientDuplexStream<Frame, Frame> = client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
    );
    let greeted = false;
    let refusal: ReferenceFailure | undefined;
    call.on('error', (error: Error & { code?: number; details?: string }) => {
      if (error.code === FAILED_PRECONDITION) {
        refusal = new ReferenceFailure('PEER_REFUSED', `${expected.at} refused this node: ${error.details ?? ''}`);
      }
    });
    const link: Link = new Link(call, () => call.cancel(), {
      onFrame: (frame) => {
        if (greeted) {
          this.#options.onFrame(frame);
          return;
        }
        try {
          judgeHello(frame.hello, expected);
        } catch (error) {
          if (!(error instanceof ReferenceFailure)) throw error;
          link.close();
          this.#lost(link, error.found, error);
          return;
        }
        greeted = true;
        this.#cancelTimer?.();
        this.#backoff.reset();
        this.#options.onConnected(link);
      },
      onRoom: () => this.#options.onRoom(),
      onDown: (why) => this.#lost(link, why, refusal),
    });
    this.#client = client;
    this.#link = link;
    this.#cancelTimer = timer.after(helloTimeoutMs, () => {
      link.close();
      this.#lost(link, `no hello within ${helloTimeoutMs} ms`, undefined);
    });
    link.send({ hello }, 0);
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#link?.close();
    this.#client?.close();
  }

  #lost(link: Link, why: string, failure: ReferenceFailure | undefined): void {
    if (this.#closed || this.#link !== link) return;
    this.#link = undefined;
    this.#cancelTimer?.();
    this.#client?.close();
    this.#cancelTimer = this.#options.timer.after(this.#backoff.nextMs(), () => this.dial());
    this.#options.onLost(link, why, failure);
  }
}
