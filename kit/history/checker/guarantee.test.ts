import { describe, expect, it } from 'vitest';
import type { Guarantee } from '../call.js';
import { type Lag, lagging } from '../simulated/lagging.js';
import { drop, ok, read, says, shows, unknown, type Written, write, written } from '../test/written.js';
import { checkGuarantee, type GuaranteeVerdict } from './guarantee.js';

const missing = says('KEY_NOT_FOUND');
const KINDS = ['read your writes', 'monotonic reads', 'sequential per client'] as const;

/** A client's own calls, behind each other. */
const ann = 1;
const bob = 2;

describe('checkGuarantee', () => {
  it.each<[string, readonly Written[], readonly (typeof KINDS)[number][]]>([
    [
      'reads that are behind what others wrote',
      [
        [0, 1, write('a', '1'), ok(), ann],
        [2, 3, read('a'), missing, bob],
        [4, 5, read('a'), shows('1'), bob],
      ],
      [],
    ],
    [
      'a read behind its own write',
      [
        [0, 1, write('a', '1'), ok(), ann],
        [2, 3, read('a'), missing, ann],
      ],
      ['read your writes', 'sequential per client'],
    ],
    [
      'reads that go back',
      [
        [0, 1, write('a', '1'), ok(), ann],
        [2, 3, read('a'), shows('1'), bob],
        [4, 5, read('a'), missing, bob],
      ],
      ['monotonic reads', 'sequential per client'],
    ],
    [
      'reads of two keys that go back',
      [
        [0, 1, write('a', '1'), ok(), ann],
        [2, 3, write('b', '2'), ok(), ann],
        [4, 5, read('b'), shows('2'), bob],
        [6, 7, read('a'), missing, bob],
      ],
      ['monotonic reads', 'sequential per client'],
    ],
    [
      'a write that shows what its client had not read yet',
      [
        [0, 1, write('a', '1'), ok(), ann],
        [2, 3, write('b', '2'), ok(), bob],
        [4, 5, read('a'), missing, bob],
      ],
      ['read your writes', 'sequential per client'],
    ],
    [
      'a read that does not show its own write of unknown outcome',
      [
        [0, 1, write('a', '1'), unknown, ann],
        [2, 3, read('a'), missing, ann],
      ],
      [],
    ],
    [
      'a read from the future',
      [
        [0, 1, read('a'), shows('1'), ann],
        [2, 3, write('a', '1'), ok(), bob],
      ],
      KINDS,
    ],
  ])('%s', (_, calls, broken) => {
    const history = written(...calls);
    const found = KINDS.filter((kind) => checkGuarantee(history, { kind }).kind === 'broken');
    expect(found).toEqual(broken);
  });
  it.each<[number, string]>([
    [4, 'kept'],
    [3, 'broken'],
  ])('lets a read be %i ms behind: %s', (maxMs, verdict) => {
    const history = written(
      [0, 1_000, write('a', '1'), ok()],
      [1_500, 2_000, write('a', '2'), ok()],
      [5_500, 6_000, read('a'), shows('1')],
    );
    const guarantee: Guarantee = { kind: 'bounded staleness', maxMs };
    expect(checkGuarantee(history, guarantee).kind).toBe(verdict);
  });
  it('does not let a refused write be behind', () => {
    const history = written([0, 1_000, write('a', '1'), ok()], [2_000, 3_000, drop('a'), missing]);
    expect(checkGuarantee(history, { kind: 'bounded staleness', maxMs: 10 }).kind).toBe('broken');
  });
  it('says that it is undecided when its steps are spent', () => {
    const history = written([0, 1, write('a', '1'), ok()], [2, 3, read('a'), shows('1')]);
    expect(checkGuarantee(history, { kind: 'read your writes' }, 0).kind).toBe('unknown');
  });
  // What is promised is kept by every history, and what is not is broken by some.
  it.each<[string, Lag, Record<string, 'kept' | 'broken'>]>([
    [
      'followers that are behind, and never behind what their client knows',
      { seesOwnWrites: true, seesOwnReads: true },
      { 'read your writes': 'kept', 'monotonic reads': 'kept', 'sequential per client': 'kept' },
    ],
    [
      'clients that forget what they wrote',
      { seesOwnWrites: false, seesOwnReads: true },
      { 'read your writes': 'broken', 'monotonic reads': 'kept', 'sequential per client': 'broken' },
    ],
    [
      'clients that know nothing, of followers that are 2 ms behind at most',
      { seesOwnWrites: false, seesOwnReads: false, maxUs: 2_000 },
      { 'read your writes': 'broken', 'bounded staleness': 'kept' },
    ],
    [
      'clients that know nothing, of followers that are behind by more',
      { seesOwnWrites: false, seesOwnReads: false },
      { 'read your writes': 'broken', 'bounded staleness': 'broken' },
    ],
  ])('judges %s', (_, lag, expected) => {
    const found: Record<string, GuaranteeVerdict['kind']> = {};
    for (let at = 0; at < 10; at += 1) {
      const history = lagging(`lag ${at}`, { clients: 4, operations: 60, unknownPerMille: 10 }, lag);
      for (const kind of Object.keys(expected)) {
        if (found[kind] === 'broken') continue;
        const guarantee = (kind === 'bounded staleness' ? { kind, maxMs: 2 } : { kind }) as Guarantee;
        const verdict = checkGuarantee(history, guarantee);
        found[kind] = verdict.kind;
        if (verdict.kind !== 'broken') continue;
        // What is left out makes no difference: without it there is no order either.
        const { calls } = verdict.counterExample;
        expect(checkGuarantee({ ...history, calls }, guarantee).kind).toBe('broken');
      }
    }
    expect(found).toEqual(expected);
  });
  it('shows the calls that break it', () => {
    const history = written(
      [0, 1, write('a', '1'), ok(), ann],
      [2, 3, write('b', '2'), ok(), bob],
      [4, 5, read('b'), shows('2'), bob],
      [6, 7, read('a'), missing, ann],
    );
    const verdict = checkGuarantee(history, { kind: 'sequential per client' });
    expect(verdict).toMatchObject({ counterExample: { calls: { length: 2 }, others: 2 } });
  });
});
