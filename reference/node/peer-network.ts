/** The real network between nodes: consensus/transport, in the terms of a node. */
import type { PeerEvent } from '../consensus/transport/peer-transport.js';
import { PeerTransport } from '../consensus/transport/peer-transport.js';
import type { Clock } from './clock.js';
import { type Member, nodeNumber } from './members.js';
import type { NodeLog } from './node-log.js';
import { peerCounters } from './peer-counters.js';
import type { NewPeerNetwork } from './peer-port.js';

export function peerNetworkOn(clock: Clock): NewPeerNetwork {
  return async ({
    cluster,
    self,
    members,
    receivingDirectory,
    log,
    onMessage,
    onSnapshot,
    onStanding,
    onUnreachable,
    onConnection,
  }) => {
    const transport = new PeerTransport({
      cluster,
      self: addressOf(self),
      others: members.all.filter(({ node }) => node !== self.node).map(addressOf),
      receivingDirectory,
      timer: clock,
      nodeOf: (_group, member) => members.byId(member)?.node,
      onMessages: (from, messages) => {
        for (const { group, to, message, commit = 0 } of messages) onMessage(group, to, from, message, commit);
      },
      onSnapshot,
      onStanding: async ({ from, group, directory }) => {
        const sender = members.byNode(from);
        if (sender === undefined) throw new Error(`there is no node ${from}`);
        const { member = 0, ...answer } = await onStanding(group, sender, directory);
        return { member, directory: answer.directory, applied: answer.appliedIndex };
      },
      onUnreachable: (_group, member) => onUnreachable(member),
      onEvent: (event) => {
        logEvent(log, event);
        if (event.kind !== 'connected' && event.kind !== 'disconnected') return;
        const member = members.byNode(event.node);
        if (member !== undefined) onConnection(member, event.kind === 'connected' ? 'up' : 'down');
      },
    });
    await transport.start();
    return {
      send: (group, messages) => transport.send(group, messages),
      flush: () => transport.flush(),
      sendSnapshot: ({ group, message, point, snapshot }) =>
        transport.sendSnapshot(group, message, { path: snapshot.path, ...point }),
      standing: async ({ node }, group, directory) => {
        const answer = await transport.standing(node, group, directory);
        const member = answer.member === 0 ? undefined : answer.member;
        return { from: node, member, directory: answer.directory, appliedIndex: answer.applied };
      },
      isolate: (from, direction) => transport.isolate(from, direction),
      heal: () => transport.heal(),
      counters: () => peerCounters(transport.peers(), transport.hellosRefused),
      close: () => transport.close(),
    };
  };
}

function addressOf({ id, node, address }: Member) {
  return { node, number: nodeNumber(id), address };
}

function logEvent(log: NodeLog, event: PeerEvent): void {
  switch (event.kind) {
    case 'connected':
      log.info('peer-connected', { node: event.node });
      return;
    case 'disconnected':
      log.info('peer-disconnected', { node: event.node, why: event.why });
      return;
    case 'refused':
      log.error('peer-refused', { why: event.failure });
      return;
    case 'snapshot-refused':
      log.warn('snapshot-refused', { why: event.why });
      return;
  }
}
