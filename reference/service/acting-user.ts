/** Who acts in a write: a pure decision from the request and its metadata (W-10, docs/spec/wire-binding.md §2). */
import type { OMRequest } from '../namespace/command.js';

export interface CallerAddress {
  readonly hostname: string | undefined;
  readonly ip: string | undefined;
}

/** The request's user counts only when both address headers came with it; else the node's own user acts, as upstream. */
export function actingUser(request: OMRequest, caller: CallerAddress, processUser: string): string {
  const named = request.userInfo?.userName;
  return named && caller.hostname && caller.ip ? named : processUser;
}
