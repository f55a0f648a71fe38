import { describe, expect, test } from 'vitest';
import { readRefusal } from './refusal.js';

const NL = 'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException';

describe('what a refusal says of itself', () => {
  // Texts as real Ozone 2.2.0 sent them, and shapes that only look like them.
  test.each([
    [
      `${NL}: OM:om1 is not the leader. Suggested leader is OM:om3[localhost/127.0.0.1].`,
      'OMNotLeaderException',
      'om3',
    ],
    [`${NL}: OM:om1 is not the leader. Suggested leader is OM:om2[10.0.0.1:9872].`, 'OMNotLeaderException', 'om2'],
    [
      `${NL}: OM:om-a.example is not the leader. Suggested leader is OM:om-b.example-1[h/10.0.0.1].`,
      'OMNotLeaderException',
      'om-b.example-1',
    ],
    [`${NL}: OM:om1 is not the leader. Could not determine the leader node.`, 'OMNotLeaderException', undefined],
    [`${NL}: om3@group-EE80438C0174 is stepping down`, 'OMNotLeaderException', undefined],
    [
      'org.apache.hadoop.ozone.om.exceptions.OMLeaderNotReadyException: om1 is Leader but not ready to process request yet.',
      'OMLeaderNotReadyException',
      undefined,
    ],
    [
      'java.util.concurrent.ExecutionException: org.apache.ratis.protocol.exceptions.NotLeaderException: Server om2@group-EE80438C0174 is not the leader',
      'NotLeaderException',
      undefined,
    ],
    [
      `java.util.concurrent.ExecutionException: ${NL}: OM:om1 is not the leader. Suggested leader is OM:om3[x].`,
      'OMNotLeaderException',
      'om3',
    ],
    [
      'java.util.concurrent.ExecutionException: org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException: UNAVAILABLE: io exception',
      'StatusRuntimeException',
      undefined,
    ],
    [
      'org.apache.ratis.protocol.exceptions.ReadIndexException: om1@group-EE80438C0174: Leader is unknown.',
      'ReadIndexException',
      undefined,
    ],
    ['org.apache.hadoop.ipc_.RetriableException: not yet', 'RetriableException', undefined],
    ['java.lang.NullPointerException', 'NullPointerException', undefined],
    ['a.b.Outer$InnerException: x', 'InnerException', undefined],
    ['NotLeaderException: short form', 'NotLeaderException', undefined],
    ['java.util.concurrent.ExecutionException: no class here', 'ExecutionException', undefined],
    ['Application error processing RPC', undefined, undefined],
    ['Method not found: hadoop.ozone.X/y', undefined, undefined],
    ['om-state-id: malformed', undefined, undefined],
    ['gRPC message exceeds maximum size 134217728: 135266328', undefined, undefined],
    ['', undefined, undefined],
    // A refusal of another class that quotes the sentence suggests nobody.
    ['a.b.ReadException: OM:om1 is not the leader. Suggested leader is OM:om3[x].', 'ReadException', undefined],
  ])('%s', (details, className, suggestedLeader) => {
    expect(readRefusal(details, new Map())).toEqual({ className, suggestedLeader });
  });

  test('the om-leader trailer wins over the text', () => {
    const trailers = new Map([['om-leader', 'om2']]);
    const text = `${NL}: OM:om1 is not the leader. Suggested leader is OM:om3[x].`;
    expect(readRefusal(text, trailers).suggestedLeader).toBe('om2');
  });

  test('wrappers inside wrappers end', () => {
    const text = `${'java.util.concurrent.ExecutionException: '.repeat(50)}a.b.ReadException: x`;
    expect(readRefusal(text, new Map()).className).toBe('ExecutionException');
  });

  test('a hostile text does not blow up the reading', () => {
    const started = performance.now();
    for (const text of [
      `${'a.'.repeat(2000)}`,
      `${'a_$'.repeat(1300)}:`,
      `${NL}: OM:${'x is not the leader'.repeat(200)}`,
    ]) {
      readRefusal(text, new Map());
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
