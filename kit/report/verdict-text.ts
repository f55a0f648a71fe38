/** The end of a run as text: the verdict of each profile, what is not verified and why, and where the report is. Pure. */
import { join } from 'node:path';
import type { RunResult } from '../run/publish.js';
import { type ProfileVerdict, type RuleOutcome, type RunVerdict, verdictText } from '../verdict/verdict.js';
import { printable } from '../wire/text.js';
import { type Palette, paletteOf } from './colour.js';
import { entryOf } from './error-text.js';
import { FILES } from './folder.js';

const MAX_LINE_CHARS = 240;
/** Rules of one status listed one by one; the report has all. */
const MAX_RULES = 20;

export function verdictLines(result: RunResult, palette: Palette = paletteOf(false)): string[] {
  const { verdict, envelope, outDir } = result;
  const { counts } = verdict;
  const lines = verdict.profiles.flatMap((profile) => profileLines(profile, palette));
  if (verdict.profiles.length === 0) lines.push(palette.warn('INCOMPLETE: no profile was judged'));
  for (const { code, message, blame } of verdict.problems) {
    lines.push(palette.bad(`${code}, blame ${blame}: ${printable(message, MAX_LINE_CHARS * 4)}`));
    const remedy = entryOf(code)?.remedy;
    if (remedy !== undefined) lines.push(`  ${remedy}`);
  }
  for (const error of verdict.baseline?.errors ?? [])
    lines.push(palette.bad(`baseline: ${printable(error, MAX_LINE_CHARS)}`));
  const partial = onlyPartial(verdict);
  if (partial !== undefined) lines.push(palette.warn(partial));
  const outcomes = (['passed', 'failed', 'broken', 'unknown', 'not-verified'] as const)
    .filter((status) => status === 'passed' || counts[status] > 0)
    .map((status) => `${counts[status]} ${status.replace('-', ' ')}`);
  lines.push(
    '',
    `${counts.selected} scenarios selected, ${counts.planned} planned, ${counts.ran} ran: ${outcomes.join(', ')}`,
    `seed ${envelope.run.seed}, ${(envelope.timings.total / 1_000).toFixed(1)} s`,
    `report ${join(outDir, FILES.html)}`,
  );
  return lines;
}

/** Why a run in which nothing went wrong ends with 2; undefined for every other run. */
export function onlyPartial({
  exit,
  profiles,
  problems,
}: Pick<RunVerdict, 'exit' | 'problems'> & {
  readonly profiles: readonly Pick<ProfileVerdict, 'profile' | 'rest'>[];
}): string | undefined {
  const open = profiles.filter(({ rest }) => rest !== 'CONFORMANT');
  if (exit !== 2 || problems.length > 0 || open.length === 0 || open.some(({ rest }) => rest !== 'PARTIAL'))
    return undefined;
  const names = open.map(({ profile }) => profile).join(', ');
  return `exit code 2: not every MUST rule of ${names} was verified; --allow-partial accepts that`;
}

function profileLines(profile: ProfileVerdict, palette: Palette): string[] {
  const paint =
    profile.word === 'CONFORMANT' ? palette.good : profile.rest === 'NOT CONFORMANT' ? palette.bad : palette.warn;
  const head = `${profile.profile.padEnd(18)} ${paint(palette.bold(verdictText(profile)))}  ${profile.verified}/${profile.total} MUST rules verified`;
  // A failed SHOULD or MAY is among the remarks.
  const open = profile.rules.filter(
    ({ rule, status }) => status !== 'verified' && (rule.keyword === 'must' || status !== 'failed'),
  );
  return [
    head,
    ...grouped(open).map((line) => `  ${printable(line, MAX_LINE_CHARS)}`),
    ...profile.remarks.map((remark) => `  ${palette.warn('note')} ${printable(remark, MAX_LINE_CHARS)}`),
  ];
}

/** Rules with the same reason share a line. */
function grouped(rules: readonly RuleOutcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { rule, status, why } of rules) {
    const reason = `${status.replace('-', ' ')}: ${why.join('; ')}`;
    groups.set(reason, [...(groups.get(reason) ?? []), rule.id]);
  }
  return [...groups].map(([reason, ids]) => {
    const more = ids.length > MAX_RULES ? ` and ${ids.length - MAX_RULES} more` : '';
    return `${ids.slice(0, MAX_RULES).join(' ')}${more}  ${reason}`;
  });
}
