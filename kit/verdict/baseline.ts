/**
 * A baseline: known deviations of one implementation, each with a reason and a link (harness-contracts.md §4). It decides
 * which failures are recorded and which entries no longer hold; it never changes what failed.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../failure.js';
import { RULE_ID } from '../spec/tags.js';
import type { ScenarioResult } from './scenario-result.js';

export const deviationSchema = z
  .strictObject({
    /** Id of a rule: every failed scenario of it is recorded. */
    rule: z.string().regex(RULE_ID, 'is not a rule id').optional(),
    /** One scenario: `features/namespace/volumes.feature: its title`. */
    scenario: z
      .string()
      .regex(/^.+\.feature: .+$/, 'must read `<feature file>: <title>`')
      .optional(),
    reason: z.string().min(1),
    link: z.url(),
    /** Last day on which the entry holds, `YYYY-MM-DD`. */
    expires: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/, 'must be a date, YYYY-MM-DD')
      .optional(),
    /** How often it was seen, where it does not fail each time: then a run in which nothing fails is as recorded too. */
    intermittent: z.string().min(1).optional(),
  })
  .refine((entry) => (entry.rule === undefined) !== (entry.scenario === undefined), {
    message: 'names either a rule or a scenario',
  });
export type Deviation = z.infer<typeof deviationSchema>;

const baselineSchema = z.strictObject({ deviations: z.array(deviationSchema) });

/** Reads a baseline file's text. Throws UsageError `BASELINE_INVALID` that names the first wrong place. */
export function parseBaseline(source: string, fileName: string): Deviation[] {
  let document: unknown;
  try {
    document = parse(source, { schema: 'failsafe' });
  } catch (error) {
    throw invalid(fileName, error instanceof Error ? error.message.split('\n')[0] : 'is not YAML');
  }
  const parsed = baselineSchema.safeParse(document);
  if (parsed.success) return parsed.data.deviations;
  const [issue] = parsed.error.issues;
  throw invalid(fileName, `${issue?.path.join('.') || 'file'} ${issue?.message ?? 'is not valid'}`);
}

function invalid(fileName: string, why: string | undefined): UsageError {
  return new UsageError('BASELINE_INVALID', `baseline ${fileName}: ${why}`);
}

/** A baseline compared with what happened. */
export interface BaselineOutcome {
  /** Entries in force, each with the failed scenarios that it records, by position in the results. */
  readonly matched: readonly { readonly deviation: Deviation; readonly scenarios: readonly number[] }[];
  /** Entries that match nothing, have expired, or whose scenarios passed. Each is an error. */
  readonly errors: readonly string[];
}

/** What exists, selected in this run or not. */
export interface Known {
  /** Ids of the catalogue. */
  readonly rules: ReadonlySet<string>;
  /** `uri: title` of every scenario in the files that were read. */
  readonly scenarios: ReadonlySet<string>;
  /** Files that were read; undefined when all of them were. */
  readonly uris: ReadonlySet<string> | undefined;
}

/**
 * Matches entries with results. An entry whose scenarios were not selected in this run is neither right nor wrong.
 *
 * @param today `YYYY-MM-DD`
 */
export function applyBaseline(
  deviations: readonly Deviation[],
  results: readonly ScenarioResult[],
  known: Known,
  today: string,
): BaselineOutcome {
  const matched: { deviation: Deviation; scenarios: number[] }[] = [];
  const errors: string[] = [];
  for (const deviation of deviations) {
    const name = deviation.rule ?? deviation.scenario ?? '';
    if (!exists(deviation, known)) {
      errors.push(`${name} matches no ${deviation.rule === undefined ? 'scenario' : 'rule'}`);
      continue;
    }
    if (deviation.expires !== undefined && deviation.expires < today) {
      errors.push(`${name} expired on ${deviation.expires}`);
      continue;
    }
    const concerned = [...results.entries()].filter(([, result]) => covers(deviation, result));
    const failed = concerned.filter(([, result]) => result.status === 'failed' && result.blame === 'implementation');
    if (failed.length > 0) matched.push({ deviation, scenarios: failed.map(([index]) => index) });
    else if (deviation.intermittent === undefined && concerned.some(([, result]) => result.status === 'passed')) {
      errors.push(`${name} no longer fails`);
    }
  }
  return { matched, errors };
}

function exists(deviation: Deviation, known: Known): boolean {
  if (deviation.rule !== undefined) return known.rules.has(deviation.rule);
  const scenario = deviation.scenario ?? '';
  // A file that this run did not read may hold the scenario: only a file that was read can prove that it does not.
  const uri = scenario.slice(0, scenario.indexOf(': '));
  return known.scenarios.has(scenario) || (known.uris !== undefined && !known.uris.has(uri));
}

function covers(deviation: Deviation, result: ScenarioResult): boolean {
  if (deviation.rule !== undefined) return deviation.rule === result.rule;
  return deviation.scenario === `${result.uri}: ${result.name}`;
}
