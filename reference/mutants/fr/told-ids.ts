/** Where the reference says a state id, for mutants that say another one. */

export const OM_SERVICE = 'reference/service/om-service.ts';
export const NEW_CALL = 'const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, options, callback);';
export const REFUSED = "if (reply.nothingProposed === true) trailers.set('om-outcome', 'none');";
export const ANSWERED = 'const response = envelope(this.request, reply.answer, reply.raftLeader);';
export const TOLD = 'return new Map([[replica.group, BigInt(replica.parts.stateIndex(replica))]]);';

/** A call whose answer tells `vector`, which may use `own`, the right one. */
export function telling(vector: string): string {
  return `const { followerReads } = options;
      const own = () => followerReads?.stateVector() ?? new Map<string, bigint>();
      const told = followerReads && { ...options, followerReads: { ...followerReads, stateVector: ${vector} } };
      const call = new GrpcOmCall(grpc, request, named?.callId, seen?.vector, told ?? options, callback);`;
}
