import { describe, expect, it } from 'vitest';
import { answered, notLeader } from '../assert/test/outcomes.js';
import type { Outcome } from '../wire/outcome.js';
import { AutoMsync } from './auto-msync.js';

/** An outcome that was sent then, with these trailers. */
function at(
  sentAtMs: number,
  outcome: Outcome,
  trailers: Record<string, string> = { 'om-state-id': 'main:7' },
): Outcome {
  return { ...outcome, sentAtMs, endedAtMs: sentAtMs + 1, trailers: new Map(Object.entries(trailers)) };
}

const synced = (index: bigint): Outcome =>
  answered('OK', { command: 'Msync' }, { msyncResponse: { lastAppliedIndex: index } });

describe('AutoMsync', () => {
  it.each<['off' | { thresholdMs: number }, boolean, boolean, boolean]>([
    // Began before the request left, so long after it as the threshold is, and 1 ms later.
    ['off', false, false, false],
    [{ thresholdMs: 50 }, false, false, true],
    [{ thresholdMs: 0 }, false, true, true],
  ])('with %j is due after a request that left at 100: %s, %s, %s', (setting, before, atThreshold, later) => {
    const client = new AutoMsync(setting);
    expect(client.isDue(100)).toBe(true);
    client.learn('msync', at(100, synced(9n)));
    expect(client.vector.get('main')).toBe(9n);
    expect([99, 150, 151].map((ms) => client.isDue(ms))).toEqual([before, atThreshold, later]);
  });
  it.each<[string, 'msync' | 'write' | 'read', Outcome, boolean]>([
    ['an OK Msync', 'msync', synced(9n), true],
    ['an Msync that is refused', 'msync', notLeader(), false],
    ['an OK write', 'write', answered('OK'), true],
    ['a write that is refused by its status', 'write', answered('VOLUME_ALREADY_EXISTS'), false],
    ['a read', 'read', answered('OK'), false],
  ])('takes %s for confirmed or not', (_, asked, outcome, confirmed) => {
    const client = new AutoMsync('off');
    client.learn(asked, at(100, outcome));
    expect(client.isDue(101)).toBe(!confirmed);
    expect(client.isConfirmedSince(100)).toBe(confirmed);
    expect(client.isConfirmedSince(101)).toBe(false);
    expect(client.vector.get('main')).toBe(asked === 'msync' && confirmed ? 9n : 7n);
  });
  it('counts from the request that left last, whichever is answered last', () => {
    const client = new AutoMsync({ thresholdMs: 10 });
    client.learn('write', at(100, answered('OK')));
    client.learn('write', at(60, answered('OK')));
    expect(client.isDue(110)).toBe(false);
  });
  it('takes nothing for confirmed that carries no id', () => {
    const client = new AutoMsync('off');
    client.learn('write', at(100, answered('OK'), {}));
    expect(client.isDue(101)).toBe(true);
  });
  it('begins anew with another cluster', () => {
    const client = new AutoMsync('off');
    client.learn('write', at(100, answered('OK'), { 'om-state-id': 'main:70', 'om-cluster': 'one' }));
    client.learn('read', at(110, answered('OK'), { 'om-state-id': 'main:3', 'om-cluster': 'two' }));
    expect(client.vector.get('main')).toBe(3n);
    expect(client.isDue(120)).toBe(true);
  });
});
