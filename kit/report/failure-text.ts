/**
 * One screen about one scenario that ended badly: rule, step, expected, got, the decisive calls, and the command that runs
 * it again (design §6). Every line is bounded and printable, whatever an implementation answered. Pure.
 */
import type { ScenarioEnd } from '../run/observer.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import type { FailureRecord, RecordedCall } from '../verdict/failure-record.js';
import { printable } from '../wire/text.js';
import { againCommand, judgeCommand } from './again.js';
import type { Palette } from './colour.js';

const MAX_CALLS = 5;
/** Lines that a long expected or found text may take. */
const MAX_LINES = 4;
const LABEL = 10;

export function failureLines(
  end: ScenarioEnd,
  rule: CatalogueRule | undefined,
  options: { readonly command: string; readonly columns: number; readonly palette: Palette },
): string[] {
  const { palette, columns } = options;
  const { scenario, decision } = end.planned;
  const { failure } = end;
  const stage = decision.kind === 'run' ? ` [${decision.stage}]` : '';
  const row = (label: string, text: string): string[] =>
    wrap(text, columns - LABEL - 2, palette.dim(label.padEnd(LABEL)));
  const lines = [
    palette.bold(palette.bad(printable(`✘ ${end.planned.rule ?? '?'}  ${scenario.name}`, columns))),
    ...row('where', `${scenario.uri}:${scenario.line}${stage}`),
    ...(rule === undefined ? [] : row('rule', `${rule.keyword.toUpperCase()} ${rule.sentence}`)),
  ];
  if (failure === undefined) lines.push(...row('broken', end.why ?? 'it did not come to its end'));
  else {
    lines.push(...row('step', `${failure.keyword === 'Hook' ? '' : `${failure.keyword} `}${failure.step}`));
    if (failure.expected === undefined) lines.push(...row('error', failure.message));
    else lines.push(...row('expected', failure.expected), ...row('got', failure.found ?? ''));
    const blame = failure.status === 'unknown' ? 'nobody: it cannot be told' : (failure.blame ?? 'nobody');
    const what = failure.assertion ?? failure.code;
    lines.push(...row('blame', what === undefined ? blame : `${blame} (${what})`));
    lines.push(...decisive(end.transcript, failure).flatMap((call, i) => row(i === 0 ? 'calls' : '', callText(call))));
  }
  // Never wrapped: they are there to be copied.
  if (failure?.history?.path !== undefined) {
    lines.push(`  ${palette.dim('judge'.padEnd(LABEL))}${judgeCommand(failure.history.path)}`);
  }
  lines.push(`  ${palette.dim('again'.padEnd(LABEL))}${againCommand(options.command, scenario)}`, '');
  return lines;
}

/** The calls that decided, or, where the assertion names none, the last ones. Behind a history those say nothing. */
function decisive(transcript: readonly RecordedCall[], { calls, history }: FailureRecord): readonly RecordedCall[] {
  const named = transcript.filter(({ number }) => calls.includes(number));
  return (named.length > 0 || history !== undefined ? named : transcript).slice(-MAX_CALLS);
}

function callText({ number, node, command, request, answer, endedAtMs }: RecordedCall): string {
  return `#${number} ${node} ${command} ${printable(request, 160)} → ${endedAtMs === undefined ? 'still open' : printable(answer, 240)}`;
}

function wrap(text: string, width: number, label: string): string[] {
  const room = Math.max(20, width);
  const clean = printable(text, room * MAX_LINES);
  const lines = [];
  for (let at = 0; at < Math.max(1, clean.length); at += room) lines.push(clean.slice(at, at + room));
  return lines.map((line, index) => `  ${index === 0 ? label : ' '.repeat(LABEL)}${line}`);
}
