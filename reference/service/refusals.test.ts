import { expect, it } from 'vitest';
import { type Refusal, refusalDetails } from './refusals.js';

const table: readonly (readonly [Refusal, string])[] = [
  [
    { kind: 'not-leader', self: 'om1', leader: { id: 'om3', host: '127.0.0.1' } },
    'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: OM:om1 is not the leader. Suggested leader is OM:om3[127.0.0.1/127.0.0.1].',
  ],
  [
    { kind: 'not-leader', self: 'om1', leader: undefined },
    'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: OM:om1 is not the leader. Could not determine the leader node.',
  ],
  [
    { kind: 'stepping-down', self: 'om3', group: 'main' },
    'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: om3@main is stepping down',
  ],
  [
    { kind: 'leader-not-ready', self: 'om1' },
    'org.apache.hadoop.ozone.om.exceptions.OMLeaderNotReadyException: om1 is Leader but not ready to process request yet.',
  ],
  [
    { kind: 'leader-unknown', self: 'om1', group: 'main' },
    'org.apache.ratis.protocol.exceptions.ReadIndexException: om1@main: Leader is unknown.',
  ],
  [
    { kind: 'deposed-while-reading', self: 'om2', group: 'main' },
    'java.util.concurrent.ExecutionException: org.apache.ratis.protocol.exceptions.NotLeaderException: Server om2@main is not the leader',
  ],
  [
    { kind: 'read-timeout', timeoutMs: 10_000, index: 7 },
    'org.apache.ratis.protocol.exceptions.ReadException: Read timeout 10s for index 7',
  ],
  [
    { kind: 'read-timeout', timeoutMs: 1500, index: undefined },
    'org.apache.ratis.protocol.exceptions.ReadException: Read timeout 1500ms before a leader confirmed a read index',
  ],
  [{ kind: 'retriable', text: 'busy' }, 'org.apache.hadoop.ipc_.RetriableException: busy'],
];

it.each(table)('%j', (refusal, details) => {
  expect(refusalDetails(refusal)).toBe(details);
});
