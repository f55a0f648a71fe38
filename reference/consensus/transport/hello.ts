/**
 * Whether the other end of a connection is who it should be. Pure: the caller ends the connection, logs and counts.
 */
import { ReferenceFailure } from '../../errors.js';
import { PEER_FORMAT, type WireHello } from './peer-wire.js';

export interface ExpectedPeer {
  /** Cluster of this node. */
  readonly cluster: string;
  /** Node ids that may be at the other end: the one that was dialled, or all others. */
  readonly nodes: readonly string[];
  /** Address as far as it is known, for the message. */
  readonly at: string;
}

/** Node id of the other end. Throws `PEER_REFUSED`, or `PEER_PROTOCOL` when there is no hello. */
export function judgeHello(hello: WireHello | null | undefined, expected: ExpectedPeer): string {
  if (hello === null || hello === undefined) {
    throw new ReferenceFailure('PEER_PROTOCOL', `the node at ${expected.at} did not begin with a hello`);
  }
  const { cluster = '', node = '', format = 0 } = hello;
  if (format !== PEER_FORMAT) {
    throw refused(expected, `speaks node-to-node format ${format}, this node speaks ${PEER_FORMAT}`);
  }
  if (cluster !== expected.cluster) {
    throw refused(expected, `belongs to cluster "${shown(cluster)}", this node belongs to "${expected.cluster}"`);
  }
  const found = expected.nodes.find((name) => name === node);
  if (found === undefined) {
    throw refused(expected, `says that it is node "${shown(node)}", expected was ${expected.nodes.join(' or ')}`);
  }
  return found;
}

function refused({ at }: ExpectedPeer, what: string): ReferenceFailure {
  return new ReferenceFailure('PEER_REFUSED', `the node at ${at} ${what}`);
}

/** What another process says of itself goes to logs: short, and on one line. */
function shown(text: string | null): string {
  return JSON.stringify((text ?? '').slice(0, 64)).slice(1, -1);
}
