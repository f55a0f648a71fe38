/**
 * The verdict of a run, computed from its messages and envelope and from nothing else (harness-contracts.md §4). Pure, so
 * that anybody who holds the two files can compute it again.
 */
import type { Profile } from '../run/capability.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import { applyBaseline, type BaselineOutcome } from './baseline.js';
import type { Problem, RunEnvelope } from './envelope.js';
import { exitCode } from './exit.js';
import type { MessageReader } from './results.js';
import type { ScenarioResult, ScenarioStatus } from './scenario-result.js';
import type { ProfileVerdict, RuleOutcome, RuleStatus, RunVerdict, VerdictWord } from './verdict.js';

export type { RunVerdict } from './verdict.js';

export function judge(envelope: RunEnvelope, messages: MessageReader): RunVerdict {
  const results = messages.results(envelope);
  const problems = [...envelope.problems, ...countProblems(envelope, messages, results)];
  const baseline =
    envelope.deviations &&
    applyBaseline(envelope.deviations, results, knownTo(envelope, messages), envelope.run.endedAt.slice(0, 10));
  const profiles = envelope.judged.map((profile) =>
    judgeProfile(profile, envelope, results, problems, baseline?.matched ?? []),
  );
  const count = (status: ScenarioStatus) => results.filter((result) => result.status === status).length;
  return {
    profiles,
    results,
    counts: {
      selected: envelope.selected,
      planned: results.length,
      ran: messages.ran,
      passed: count('passed'),
      failed: count('failed'),
      'not-verified': count('not-verified'),
      unknown: count('unknown'),
      broken: count('broken'),
    },
    problems,
    baseline,
    exit: exitCode(profiles, results, problems, baseline, envelope.run.allowPartial),
  };
}

function knownTo(envelope: RunEnvelope, messages: MessageReader) {
  return {
    rules: new Set(envelope.specification.rules.map(({ id }) => id)),
    scenarios: messages.scenarios,
    uris: envelope.selection.paths.length === 0 ? undefined : messages.uris,
  };
}

/** Selected = planned = ran + not verified, and more than none; anything else means that something was lost on the way. */
function countProblems(envelope: RunEnvelope, messages: MessageReader, results: readonly ScenarioResult[]): Problem[] {
  const found: Problem[] = [];
  const lost = (message: string) => found.push({ code: 'COUNTS_DIFFER', message, blame: 'harness' });
  if (envelope.stopped === 'interrupted') {
    found.push({ code: 'INTERRUPTED', message: 'the run was interrupted', blame: 'environment' });
  }
  const planned = new Set(envelope.plan.map(({ uri, line }) => `${uri}:${line}`)).size;
  if (envelope.selected === 0 && envelope.problems.length === 0) {
    found.push({ code: 'NOTHING_SELECTED', message: 'the selection matches no scenario', blame: 'environment' });
  }
  // The run ended before anything was decided; its problem says why.
  if (envelope.plan.length === 0 && envelope.problems.length + found.length > 0) return found;
  if (planned !== envelope.selected) lost(`${envelope.selected} scenarios were selected and ${planned} planned`);
  const surplus = messages.surplus(envelope.plan);
  if (surplus > 0) lost(`${surplus} scenarios ran that were not planned`);
  const withoutResult =
    results.length - messages.ran - envelope.plan.filter(({ decision }) => decision.kind !== 'run').length;
  if (withoutResult !== 0 && envelope.stopped === undefined) {
    lost(`${results.length} were planned, ${messages.ran} ran: ${Math.abs(withoutResult)} have no end`);
  }
  return found;
}

