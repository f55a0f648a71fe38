/** The part of the HTML report that shows one scenario that ended badly: steps, expected and found, calls, how to repeat it. */
import type { RecordedCall } from '../verdict/failure-record.js';
import type { ScenarioResult } from '../verdict/scenario-result.js';
import { judgeCommand } from './again.js';
import { escapeMarkup as esc, escapeSentence } from './escape.js';
import { drawSequence } from './sequence.js';
import { drawTimeline } from './timeline.js';

/** Calls listed with their full texts at most; the decisive ones come first. */
const MAX_LISTED_CALLS = 60;

const MARKS: Readonly<Record<string, string>> = { PASSED: '✔', FAILED: '✘', SKIPPED: '–' };

/**
 * @param command what runs this scenario again
 * @param open whether its details are shown before anybody asks for them
 */
export function renderFailure(result: ScenarioResult, sentence: string, command: string, open: boolean): string {
  const { rule, failure, status, blame, stage } = result;
  const facts = [
    ['status', `${status}${blame === undefined ? '' : `, blame: ${blame}`}`],
    ['where', `${result.uri}:${result.line}${stage === undefined ? '' : `, stage ${stage}`}`],
    ['assertion', failure?.assertion],
    ['error', failure?.code],
  ].flatMap(([term, text]) => (text === undefined ? [] : [`<dt>${esc(term ?? '')}</dt><dd>${esc(text)}</dd>`]));
  const link = rule === undefined ? '' : `<a href="#${esc(rule)}">${esc(rule)}</a> `;
  return (
    `<details class="failure"${open ? ' open' : ''}><summary><span class="s-${status}">${esc(status)}</span> ${link}<strong>${esc(result.name)}</strong></summary><div>` +
    `<p class="dim">${escapeSentence(sentence)}</p><dl>${facts.join('')}</dl>${compared(result)}${history(result)}${steps(result)}` +
    `<p>Run it again:</p><pre class="command">${esc(command)}</pre>${calls(result.transcript, failure?.calls ?? [])}</div></details>`
  );
}

function compared({ failure, why }: ScenarioResult): string {
  if (failure?.expected === undefined) return `<p>${esc(failure?.message ?? why ?? '')}</p>`;
  return (
    `<div class="compare"><div><h3>Expected</h3><pre>${esc(failure.expected)}</pre></div>` +
    `<div><h3>Found</h3><pre>${esc(failure.found ?? '')}</pre></div></div>`
  );
}

function history({ failure }: ScenarioResult): string {
  if (failure?.history === undefined) return '';
  const { path, calls } = failure.history;
  const again =
    path === undefined ? '' : `<p>Judge the history again:</p><pre class="command">${esc(judgeCommand(path))}</pre>`;
  return `${calls.length === 0 ? '' : `<div class="drawing">${drawTimeline(calls)}</div>`}${again}`;
}

function steps(result: ScenarioResult): string {
  const items = result.steps
    .filter(({ keyword, status }) => keyword !== 'Hook' || status !== 'PASSED')
    .map(({ keyword, text, status }) => {
      const mark = `<span class="s-${esc(status.toLowerCase())}" title="${esc(status.toLowerCase())}">${MARKS[status] ?? '?'}</span>`;
      return `<li>${mark} <b>${keyword}</b> <span>${esc(text)}</span></li>`;
    });
  return items.length === 0 ? '' : `<ol class="steps">${items.join('')}</ol>`;
}

function calls(transcript: readonly RecordedCall[], decisive: readonly number[]): string {
  if (transcript.length === 0) return '<p class="note">No call was made.</p>';
  const listed = [
    ...transcript.filter(({ number }) => decisive.includes(number)),
    ...transcript.filter(({ number }) => !decisive.includes(number)).slice(-MAX_LISTED_CALLS),
  ].slice(0, MAX_LISTED_CALLS);
  return (
    `<div class="drawing">${drawSequence(transcript, decisive)}</div>` +
    listed.map((call) => renderCall(call, decisive.includes(call.number))).join('')
  );
}

function renderCall(call: RecordedCall, decisive: boolean): string {
  const took = call.endedAtMs === undefined ? 'still open' : `${(call.endedAtMs - call.sentAtMs).toFixed(1)} ms`;
  const pairs = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([key, value]) => `${key}: ${value}`);
  const section = (title: string, text: string) => (text === '' ? '' : `<h3>${title}</h3><pre>${esc(text)}</pre>`);
  return (
    `<details class="call"${decisive ? ' open' : ''}><summary>#${call.number} ${esc(call.command, 80)} → ${esc(call.node, 80)}, ${took}` +
    `${decisive ? ' <strong>(decisive)</strong>' : ''}</summary>${section('Request', call.request)}${section('Metadata', pairs(call.metadata).join('; '))}` +
    `${section('Answer', call.answer)}${section('Trailers', pairs(call.trailers).join('; '))}</details>`
  );
}
