/**
 * Draws a transcript as a sequence diagram: the kit on the left, one lifeline for each node, an arrow when a call left and
 * one when its answer came, in the order of time. Inline SVG, no script, all text escaped. Pure.
 */
import type { RecordedCall } from '../verdict/failure-record.js';
import { escapeMarkup as esc } from './escape.js';

/** Calls drawn at most: the newest ones, and the decisive ones whatever their age. */
const MAX_CALLS = 40;
const MAX_LANES = 16;
const LANE = 220;
const MARGIN = 90;
const ROW = 26;
const TOP = 46;
/** Characters that fit between two lifelines. */
const LABEL_CHARS = 28;

interface Arrow {
  readonly call: RecordedCall;
  readonly kind: 'request' | 'answer' | 'open';
  readonly atMs: number;
}

/** @param decisive numbers of the calls that decided the failure; they are drawn heavier */
export function drawSequence(calls: readonly RecordedCall[], decisive: readonly number[]): string {
  const shown = choose(calls, decisive);
  const nodes = [...new Set(shown.map(({ node }) => node))].slice(0, MAX_LANES);
  const arrows = arrowsOf(shown.filter(({ node }) => nodes.includes(node)));
  const first = arrows[0]?.atMs ?? 0;
  const width = MARGIN * 2 + nodes.length * LANE;
  const height = TOP + arrows.length * ROW + ROW;
  const x = (node: string) => MARGIN + (nodes.indexOf(node) + 1) * LANE;
  const lanes = ['kit', ...nodes].map((name, index) => {
    const at = MARGIN + index * LANE;
    return `<g class="lane"><text x="${at}" y="20">${esc(name, 24)}</text><line x1="${at}" y1="28" x2="${at}" y2="${height - 8}"/></g>`;
  });
  const rows = arrows.map((arrow, index) => drawArrow(arrow, TOP + index * ROW, x(arrow.call.node), first, decisive));
  const left = calls.length - shown.length;
  const note = left > 0 ? `<p class="note">${left} earlier calls are not drawn.</p>` : '';
  return (
    `<svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Calls of the scenario in the order of time">` +
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>` +
    `${lanes.join('')}${rows.join('')}</svg>${note}`
  );
}

function choose(calls: readonly RecordedCall[], decisive: readonly number[]): RecordedCall[] {
  const important = calls.filter(({ number }) => decisive.includes(number)).slice(-MAX_CALLS);
  const room = MAX_CALLS - important.length;
  const others = room === 0 ? [] : calls.filter((call) => !important.includes(call)).slice(-room);
  return calls.filter((call) => important.includes(call) || others.includes(call));
}

function arrowsOf(calls: readonly RecordedCall[]): Arrow[] {
  return calls
    .flatMap((call): Arrow[] => [
      { call, kind: 'request', atMs: call.sentAtMs },
      call.endedAtMs === undefined
        ? { call, kind: 'open', atMs: Number.POSITIVE_INFINITY }
        : { call, kind: 'answer', atMs: call.endedAtMs },
    ])
    .sort((a, b) => (a.atMs === b.atMs ? a.call.number - b.call.number : a.atMs - b.atMs));
}

/**
 * The status of a business answer, with `success` where that says otherwise; of any other answer the beginning of its text. The
 * whole text is in the arrow's title.
 */
function answerLabel(answer: string): string {
  const head = answer.slice(0, 200);
  const status = /^\{.*?\bstatus: ([A-Z_]+)/.exec(head)?.[1];
  if (status === undefined) return answer;
  const success = !/\bsuccess: false\b/.test(head);
  return success === (status === 'OK') ? status : `${status}, success: ${success}`;
}

function shortened(label: string): string {
  return label.length <= LABEL_CHARS ? label : `${label.slice(0, LABEL_CHARS - 1)}…`;
}

function drawArrow(
  { call, kind, atMs }: Arrow,
  y: number,
  nodeX: number,
  firstMs: number,
  decisive: readonly number[],
): string {
  const classes = [kind, decisive.includes(call.number) ? 'decisive' : ''].filter(Boolean).join(' ');
  const time = Number.isFinite(atMs) ? `${(atMs - firstMs).toFixed(1)} ms` : '';
  const label =
    kind === 'request'
      ? `#${call.number} ${call.command}`
      : kind === 'open'
        ? `#${call.number} still open`
        : answerLabel(call.answer);
  const [from, to] = kind === 'request' ? [MARGIN, nodeX] : [nodeX, MARGIN];
  const detail = kind === 'request' ? call.request : call.answer;
  const line =
    kind === 'open'
      ? `<line x1="${nodeX - 12}" y1="${y}" x2="${nodeX}" y2="${y}"/>`
      : `<line x1="${from}" y1="${y}" x2="${to}" y2="${y}" marker-end="url(#head)"/>`;
  return (
    `<g class="${classes}"><title>${esc(detail, 1_000)}</title>${line}` +
    `<text x="${MARGIN + 8}" y="${y - 5}">${esc(shortened(label))}</text><text class="time" x="${MARGIN - 8}" y="${y + 4}">${time}</text></g>`
  );
}
