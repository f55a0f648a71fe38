/**
 * The side that is dialled: waits for the hello of a stream that another node has opened, answers it, or refuses it by name.
 */
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import { type ExpectedPeer, judgeHello } from './hello.js';
import { Link } from './link.js';
import type { Frame, WireHello } from './peer-wire.js';
import type { Timer } from './timing.js';

export interface AcceptOptions {
  readonly hello: WireHello;
  /** Without the address, which the stream knows. */
  readonly expected: Omit<ExpectedPeer, 'at'>;
  readonly timer: Timer;
  readonly helloTimeoutMs: number;
  onConnected(node: string, link: Link): void;
  onFrame(node: string, frame: Frame): void;
  onRoom(node: string): void;
  onLost(node: string, link: Link, why: string): void;
  onRefused(failure: ReferenceFailure): void;
}

/** gRPC status of a refused hello, which the dialler takes for final until somebody changes a configuration. */
const FAILED_PRECONDITION = 9;

export function accept(stream: ServerDuplexStream<Frame, Frame>, options: AcceptOptions): Link {
  let node: string | undefined;
  const at = hostOf(stream.getPeer());
  const end = (error?: Error): void => {
    if (error === undefined) stream.destroy();
    else stream.emit('error', { code: FAILED_PRECONDITION, details: error.message });
  };
  const refuse = (failure: ReferenceFailure): void => {
    cancelTimer();
    link.close(new Error(failure.found));
    options.onRefused(failure);
  };
  const greet = (frame: Frame): void => {
    try {
      node = judgeHello(frame.hello, { ...options.expected, at });
    } catch (error) {
      if (!(error instanceof ReferenceFailure)) throw error;
      refuse(error);
      return;
    }
    cancelTimer();
    link.send({ hello: options.hello }, 0);
    options.onConnected(node, link);
  };
  const link: Link = new Link(stream, end, {
    onFrame: (frame) => (node === undefined ? greet(frame) : options.onFrame(node, frame)),
    onRoom: () => node !== undefined && options.onRoom(node),
    onDown: (why) => {
      cancelTimer();
      if (node !== undefined) options.onLost(node, link, why);
    },
  });
  const cancelTimer = options.timer.after(options.helloTimeoutMs, () =>
    refuse(new ReferenceFailure('PEER_PROTOCOL', `${at} said no hello within ${options.helloTimeoutMs} ms`)),
  );
  return link;
}

/** Without the port, which is another one for each attempt. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}
