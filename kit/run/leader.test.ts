import { describe, expect, test } from 'vitest';
import { hadoop } from '#proto';
import type { OmClient, Outcome } from '../wire/outcome.js';
import { awaitAnswer, awaitLeader, briefly } from './leader.js';

const { Status, Type } = hadoop.ozone;
const base = { sentAtMs: 0, trailers: new Map<string, string>(), callNumber: 1 };
const request = { cmdType: Type.EchoRPC, clientId: 'c' };
let clock = 0;
const ok = (node: string): Outcome => {
  clock += 1;
  return {
    ...base,
    node,
    request,
    endedAtMs: clock,
    kind: 'answered',
    response: { cmdType: Type.EchoRPC, status: Status.OK },
  };
};
const notLeader = (node: string): Outcome => ({
  ...base,
  node,
  request,
  endedAtMs: 1,
  kind: 'refused',
  code: 13,
  details: 'a.OMNotLeaderException: no',
  className: 'OMNotLeaderException',
  suggestedLeader: undefined,
});
const down = (node: string): Outcome => ({
  ...base,
  node,
  request,
  endedAtMs: 1,
  kind: 'unanswered',
  why: 'unavailable',
  details: 'refused',
});

/** Answers round by round; the last round repeats. */
function rounds(...script: Record<string, (node: string) => Outcome>[]): OmClient {
  const asked = new Map<string, number>();
  return {
    async call(node) {
      const round = asked.get(node) ?? 0;
      asked.set(node, round + 1);
      const answer = script[Math.min(round, script.length - 1)]?.[node];
      if (answer === undefined) throw new Error(`nothing scripted for ${node}`);
      return answer(node);
    },
  };
}

const overdue = (node: string): Outcome => ({
  ...base,
  node,
  request,
  endedAtMs: 1,
  kind: 'unanswered',
  why: 'deadline',
  details: 'deadline exceeded',
});

describe('finding the leader', () => {
  test('that is not there names what each node said, not that the budget cut its last call short', async () => {
    const client = rounds({ a: notLeader, b: overdue }, { a: overdue, b: overdue });
    const failure = awaitLeader(client, ['a', 'b'], 200);
    await expect(failure).rejects.toThrow('a: a.OMNotLeaderException: no; b: no answer (deadline)');
  });

  test('is waiting until a write is accepted', async () => {
    const client = rounds({ a: down, b: notLeader }, { a: notLeader, b: notLeader }, { a: notLeader, b: ok });
    expect(await awaitLeader(client, ['a', 'b'], 5000)).toBe('b');
  });

  test('a node that says nothing holds up nobody, and is not waited for', async () => {
    let takenBack = false;
    const others = rounds({ b: notLeader }, { b: ok });
    const client: OmClient = {
      call: (node, asked, options) =>
        node === 'b'
          ? others.call(node, asked, options)
          : new Promise((resolve) => {
              options?.signal?.addEventListener('abort', () => {
                takenBack = true;
                resolve(down(node));
              });
            }),
    };
    expect(await awaitLeader(client, ['a', 'b'], 60_000)).toBe('b');
    expect(takenBack).toBe(true);
  });

  test('a fault of the kit is not taken for a missing leader', async () => {
    await expect(awaitLeader(rounds({}), ['a'], 60)).rejects.toThrow('nothing scripted for a');
  });

  test('nobody accepts: each node’s last word is told', async () => {
    await expect(awaitLeader(rounds({ a: down, b: notLeader }), ['a', 'b'], 120)).rejects.toThrow(
      'no node accepted a write within 120 ms (a: no answer (unavailable): refused; b: a.OMNotLeaderException: no)',
    );
  });

  test('a business status other than OK is no acceptance', async () => {
    const odd = (node: string): Outcome => ({
      ...base,
      node,
      request,
      endedAtMs: 1,
      kind: 'answered',
      response: { cmdType: Type.EchoRPC, status: Status.INTERNAL_ERROR },
    });
    await expect(awaitLeader(rounds({ a: odd }), ['a'], 60)).rejects.toThrow('a: INTERNAL_ERROR');
    expect(briefly(odd('a'))).toBe('INTERNAL_ERROR');
  });
});

describe('waiting for an answer', () => {
  test('a refusal is one, silence is not', async () => {
    await awaitAnswer(rounds({ a: down }, { a: notLeader }), 'a', 5000);
    await expect(awaitAnswer(rounds({ a: down }), 'a', 120)).rejects.toThrow('a did not answer within 120 ms');
  });
});
