import { describe, expect, it } from 'vitest';
import type { Capability } from '../../../kit/run/capability.js';
import { Draws } from '../../../kit/scenario/draws.js';
import { HINDRANCES } from '../../../kit/scenario/hindrance.js';
import { drawFaults, faultText, possible } from './fault-plan.js';

const NODES = ['om1', 'om2', 'om3'];
const EVERYTHING: readonly Capability[] = [
  'kill-node',
  'freeze-node',
  'pause-apply',
  'isolate-node',
  'isolate-one-way',
  'status',
  'snapshot',
];

function drawn(capabilities: readonly Capability[], times = 200) {
  return Array.from({ length: times }, (_, n) => drawFaults(new Draws(`${n}`, 'test'), NODES, new Set(capabilities)));
}

describe('faults of a round', () => {
  it('are the same for the same seed', () => {
    expect(drawn(EVERYTHING, 5)).toEqual(drawn(EVERYTHING, 5));
  });
  it('are of every kind, over many seeds, and hinder each node in one way at most', () => {
    const rounds = drawn(EVERYTHING);
    const all = rounds.flat();
    expect(new Set(all.flatMap((fault) => (fault.kind === 'hinder' ? [fault.hindrance] : [])))).toEqual(
      new Set(HINDRANCES),
    );
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['hinder', 'transfer', 'snapshot']));
    for (const round of rounds) {
      const hindered = round.flatMap((fault) => (fault.kind === 'hinder' ? [fault.node] : []));
      expect(new Set(hindered).size).toBe(hindered.length);
    }
    expect(rounds.some((round) => round.filter(({ kind }) => kind === 'hinder').length === 3)).toBe(true);
  });
  it.each<[string, Capability[], string[]]>([
    ['kill alone', ['kill-node'], ['is down']],
    ['a hook that isolates', ['isolate-node'], ['is cut off']],
    ['nothing', [], []],
  ])('are what the target can do: %s', (_title, capabilities, expected) => {
    const { hindrances, skipped } = possible(new Set(capabilities));
    expect(hindrances).toEqual(expected);
    expect(skipped).toEqual(HINDRANCES.filter((hindrance) => !expected.includes(hindrance)));
    const kinds = drawn(capabilities).flatMap((round) =>
      round.flatMap((fault) =>
        fault.kind === 'hinder' ? [fault.hindrance] : fault.kind === 'snapshot' ? ['snapshot'] : [],
      ),
    );
    expect(new Set(kinds)).toEqual(new Set(expected));
  });
  it('say what they are', () => {
    const text = drawn(EVERYTHING).flat().map(faultText);
    expect(text.find((line) => line.includes('frozen'))).toMatch(/^om\d is frozen from \d+ ms for \d+ ms$/);
    expect(text.find((line) => line.includes('hand'))).toMatch(/^om\d is asked at \d+ ms to hand leadership to om\d$/);
    expect(text.find((line) => line.includes('snapshot'))).toMatch(/^om\d takes a snapshot at \d+ ms$/);
  });
});
