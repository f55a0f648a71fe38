import { describe, expect, it } from 'vitest';
import type { TimelineCall } from '../history/timeline.js';
import { drawTimeline } from './timeline.js';

const call = (beganUs: number, endedUs?: number, more: Partial<TimelineCall> = {}): TimelineCall => ({
  client: 1,
  node: 'om1',
  asked: 'reads key "a"',
  ended: 'OK, shows "1"',
  beganUs,
  ...(endedUs === undefined ? {} : { endedUs }),
  ...more,
});
const bars = (svg: string) =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].map(([, from, width]) => {
    return { from: Number(from), to: Number(from) + Number(width) };
  });

describe('drawTimeline', () => {
  it('draws what was before what, and what overlaps, however far apart', () => {
    const [first, second, third] = bars(drawTimeline([call(0, 10), call(5, 900_000), call(900_001, 900_002)]));
    expect(second?.from).toBeLessThan(first?.to ?? 0);
    expect(third?.from).toBeGreaterThan(second?.to ?? 0);
    expect(drawTimeline([call(1_000_000, 1_002_500)])).toContain('>2.5</text>');
  });
  it('lets a call of unknown end go on to the edge', () => {
    const svg = drawTimeline([call(0), call(5, 10)]);
    const [open, other] = bars(svg);
    expect(open?.to).toBeGreaterThan(other?.to ?? 0);
    expect(svg.match(/class="call open"/g)).toHaveLength(1);
  });
  it('escapes what an implementation answered, and cuts what is long', () => {
    const svg = drawTimeline([call(0, 1, { node: '<om1>', ended: `"<script>\u001b[0m${'x'.repeat(5_000)}` })]);
    expect(svg).not.toMatch(/<script|<om1>|\u001b/);
    expect(svg).toContain('&lt;om1&gt;');
    expect(svg.length).toBeLessThan(4_000);
  });
});
