/**
 * The context that a ReadIndex round carries through consensus: member, run of the node, round. The run keeps an answer to a
 * question of before a restart from answering one of after it; the member keeps two nodes' questions apart at the leader.
 */
const LENGTH = 32;

export function readContext(member: number, incarnation: Uint8Array, round: number): Uint8Array {
  const context = Buffer.alloc(LENGTH);
  context.writeDoubleBE(member, 0);
  context.set(incarnation.subarray(0, 16), 8);
  context.writeDoubleBE(round, 24);
  return context;
}

/** The round, when the context is of this member and this run. */
export function roundOf(context: Uint8Array, member: number, incarnation: Uint8Array): number | undefined {
  if (context.length !== LENGTH) return undefined;
  const buffer = Buffer.from(context.buffer, context.byteOffset, context.length);
  const round = buffer.readDoubleBE(24);
  return buffer.equals(readContext(member, incarnation, round)) ? round : undefined;
}
