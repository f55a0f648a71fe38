/**
 * EchoRPC: an answer of the size that was asked for, as a read that any node answers at once, or as a write that goes through
 * the log and changes nothing. Decides the size that it still serves.
 */
import { hadoop } from '#proto';
import { ok, refusal, Status } from '../../answers.js';
import type { Answer, OMRequest, ReadCommand, WriteCommand } from '../../command.js';

const { EchoRPC } = hadoop.ozone.Type;

/** As a read it leaves this node only. */
export const MAX_READ_PAYLOAD_BYTES = 8 << 20;
/** As a write it stands in the log of every node, so less of it is served. */
export const MAX_WRITE_PAYLOAD_BYTES = 1 << 20;

function isRead(request: OMRequest): boolean {
  return request.EchoRPCRequest?.readOnly ?? true;
}

function echo(request: OMRequest): Answer {
  return ok({ EchoRPCResponse: { payload: new Uint8Array(request.EchoRPCRequest?.payloadSizeResp ?? 0) } });
}

function sizeFault(request: OMRequest, maxBytes: number): Answer | undefined {
  const bytes = request.EchoRPCRequest?.payloadSizeResp ?? 0;
  if (bytes >= 0 && bytes <= maxBytes) return undefined;
  return refusal(Status.INVALID_REQUEST, `payloadSizeResp must be between 0 and ${maxBytes} bytes, found ${bytes}`);
}

export const echoRead: ReadCommand = {
  type: EchoRPC,
  readClass: 'uncoordinated',
  serves: isRead,
  answer: (_view, request) => sizeFault(request, MAX_READ_PAYLOAD_BYTES) ?? echo(request),
};

export const echoWrite: WriteCommand = {
  type: EchoRPC,
  readClass: 'leader-only',
  serves: (request) => !isRead(request),
  validate: (request) => sizeFault(request, MAX_WRITE_PAYLOAD_BYTES),
  locks: () => [],
  plan: (_view, request) => ({ operations: [], answer: echo(request) }),
};
