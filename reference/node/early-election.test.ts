import { describe, expect, test } from 'vitest';
import { EarlyElection } from './early-election.js';
import { memberId } from './members.js';

const VOTERS = [3, 1, 2];
const NOBODY = { leader: 0, voters: VOTERS };

function of(self: number): EarlyElection {
  return new EarlyElection({ self, heartbeatTicks: 2, electionTicks: 20 });
}

/** The ticks at which it asks, the first being 0. */
function asks(election: EarlyElection, view: { leader: number; voters: readonly number[] } = NOBODY): number[] {
  return Array.from({ length: 30 }, (_, at) => (election.tick(view) ? at : -1)).filter((at) => at >= 0);
}

describe('a node that has come to reach another one', () => {
  test.each([
    [1, [4, 16]],
    [2, [8]],
    [3, [12]],
  ])('member %i asks in its turn, and not once consensus asks by itself', (self, expected) => {
    const election = of(self);
    election.connected();
    expect(asks(election)).toEqual(expected);
  });

  test('hears of a leader', () => {
    const election = of(1);
    election.connected();
    expect(asks(election, { leader: 2, voters: VOTERS })).toEqual([]);
  });

  test('is no voter', () => {
    const election = of(4);
    election.connected();
    expect(asks(election)).toEqual([]);
  });

  test('counts from the newest connection', () => {
    const election = of(1);
    election.connected();
    for (let tick = 0; tick < 3; tick += 1) expect(election.tick(NOBODY)).toBe(false);
    election.connected();
    expect(asks(election)).toEqual([4, 16]);
  });
});

describe('a node whose connection to the leader has ended', () => {
  const led = { leader: 2, voters: VOTERS };

  test.each([
    [1, [0, 8, 16]],
    [3, [4, 12]],
  ])(
    'member %i asks in turn with the other one that is left, although it knows that leader still',
    (self, expected) => {
      const election = of(self);
      election.disconnected(2, 2);
      expect(asks(election, led)).toEqual(expected);
    },
  );

  test('has heard of it since', () => {
    const election = of(3);
    election.disconnected(2, 2);
    election.heard(1);
    election.tick(led);
    election.heard(2);
    expect(asks(election, led)).toEqual([]);
  });

  test('hears of another leader', () => {
    const election = of(3);
    election.disconnected(2, 2);
    expect(asks(election, { leader: 1, voters: VOTERS })).toEqual([]);
  });
});

test('a leader on a node that was admitted anew', () => {
  const again = memberId(2, 700);
  const election = of(1);
  election.disconnected(2, again);
  expect(asks(election, { leader: again, voters: [1, 3, again] })).toEqual([0, 8, 16]);
});

test('a connection to another follower is no matter', () => {
  const election = of(1);
  election.disconnected(3, 2);
  expect(asks(election, { leader: 2, voters: VOTERS })).toEqual([]);
});
