/** What crossed or was lost between this node and each other one, as counters of `GetCounters`: `peer_<node>_<what>`. Pure. */
import type { PeerStatus } from '../consensus/transport/peer-transport.js';

/** @param hellosRefused by this node or to it: other nodes are not who they should be */
export function peerCounters(peers: readonly PeerStatus[], hellosRefused: number): ReadonlyMap<string, number> {
  return new Map([
    ['hellos_refused', hellosRefused],
    ...peers.flatMap((peer): [string, number][] => [
      [`peer_${peer.node}_connected`, Number(peer.connected)],
      [`peer_${peer.node}_waiting_bytes`, peer.waitingBytes],
      [`peer_${peer.node}_connections`, peer.connections],
      [`peer_${peer.node}_frames_sent`, peer.framesSent],
      [`peer_${peer.node}_messages_sent`, peer.messagesSent],
      [`peer_${peer.node}_messages_received`, peer.messagesReceived],
      [`peer_${peer.node}_messages_dropped`, peer.messagesDropped],
      [`peer_${peer.node}_messages_ignored`, peer.messagesIgnored],
    ]),
  ]);
}
