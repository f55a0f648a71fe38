/**
 * Draws a counter-example: a row for each call, its bar from when it began to when its caller knew, over an axis on which every
 * beginning and end has its own place, so that what overlaps what is seen whatever the times are. Inline SVG, no script, all text
 * escaped. Pure.
 */
import type { TimelineCall } from '../history/timeline.js';
import { escapeMarkup as esc } from './escape.js';

const ROW = 44;
const TOP = 40;
const LABEL = 190;
const TICK = 46;
const RIGHT = 24;
/** The words of a bar may be longer than it. */
const MAX_WORDS = 90;
/** Room of a character, rather more than it takes. */
const CHARACTER = 7.6;

export function drawTimeline(calls: readonly TimelineCall[]): string {
  const times = [
    ...new Set(calls.flatMap(({ beganUs, endedUs }) => [beganUs, ...(endedUs === undefined ? [] : [endedUs])])),
  ];
  times.sort((a, b) => a - b);
  const axisEnd = LABEL + (times.length + 1) * TICK;
  const x = (us: number) => LABEL + (times.indexOf(us) + 0.5) * TICK;
  const wordsEnd = calls.map((call) => x(call.beganUs) + wordsOf(call).length * CHARACTER);
  const width = Math.ceil(Math.max(axisEnd, ...wordsEnd)) + RIGHT;
  const height = TOP + calls.length * ROW + 12;
  const first = times[0] ?? 0;
  const ticks = times.map(
    (us) =>
      `<g class="tick"><line x1="${x(us)}" y1="${TOP - 8}" x2="${x(us)}" y2="${height - 6}"/>` +
      `<text x="${x(us)}" y="${TOP - 14}">${((us - first) / 1_000).toFixed(1)}</text></g>`,
  );
  const rows = calls.map((call, index) => drawCall(call, TOP + index * ROW, x, axisEnd));
  return (
    `<svg class="timeline" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Calls that no order explains, in the order in which they began">` +
    `<text class="axis" x="${LABEL - 12}" y="${TOP - 14}">ms</text>${ticks.join('')}${rows.join('')}</svg>`
  );
}

function drawCall(call: TimelineCall, y: number, x: (us: number) => number, axisEnd: number): string {
  const { client, node, asked, ended, beganUs, endedUs } = call;
  const from = x(beganUs);
  const to = endedUs === undefined ? axisEnd : x(endedUs);
  const open = endedUs === undefined;
  return (
    `<g class="call${open ? ' open' : ''}"><title>${esc(`${asked}: ${ended}`, 1_000)}</title>` +
    `<text class="who" x="${LABEL - 12}" y="${y + 14}">client ${client}, ${esc(node, 16)}</text>` +
    `<rect x="${from}" y="${y + 4}" width="${Math.max(4, to - from)}" height="12" rx="3"/>` +
    `<text x="${from}" y="${y + 32}">${esc(wordsOf(call))}</text></g>`
  );
}

function wordsOf({ asked, ended }: TimelineCall): string {
  const words = `${asked}: ${ended}`;
  return words.length <= MAX_WORDS ? words : `${words.slice(0, MAX_WORDS - 1)}…`;
}
