import { describe, expect, it } from 'vitest';
import type { Expectation } from '../scenario/change.js';
import { assertFresh, assertShown } from './fresh-read.js';
import { assertKept, type KeptVolume } from './kept.js';
import { answered, bucket, failureOf, notLeader, page, volume } from './test/outcomes.js';

const write = answered('OK', { node: 'om1', call: 1, command: 'CreateVolume' });
const at = { node: 'om2', call: 2 };
const fresh = (expectation: Expectation, read: Parameters<typeof assertFresh>[0][number]['read']) => () =>
  assertFresh([{ write, expectation, read }]);

describe('fresh-read', () => {
  it.each<[Expectation, ReturnType<typeof answered>]>([
    [{ kind: 'volume', volume: 'alpha', owner: 'ann' }, volume({}, at)],
    [{ kind: 'bucket', bucket: 'box' }, bucket({}, at)],
    [{ kind: 'missing', name: 'volume alpha' }, answered('VOLUME_NOT_FOUND', at)],
    [{ kind: 'listed', volume: 'alpha' }, page(['aa', 'alpha'], at)],
  ])('takes a read that shows the write: %o', (expectation, read) => {
    fresh(expectation, read)();
  });
  it.each<[Expectation, Parameters<typeof assertFresh>[0][number]['read'], string]>([
    [
      { kind: 'volume', volume: 'alpha', owner: 'bob' },
      volume({}, at),
      'expected volume alpha with owner "bob", acknowledged by om1 before the read, found volume alpha with owner "ann" on om2',
    ],
    [
      { kind: 'volume', volume: 'alpha', owner: 'ann' },
      answered('VOLUME_NOT_FOUND', at),
      'expected volume alpha with owner "ann", acknowledged by om1 before the read, found VOLUME_NOT_FOUND from om2',
    ],
    [
      { kind: 'bucket', bucket: 'box' },
      answered('BUCKET_NOT_FOUND', at),
      'expected bucket box, acknowledged by om1 before the read, found BUCKET_NOT_FOUND from om2',
    ],
    [
      { kind: 'missing', name: 'volume alpha' },
      volume({}, at),
      'expected no volume alpha, acknowledged by om1 before the read, found volume alpha with owner "ann" on om2',
    ],
    [
      { kind: 'listed', volume: 'alpha' },
      page([], at),
      'expected volume alpha in the listing, acknowledged by om1 before the read, found a listing of [] on om2',
    ],
    [
      { kind: 'missing', name: 'volume alpha' },
      notLeader(at),
      'expected no volume alpha, acknowledged by om1 before the read, found gRPC INTERNAL from om2 (o.a.OMNotLeaderException: OM:om2 is not the leader. Could not determine the leader node.)',
    ],
  ])('fails for an old read and for none: %o', (expectation, read, message) => {
    expect(failureOf(fresh(expectation, read))).toEqual({ assertion: 'fresh-read', message, calls: [1, 2] });
  });
  it('takes reads of one state, whoever made it', () => {
    assertShown([volume({}, at), volume({}, at)], { kind: 'volume', volume: 'alpha', owner: 'ann' });
  });
  it('fails for one read that shows another state', () => {
    const reads = [volume({}, { node: 'om1', call: 1 }), volume({ ownerName: 'bob' }, at)];
    expect(failureOf(() => assertShown(reads, { kind: 'volume', volume: 'alpha', owner: 'ann' }))).toEqual({
      assertion: 'fresh-read',
      message: 'expected volume alpha with owner "ann", found volume alpha with owner "bob" on om2',
      calls: [2],
    });
  });
  it('is the kit’s fault where there is nothing to judge', () => {
    expect(() => assertFresh([])).toThrow('no read to judge');
    expect(() => assertShown([], { kind: 'missing', name: 'volume alpha' })).toThrow('no read to judge');
  });
});

describe('acknowledged-kept', () => {
  const kept: KeptVolume = { volume: 'alpha', owners: new Set(['ann', 'bob']), mayBeMissing: false, history: [write] };
  const gone = answered('VOLUME_NOT_FOUND', at);
  it('takes any state that the acknowledged writes leave open', () => {
    assertKept([
      { kept, read: volume({}, at) },
      { kept, read: volume({ ownerName: 'bob' }, at) },
      { kept: { ...kept, mayBeMissing: true }, read: gone },
      { kept: { ...kept, owners: new Set(), mayBeMissing: true }, read: gone },
    ]);
  });
  it('fails for a volume that is lost', () => {
    expect(
      failureOf(() =>
        assertKept([
          { kept, read: volume({}, at) },
          { kept, read: gone },
          { kept, read: gone },
        ]),
      ),
    ).toEqual({
      assertion: 'acknowledged-kept',
      message:
        'expected volume alpha with owner "ann" or with owner "bob", as acknowledged, found VOLUME_NOT_FOUND from om2; 2 of 3 reads differ',
      calls: [1, 2],
    });
  });
  it('fails for a change that is lost, and for a volume that came back', () => {
    expect(failureOf(() => assertKept([{ kept, read: volume({ ownerName: 'cat' }, at) }])).message).toBe(
      'expected volume alpha with owner "ann" or with owner "bob", as acknowledged, found volume alpha with owner "cat"; 1 of 1 reads differ',
    );
    const deleted = { ...kept, owners: new Set<string>(), mayBeMissing: true };
    expect(failureOf(() => assertKept([{ kept: deleted, read: volume({}, at) }])).message).toBe(
      'expected volume alpha gone, as acknowledged, found volume alpha with owner "ann"; 1 of 1 reads differ',
    );
  });
  it('fails where a read does not say', () => {
    expect(
      failureOf(() => assertKept([{ kept: { ...kept, mayBeMissing: true }, read: notLeader(at) }])).assertion,
    ).toBe('acknowledged-kept');
  });
  it('is the kit’s fault where nothing was acknowledged', () => {
    expect(() => assertKept([])).toThrow('no acknowledged write to judge');
  });
});
