/**
 * The exit code of a run (harness-contracts.md §4): 0 conformant, or exactly as recorded, or partial and allowed; 1 not
 * conformant; 2 partial or incomplete; 3 wrong usage; 4 harness fault.
 */
import type { BaselineOutcome } from './baseline.js';
import type { Problem } from './envelope.js';
import type { ScenarioResult } from './scenario-result.js';
import type { ExitCode, ProfileVerdict } from './verdict.js';

/**
 * An implementation's failure outweighs everything; a fault of the kit outweighs what it left undone. A baseline excuses
 * the failures that it records and nothing else: what remains decides as if they had not been there.
 */
export function exitCode(
  profiles: readonly Pick<ProfileVerdict, 'word' | 'rest' | 'asRecorded'>[],
  results: readonly Pick<ScenarioResult, 'blame'>[],
  problems: readonly Pick<Problem, 'blame'>[],
  baseline: BaselineOutcome | undefined,
  allowPartial: boolean,
): ExitCode {
  if (profiles.some(({ rest }) => rest === 'NOT CONFORMANT')) return 1;
  if ([...results, ...problems].some(({ blame }) => blame === 'harness')) return 4;
  if (profiles.length === 0 || problems.length > 0 || profiles.some(({ rest }) => rest === 'INCOMPLETE')) return 2;
  if (baseline !== undefined && baseline.errors.length > 0) return 3;
  if (!allowPartial && profiles.some(({ rest }) => rest === 'PARTIAL')) return 2;
  return 0;
}
