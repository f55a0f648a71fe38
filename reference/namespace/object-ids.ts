/** Ids that one plan gives to several new things: consecutive in the eight bits that are reserved for that, as upstream. */
import type { PlanContext } from './command.js';

/** Ids that a plan has besides `context.objectId` itself. */
export const MAX_FURTHER_OBJECTS = 255;

/** The id of the plan's n-th new object, n from 0; a command refuses a request that would need more than there are. */
export function newObjectId(context: PlanContext, n: number): bigint {
  if (!Number.isInteger(n) || n < 0 || n > MAX_FURTHER_OBJECTS) {
    throw new Error(`a plan has ids 0 to ${MAX_FURTHER_OBJECTS}, not ${n}`);
  }
  return context.objectId + BigInt(n);
}

/** Names an open session: positive as upstream's, and no two plans give the same. */
export function newClientId(context: PlanContext): bigint {
  return BigInt.asUintN(63, context.objectId);
}

/** Whether an object id was given by the plan that opened this session. */
export function isOwnId(clientId: bigint, objectId: bigint): boolean {
  return BigInt.asUintN(63, objectId) >> 8n === clientId >> 8n;
}
