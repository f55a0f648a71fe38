/**
 * Routing and consistency failures in the form that Apache Ozone gives them over gRPC: status INTERNAL, details
 * `<fully.qualified.ClassName>: <text>` (docs/spec/wire-binding.md §1, W-3). Decides the words, not when they are said.
 */

/** A node as the others may suggest it: id and host, never the gRPC port. */
export interface SuggestedLeader {
  readonly id: string;
  readonly host: string;
}

export type Refusal =
  | { readonly kind: 'not-leader'; readonly self: string; readonly leader: SuggestedLeader | undefined }
  | { readonly kind: 'stepping-down'; readonly self: string; readonly group: string }
  /** The node was removed from the group, or is not admitted yet (HA-18). */
  | { readonly kind: 'no-member'; readonly self: string; readonly group: string }
  | { readonly kind: 'leader-not-ready'; readonly self: string }
  /** No leader to confirm a read with. */
  | { readonly kind: 'leader-unknown'; readonly self: string; readonly group: string }
  /** The node lost its leadership before a quorum confirmed the read. */
  | { readonly kind: 'deposed-while-reading'; readonly self: string; readonly group: string }
  | { readonly kind: 'read-timeout'; readonly timeoutMs: number; readonly index: number | undefined }
  /** Anything else that may pass: too much in flight, a write that took too long, a node that stops. */
  | { readonly kind: 'retriable'; readonly text: string };

const OM_EXCEPTIONS = 'org.apache.hadoop.ozone.om.exceptions';
const RATIS_EXCEPTIONS = 'org.apache.ratis.protocol.exceptions';

export function refusalDetails(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not-leader': {
      const { leader } = refusal;
      const hint =
        leader === undefined
          ? 'Could not determine the leader node.'
          : `Suggested leader is OM:${leader.id}[${leader.host}/${leader.host}].`;
      return `${OM_EXCEPTIONS}.OMNotLeaderException: OM:${refusal.self} is not the leader. ${hint}`;
    }
    case 'stepping-down':
      return `${OM_EXCEPTIONS}.OMNotLeaderException: ${refusal.self}@${refusal.group} is stepping down`;
    case 'no-member':
      return `${OM_EXCEPTIONS}.OMNotLeaderException: OM:${refusal.self} is not a member of group ${refusal.group}. Could not determine the leader node.`;
    case 'leader-not-ready':
      return `${OM_EXCEPTIONS}.OMLeaderNotReadyException: ${refusal.self} is Leader but not ready to process request yet.`;
    case 'leader-unknown':
      return `${RATIS_EXCEPTIONS}.ReadIndexException: ${refusal.self}@${refusal.group}: Leader is unknown.`;
    case 'deposed-while-reading':
      return `java.util.concurrent.ExecutionException: ${RATIS_EXCEPTIONS}.NotLeaderException: Server ${refusal.self}@${refusal.group} is not the leader`;
    case 'read-timeout': {
      const after = `Read timeout ${inSeconds(refusal.timeoutMs)}`;
      return refusal.index === undefined
        ? `${RATIS_EXCEPTIONS}.ReadException: ${after} before a leader confirmed a read index`
        : `${RATIS_EXCEPTIONS}.ReadException: ${after} for index ${refusal.index}`;
    }
    case 'retriable':
      return `org.apache.hadoop.ipc_.RetriableException: ${refusal.text}`;
  }
}

function inSeconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
