/**
 * One open connection to another node, whichever side dialled: frames out, with a count of what has not left yet, frames in,
 * and one notice when it is over. Who is at the other end, and what waits to be sent, is decided by the peer.
 */
import type { Frame } from './peer-wire.js';

/** The two kinds of gRPC streams, as far as a link uses them. */
export interface LinkStream {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  write(frame: Frame, done: () => void): boolean;
  on(event: string, listener: (...args: never[]) => void): unknown;
}

export interface LinkEvents {
  onFrame(frame: Frame): void;
  /** Some of what was sent has left this process. */
  onRoom(): void;
  /** Once, and nothing after it. */
  onDown(why: string): void;
}

export class Link {
  readonly #stream: LinkStream;
  readonly #end: (error?: Error) => void;
  #events: LinkEvents | undefined;
  #bytesInFlight = 0;

  /** `end` ends the stream from this side, with the reason if there is one that the other side should know. */
  constructor(stream: LinkStream, end: (error?: Error) => void, events: LinkEvents) {
    this.#stream = stream;
    this.#end = end;
    this.#events = events;
    stream.on('data', (frame: Frame) => this.#events?.onFrame(frame));
    stream.on('error', (error: Error) => this.#down(error.message));
    stream.on('end', () => this.#down('the other side ended it'));
    stream.on('close', () => this.#down('it was closed'));
    stream.on('cancelled', () => this.#down('the other side is gone'));
  }

  /** Bytes that were handed over and have not left this process: the other side, or the network, is slower. */
  get bytesInFlight(): number {
    return this.#bytesInFlight;
  }

  send(frame: Frame, bytes: number): void {
    if (this.#events === undefined || this.#stream.destroyed || this.#stream.writableEnded) return;
    this.#bytesInFlight += bytes;
    this.#stream.write(frame, () => {
      this.#bytesInFlight -= bytes;
      this.#events?.onRoom();
    });
  }

  close(error?: Error): void {
    if (this.#events === undefined) return;
    // The stream's own notices still come, and go nowhere.
    this.#events = undefined;
    this.#end(error);
  }

  #down(why: string): void {
    const events = this.#events;
    this.close();
    events?.onDown(why);
  }
}
