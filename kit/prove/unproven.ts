/** What a null OM's run has not shown: a run in which nothing happened would pass nothing too. Pure. */
import type { Capability } from '../run/capability.js';
import type { RunVerdict } from '../verdict/judge.js';
import type { ScenarioResult } from '../verdict/scenario-result.js';

/** Only the control service of an OM offers these, and a null OM has none: scenarios that need them cannot be run on one. */
const BY_CONTROL: readonly Capability[] = [
  'status',
  'counters',
  'pause-apply',
  'transfer-group',
  'snapshot',
  'membership',
  'drop-replica',
  'reformat',
  'power-loss',
  'node-clock',
];

/**
 * Problems of the run, and rules of which no scenario ran although a null OM could have been asked: all of them were left out, and one
 * at least for another reason than the want of a control service.
 */
export function unproven({ problems, results }: Pick<RunVerdict, 'problems' | 'results'>): string[] {
  const rules = new Map<string, 'judged' | 'beyond' | 'left out'>();
  for (const result of results) {
    const { rule } = result;
    if (rule === undefined || rules.get(rule) === 'judged') continue;
    if (result.status !== 'not-verified') rules.set(rule, 'judged');
    else if (!isBeyond(result)) rules.set(rule, 'left out');
    else if (!rules.has(rule)) rules.set(rule, 'beyond');
  }
  return [
    ...problems.map(({ code, message }) => `the run itself went wrong: ${code}: ${message}`),
    ...[...rules].flatMap(([rule, state]) => (state === 'left out' ? [`no scenario of ${rule} could be run`] : [])),
  ];
}

function isBeyond({ why = '' }: ScenarioResult): boolean {
  return BY_CONTROL.some((capability) => new RegExp(`\\bcapability ${capability}(?:,|$)`).test(why));
}