function judgeProfile(
  profile: Profile,
  envelope: RunEnvelope,
  results: readonly ScenarioResult[],
  problems: readonly Problem[],
  recorded: BaselineOutcome['matched'],
): ProfileVerdict {
  const unreached =
    envelope.plan.length === 0 && envelope.selected > 0
      ? 'the run ended before its plan was made'
      : 'none of its scenarios was selected';
  const rules = envelope.specification.rules
    .filter((rule) => rule.profile === profile)
    .map((rule) => judgeRule(rule, results, unreached));
  const musts = rules.filter(({ rule }) => rule.keyword === 'must');
  const verified = musts.filter(({ status }) => status === 'verified').length;
  const mustFailures = musts.flatMap(({ scenarios }) => scenarios.filter((index) => contradicts(results[index])));
  const deviations = recorded.filter(({ scenarios }) => scenarios.some((index) => mustFailures.includes(index)));
  const unrecorded = mustFailures.filter((index) => !deviations.some(({ scenarios }) => scenarios.includes(index)));
  // A scenario that names no rule of the catalogue could belong to any profile: no verdict may ignore it.
  const stray = results.some(({ rule, status }) => rule === undefined && status !== 'passed');
  const incomplete =
    problems.length > 0 || stray || rules.some(({ scenarios }) => scenarios.some((i) => unsettled(results[i])));
  const notVerified = musts.some(({ status }) => status === 'not-verified');
  const rest: VerdictWord = incomplete ? 'INCOMPLETE' : notVerified || musts.length === 0 ? 'PARTIAL' : 'CONFORMANT';
  return {
    profile,
    word: mustFailures.length > 0 ? 'NOT CONFORMANT' : rest,
    asRecorded: mustFailures.length > 0 && unrecorded.length === 0 ? deviations.length : undefined,
    rest: unrecorded.length > 0 ? 'NOT CONFORMANT' : rest,
    verified,
    total: musts.length,
    rules,
    remarks: rules.flatMap(({ rule, scenarios }) => remarksOn(rule, scenarios, results)),
  };
}

/** @param unreached why a rule has no scenario in the results */
function judgeRule(rule: CatalogueRule, results: readonly ScenarioResult[], unreached: string): RuleOutcome {
  const scenarios = [...results.entries()].filter(([, result]) => result.rule === rule.id).map(([index]) => index);
  const of = (...statuses: ScenarioStatus[]) =>
    scenarios.flatMap((index) => {
      const result = results[index];
      return result !== undefined && statuses.includes(result.status) ? [result] : [];
    });
  const outcome = (status: RuleStatus, why: readonly string[]): RuleOutcome => ({ rule, status, scenarios, why });
  const because = (list: readonly ScenarioResult[]) => [...new Set(list.map(({ why }) => why ?? ''))];
  const failed = of('failed');
  if (failed.some(({ blame }) => blame === 'implementation')) return outcome('failed', because(failed));
  const broken = of('failed', 'broken');
  if (broken.length > 0) return outcome('broken', because(broken));
  const unknown = of('unknown');
  if (unknown.length > 0) return outcome('unknown', because(unknown));
  if (of('passed').length > 0) return outcome('verified', []);
  const missing = because(of('not-verified'));
  return outcome('not-verified', missing.length > 0 ? missing : [unreached]);
}

function contradicts(result: ScenarioResult | undefined): boolean {
  return result?.status === 'failed' && result.blame === 'implementation';
}

/** Ended in a way that says nothing about the implementation. */
function unsettled(result: ScenarioResult | undefined): boolean {
  if (result === undefined) return true;
  return (
    result.status === 'broken' || result.status === 'unknown' || (result.status === 'failed' && !contradicts(result))
  );
}

function remarksOn(rule: CatalogueRule, scenarios: readonly number[], results: readonly ScenarioResult[]): string[] {
  return scenarios.flatMap((index) => {
    const result = results[index];
    if (result === undefined) return [];
    // A rule with a time says what it took; a MAY what was done.
    const measured = result.seen === undefined ? [] : [`${rule.id}: ${result.name}${seenText(result)}`];
    if (rule.keyword === 'must') return measured;
    if (rule.keyword === 'may') {
      if (result.status === 'passed') return [`${rule.id} (MAY): seen: ${result.name}${seenText(result)}`];
      return contradicts(result) ? [`${rule.id} (MAY): not seen: ${result.name}: ${result.why}`] : [];
    }
    return contradicts(result) ? [`${rule.id} (SHOULD) failed: ${result.name}: ${result.why}`] : [];
  });
}

function seenText({ seen }: ScenarioResult): string {
  return seen === undefined ? '' : `: ${seen.join(', then ')}`;
}
