import { describe, expect, it } from 'vitest';
import { Draws } from '../../../kit/scenario/draws.js';
import { drawManner, type Manner, mannerText } from './manner.js';

function drawn(profile: 'ha' | 'follower-reads'): Manner[] {
  return Array.from({ length: 200 }, (_, n) => drawManner(new Draws(`${n}`, 'reads'), profile));
}

describe('reads of a round', () => {
  it('are the same for the same seed', () => {
    expect(drawn('follower-reads')).toEqual(drawn('follower-reads'));
  });
  it('are linearizable in profile ha, whoever answers', () => {
    const all = drawn('ha');
    expect(all.every(({ promises }) => promises.length === 1 && promises[0] === undefined)).toBe(true);
    expect(new Set(all.map(mannerText)).size).toBe(4);
  });
  it('promise what their msyncs are good for in profile follower-reads', () => {
    const all = drawn('follower-reads');
    const kinds = new Set<string>();
    for (const { reads, promises } of all) {
      if (!('autoMsync' in reads)) throw new Error('a read without msync');
      const { autoMsync } = reads;
      const names = promises.map((promise) => promise?.kind ?? 'linearizable');
      if (autoMsync === 'off') expect(names).toEqual(['sequential per client']);
      else if (autoMsync.thresholdMs === 0) expect(names).toEqual(['linearizable']);
      else {
        expect(names).toEqual(['bounded staleness', 'sequential per client']);
        expect(promises[0]).toMatchObject({ maxMs: autoMsync.thresholdMs });
      }
      kinds.add(`${reads.at} ${names.join()}`);
    }
    expect(kinds.size).toBe(6);
  });
  it('say what they are', () => {
    const texts = drawn('follower-reads').map(mannerText);
    expect(texts).toContain('reads at followers with what clients know');
    expect(texts).toContain('reads at every node after an msync each');
    expect(texts.some((text) => /^reads at \S.* after an msync of the last \d+ ms$/.test(text))).toBe(true);
  });
});
