/** Puts an answer in its envelope, the parts of OMResponse that every answer has (W-1, W-2). Pure. */
import { hadoop } from '#proto';
import type { Answer, OMRequest, OMResponse } from '../namespace/command.js';

/** Without what the answer has as bytes: that goes behind it, where to a reader it is the same message. */
export function envelope(request: OMRequest, answer: Answer, raftLeader: string | undefined): OMResponse {
  return {
    cmdType: request.cmdType,
    // Upstream repeats it, and writes an empty one when there was none.
    traceID: request.traceID ?? '',
    success: answer.status === hadoop.ozone.Status.OK,
    status: answer.status,
    ...(answer.message === undefined ? {} : { message: answer.message }),
    ...(raftLeader === undefined ? {} : { leaderOMNodeId: raftLeader }),
    ...(answer.encoded === undefined ? answer.body : {}),
  };
}
