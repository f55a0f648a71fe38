/**
 * The one question that nodes ask each other outside of their streams: as whom are you known. Carries it and checks who asks;
 * what is answered is the node's to decide.
 */
import { Client, credentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { ReferenceFailure } from '../../errors.js';
import { type ExpectedPeer, judgeHello } from './hello.js';
import { channelOptions, peerService, type StandingQuestion, type WireStanding } from './peer-wire.js';
import type { Timer } from './timing.js';

const ANSWER_WITHIN_MS = 1000;
const FAILED_PRECONDITION = 9;

/** Who asks, verified. */
export interface Asking {
  readonly from: string;
  readonly group: string;
  readonly directory: string;
}

/** Rejects with `PEER_UNREACHABLE`. */
export async function askStanding(address: string, question: StandingQuestion, timer: Timer): Promise<WireStanding> {
  const client = new Client(address, credentials.createInsecure(), channelOptions);
  const { path, requestSerialize, responseDeserialize } = peerService.Standing;
  try {
    return await new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(path, requestSerialize, responseDeserialize, question, (error, answer) => {
        stop();
        if (error === null && answer !== undefined) resolve(answer);
        else reject(new ReferenceFailure('PEER_UNREACHABLE', `${address}: ${error?.message ?? 'no answer'}`));
      });
      const stop = timer.after(ANSWER_WITHIN_MS, () => call.cancel());
    });
  } finally {
    client.close();
  }
}

/** Serves one call of the method Standing. */
export function serveStanding(
  call: ServerUnaryCall<StandingQuestion, WireStanding>,
  answer: sendUnaryData<WireStanding>,
  options: { readonly expected: ExpectedPeer; readonly onAsked: (asking: Asking) => Promise<WireStanding> },
): void {
  const { hello, group, directory } = call.request;
  Promise.resolve()
    .then(() =>
      options.onAsked({ from: judgeHello(hello, options.expected), group: group ?? '', directory: directory ?? '' }),
    )
    .then(
      (known) => answer(null, known),
      (error: unknown) => answer({ code: FAILED_PRECONDITION, details: error instanceof Error ? error.message : '' }),
    );
}
