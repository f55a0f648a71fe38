import { expect, it } from 'vitest';
import { peerCounters } from './peer-counters.js';

const counts = {
  framesSent: 1,
  messagesSent: 2,
  messagesReceived: 3,
  messagesDropped: 4,
  messagesIgnored: 5,
  connections: 6,
};

it('names each node and each count', () => {
  const counters = peerCounters(
    [
      { node: 'om2', connected: true, waitingBytes: 7, ...counts },
      { node: 'om3', connected: false, waitingBytes: 0, ...counts, connections: 0 },
    ],
    8,
  );
  expect(Object.fromEntries(counters)).toEqual({
    hellos_refused: 8,
    peer_om2_connected: 1,
    peer_om2_waiting_bytes: 7,
    peer_om2_connections: 6,
    peer_om2_frames_sent: 1,
    peer_om2_messages_sent: 2,
    peer_om2_messages_received: 3,
    peer_om2_messages_dropped: 4,
    peer_om2_messages_ignored: 5,
    peer_om3_connected: 0,
    peer_om3_waiting_bytes: 0,
    peer_om3_connections: 0,
    peer_om3_frames_sent: 1,
    peer_om3_messages_sent: 2,
    peer_om3_messages_received: 3,
    peer_om3_messages_dropped: 4,
    peer_om3_messages_ignored: 5,
  });
});

it('counts refused hellos of a node that is alone, too', () => {
  expect(Object.fromEntries(peerCounters([], 2))).toEqual({ hellos_refused: 2 });
});
