/**
 * The report as one HTML file that needs no network: verdict cards, the table of rules, what was not verified and why, and
 * every scenario that ended badly. Its content security policy names style and script by their digests, so that nothing
 * else can run in it whatever an implementation answered.
 */
import { createHash } from 'node:crypto';
import type { RunEnvelope } from '../verdict/envelope.js';
import { type ProfileVerdict, type RuleOutcome, type RunVerdict, verdictText } from '../verdict/verdict.js';
import { againCommand } from './again.js';
import { escapeMarkup as esc, escapeSentence } from './escape.js';
import { SCRIPT, STYLE } from './html-assets.js';
import { renderFailure } from './html-failure.js';

/** Scenarios shown with all their details at most: beyond that a page helps nobody. */
const MAX_FAILURES = 200;
/** Scenarios whose details are open from the start; of the others a line shows which they are. */
const OPEN_FAILURES = 3;
const STATUSES = ['verified', 'failed', 'broken', 'unknown', 'not-verified'] as const;

export function renderHtml(envelope: RunEnvelope, verdict: RunVerdict): string {
  const name = envelope.target === undefined ? 'no target' : identityText(envelope.target.identity);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance of ${esc(name, 120)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${esc(name, 200)}</h1><p class="dim">Conformance to the om-conformance specification ${esc(envelope.specification.version)}</p></header>
<main>
<ul class="cards">${verdict.profiles.map(card).join('')}</ul>
${problems(verdict)}
<p>${counts(verdict)}</p>
${facts(envelope)}
${remarks(verdict)}
${failures(envelope, verdict)}
<h2 id="rules-title">Rules</h2>
${ruleTable(verdict)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function identityText({ organization, project, version }: NonNullable<RunEnvelope['target']>['identity']): string {
  return `${organization} ${project} ${version}`;
}

function card(profile: ProfileVerdict): string {
  const tone = profile.word === 'CONFORMANT' ? 'good' : profile.rest === 'NOT CONFORMANT' ? 'bad' : 'warn';
  return (
    `<li class="card ${tone}"><h3>${esc(profile.profile)}</h3><strong>${esc(verdictText(profile))}</strong>` +
    `<span class="figure">${profile.verified} of ${profile.total} MUST rules verified</span></li>`
  );
}

function problems(verdict: RunVerdict): string {
  const items = [
    ...verdict.problems.map(({ code, message, blame }) => `${code} (${blame}): ${message}`),
    ...(verdict.baseline?.errors ?? []).map((message) => `baseline: ${message}`),
  ];
  return items.length === 0 ? '' : `<h2>Problems of the run</h2>${list(items)}`;
}

function remarks(verdict: RunVerdict): string {
  const items = verdict.profiles.flatMap((profile) => profile.remarks);
  const recorded = (verdict.baseline?.matched ?? []).map(
    ({ deviation }) => `${deviation.rule ?? deviation.scenario}: ${deviation.reason} (${deviation.link})`,
  );
  return (
    (items.length === 0 ? '' : `<h2>Warnings and observations</h2>${list(items)}`) +
    (recorded.length === 0 ? '' : `<h2>Recorded deviations</h2>${list(recorded)}`)
  );
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${esc(item)}</li>`).join('')}</ul>`;
}

function counts({ counts: of }: RunVerdict): string {
  const parts = [
    `${of.selected} scenarios selected`,
    `${of.ran} runs`,
    `${of.passed} passed`,
    `${of.failed} failed`,
    `${of.broken} broken`,
    `${of.unknown} unknown`,
    `${of['not-verified']} not verified`,
  ];
  return esc(parts.join(', '));
}

function facts(envelope: RunEnvelope): string {
  const { target, run, kit, specification } = envelope;
  const seconds = (envelope.timings.total / 1_000).toFixed(1);
  const pairs: [string, string][] = [
    [
      'target',
      target === undefined
        ? 'none'
        : `${target.kind}: ${target.nodes.map(({ id, address }) => `${id} ${address}`).join(', ')}`,
    ],
    ['contact', target === undefined ? '' : `${target.identity.url} ${target.identity.contact}`],
    ['claims', target?.claims.join(', ') ?? ''],
    ['stages', target?.stages.join(', ') ?? ''],
    ['capabilities', envelope.capabilities.join(', ') || 'none'],
    ['run', `${run.id}, ${run.startedAt}, ${seconds} s, seed ${run.seed}`],
    ['kit', `om-conformance ${kit.version}, Node.js ${kit.node}, ${kit.platform}`],
    ['specification', `${specification.version}, sha256 ${specification.digest}`],
    ['reproduce', run.command],
  ];
  return `<details><summary>About this run</summary><dl>${pairs.map(([term, text]) => `<dt>${esc(term)}</dt><dd>${esc(text)}</dd>`).join('')}</dl></details>`;
}

function failures(envelope: RunEnvelope, verdict: RunVerdict): string {
  const bad = verdict.results.filter(({ status }) => status !== 'passed' && status !== 'not-verified');
  if (bad.length === 0) return '';
  const sentences = new Map(envelope.specification.rules.map(({ id, sentence }) => [id, sentence]));
  const shown = bad.slice(0, MAX_FAILURES).map((result, at) => {
    const sentence = sentences.get(result.rule ?? '') ?? '';
    return renderFailure(result, sentence, againCommand(envelope.run.command, result), at < OPEN_FAILURES);
  });
  const more =
    bad.length > MAX_FAILURES ? `<p class="note">${bad.length - MAX_FAILURES} more are in messages.ndjson.</p>` : '';
  return `<h2>Scenarios that did not pass</h2>${shown.join('')}${more}`;
}

function ruleTable(verdict: RunVerdict): string {
  const rows = verdict.profiles.flatMap(({ rules }) => rules.map((outcome) => ruleRow(outcome, verdict)));
  const boxes = STATUSES.map(
    (status) =>
      `<label><input type="checkbox" value="${status}" checked> <span class="s-${status}">${status}</span></label>`,
  );
  return (
    `<div class="filter"><input id="search" type="search" placeholder="Filter by id or text" aria-label="Filter rules">${boxes.join('')}<span id="shown" class="dim" aria-live="polite"></span></div>` +
    `<table id="rules" aria-labelledby="rules-title"><thead><tr><th>Rule</th><th>Keyword</th><th>Profile</th><th>Text</th><th>Result</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  );
}

function ruleRow({ rule, status, scenarios, why }: RuleOutcome, verdict: RunVerdict): string {
  const passed = scenarios.filter((index) => verdict.results[index]?.status === 'passed').length;
  const needs = rule.needs.length === 0 ? '' : ` Needs ${rule.needs.join(', ')}.`;
  return (
    `<tr id="${esc(rule.id)}" data-status="${status}"><td class="id"><a href="#${esc(rule.id)}">${esc(rule.id)}</a></td>` +
    `<td>${rule.keyword.toUpperCase()}</td><td>${esc(rule.profile)}</td>` +
    `<td class="sentence">${escapeSentence(rule.sentence)} <span class="dim">[${esc(rule.source.join(', '))}]${esc(needs)}</span></td>` +
    `<td class="result"><span class="s-${status}">${status}</span> <span class="dim">${passed} of ${scenarios.length} scenarios passed</span>` +
    `${why.length === 0 ? '' : list(why)}</td></tr>`
  );
}
