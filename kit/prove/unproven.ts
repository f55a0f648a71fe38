/** What a null OM's run has not shown: a run in which nothing happened would pass nothing too. Pure. */
import type { Capability } from '../run/capability.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import type { RunVerdict } from '../verdict/judge.js';

/** Only the control service of an OM offers these, and a null OM has none: rules that need them cannot be verified on one. */
const BY_CONTROL: ReadonlySet<Capability> = new Set<Capability>([
  'pause-apply',
  'transfer-group',
  'snapshot',
  'membership',
  'drop-replica',
  'power-loss',
]);

/** Problems of the run, and rules of which no scenario ran although a null OM could have been asked. */
export function unproven({
  problems,
  results,
  profiles,
}: Pick<RunVerdict, 'problems' | 'results'> & {
  readonly profiles: readonly { readonly rules: readonly { readonly rule: Pick<CatalogueRule, 'id' | 'needs'> }[] }[];
}): string[] {
  const beyond = new Set(
    profiles.flatMap(({ rules: all }) =>
      all.flatMap(({ rule }) => (rule.needs.some((need) => BY_CONTROL.has(need)) ? [rule.id] : [])),
    ),
  );
  const rules = new Map<string, boolean>();
  for (const { rule, status } of results) {
    if (rule !== undefined && !beyond.has(rule))
      rules.set(rule, (rules.get(rule) ?? false) || status !== 'not-verified');
  }
  return [
    ...problems.map(({ code, message }) => `the run itself went wrong: ${code}: ${message}`),
    ...[...rules].flatMap(([rule, judged]) => (judged ? [] : [`no scenario of ${rule} could be run`])),
  ];
}
