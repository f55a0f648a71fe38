import { describe, expect, it } from 'vitest';
import { assertIdleInTime, assertIdleShown, type IdleWrite, medianMs } from './idle-follower.js';
import { failureOf, notLeader, volume } from './test/outcomes.js';

const shown = (tookMs: number, owner = 'bob'): IdleWrite => ({
  owner: 'bob',
  reads: [volume({ ownerName: 'bob' }), volume({ ownerName: owner })],
  tookMs,
});

describe('assertIdleShown', () => {
  it('takes reads that all show the write', () => assertIdleShown([shown(1), shown(2)]));
  it('says which one does not', () => {
    const error = failureOf(() => assertIdleShown([shown(1), shown(1, 'ann')]));
    expect(error.assertion).toBe('idle-follower-shows');
    expect(error.message).toBe('expected owner "bob", without a further write, found owner "ann" on om1');
  });
  it('takes no refusal for an answer', () => {
    const refused = { ...shown(1), reads: [notLeader()] };
    expect(failureOf(() => assertIdleShown([refused])).assertion).toBe('idle-follower-shows');
  });
  it('judges nothing of nothing', () => expect(() => assertIdleShown([])).toThrow('no write'));
});

describe('assertIdleInTime', () => {
  const writes = [shown(900), shown(10), shown(30), shown(20)];
  it('goes by half of the writes', () => {
    expect(medianMs(writes)).toBe(20);
    assertIdleInTime(writes, 20);
  });
  it('says how long they took', () => {
    const error = failureOf(() => assertIdleInTime(writes, 19));
    expect(error.assertion).toBe('idle-follower-in-time');
    expect(error.message).toBe('expected a write that followers show within 19 ms, mostly, found 20 ms');
  });
});
