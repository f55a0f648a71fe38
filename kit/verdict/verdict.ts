/** What a verdict consists of, in the words of harness-contracts.md §4. `judge.ts` computes it. */
import type { Profile } from '../run/capability.js';
import type { CatalogueRule } from '../spec/catalogue.js';
import type { BaselineOutcome } from './baseline.js';
import type { Problem } from './envelope.js';
import type { ScenarioResult, ScenarioStatus } from './scenario-result.js';

/** 0 conformant, or as recorded, or partial and allowed; 1 not conformant; 2 partial or incomplete; 3 wrong usage; 4 harness fault. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export type VerdictWord = 'NOT CONFORMANT' | 'INCOMPLETE' | 'PARTIAL' | 'CONFORMANT';

/** `verified`: at least one scenario passed and none ended otherwise than passed or not-verified. */
export type RuleStatus = 'verified' | 'failed' | 'broken' | 'unknown' | 'not-verified';

/** What a run found out about one rule of the catalogue. */
export interface RuleOutcome {
  readonly rule: CatalogueRule;
  readonly status: RuleStatus;
  /** Positions of the rule's scenarios in the results. */
  readonly scenarios: readonly number[];
  /** What was missing, or went wrong; empty when verified. */
  readonly why: readonly string[];
}

export interface ProfileVerdict {
  readonly profile: Profile;
  readonly word: VerdictWord;
  /** Number of recorded deviations that explain every failure between them; undefined when something else failed, or nothing. */
  readonly asRecorded: number | undefined;
  /** The verdict with the recorded failures left out: what `--baseline` makes of the exit code. */
  readonly rest: VerdictWord;
  /** MUST rules with a verdict in their favour, of all MUST rules. */
  readonly verified: number;
  readonly total: number;
  readonly rules: readonly RuleOutcome[];
  /** What rules with a time measured, SHOULD rules that failed, and MAY rules with what was seen. */
  readonly remarks: readonly string[];
}

export interface RunVerdict {
  readonly profiles: readonly ProfileVerdict[];
  readonly results: readonly ScenarioResult[];
  readonly counts: Readonly<Record<ScenarioStatus, number>> & {
    readonly selected: number;
    readonly planned: number;
    readonly ran: number;
  };
  /** What makes every profile INCOMPLETE: problems of the run itself, and counts that do not add up. */
  readonly problems: readonly Problem[];
  readonly baseline: BaselineOutcome | undefined;
  readonly exit: ExitCode;
}

/** A profile's verdict in the words of harness-contracts.md §4. */
export function verdictText({ word, asRecorded }: Pick<ProfileVerdict, 'word' | 'asRecorded'>): string {
  if (asRecorded === undefined) return word;
  return `${word}, as recorded (${asRecorded} ${asRecorded === 1 ? 'deviation' : 'deviations'})`;
}
