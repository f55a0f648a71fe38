/** What `prove` found out, as data, in words for a terminal, and as an exit code. Pure. */
import type { Outcome } from './outcome.js';

/** The unchanged code, run as the mutants are run. */
export interface ReferenceRecord {
  /** `three nodes in one process`, `three processes` or `unit tests`. */
  readonly how: string;
  readonly passed: boolean;
  /** It did not pass, and nothing says that it is wrong: scenarios decided nothing, such as on a slow machine. */
  readonly undecided: boolean;
  readonly scenarios: number;
  readonly why: readonly string[];
  readonly durationMs: number;
}

export interface MutantRecord {
  readonly id: string;
  readonly kind: 'policy' | 'patch' | 'kit';
  readonly wrong: string;
  readonly outcome: Outcome;
  /** Every assertion that failed, with its rule and how many scenarios it failed in; of cluster mutants. */
  readonly noticed: readonly Noticed[];
  readonly durationMs: number;
}

export interface Noticed {
  readonly rule: string;
  readonly assertion: string;
  readonly scenarios: number;
}

export interface NullOmRecord {
  readonly id: string;
  readonly wrong: string;
  /** Rules that it passed: there should be none. */
  readonly passed: readonly string[];
  /** Scenarios that it passed. Some are passed by doing nothing; a rule has others then. */
  readonly passedScenarios: readonly string[];
  readonly ran: number;
  /** Why the run proved nothing. */
  readonly why: readonly string[];
  readonly durationMs: number;
}

export interface ProveResult {
  readonly format: 1;
  readonly seed: string;
  /** Every mutant met every scenario, not only those of its rules. */
  readonly full: boolean;
  readonly references: readonly ReferenceRecord[];
  readonly mutants: readonly MutantRecord[];
  readonly nullOms: readonly NullOmRecord[];
  readonly durationMs: number;
}

/**
 * 0: the unchanged code passed, every mutant was killed, and no null OM passed anything. 2: the same, but the unchanged code left
 * something undecided.
 */
export function exitOf(result: Pick<ProveResult, 'references' | 'mutants' | 'nullOms'>): 0 | 1 | 2 {
  const good =
    result.references.every(({ passed, undecided }) => passed || undecided) &&
    result.mutants.every(({ outcome }) => outcome.kind === 'killed') &&
    result.nullOms.every(provesNothing) &&
    result.references.length + result.mutants.length + result.nullOms.length > 0;
  if (!good) return 1;
  return result.references.every(({ passed }) => passed) ? 0 : 2;
}

export function provesNothing({ passed, why }: Pick<NullOmRecord, 'passed' | 'why'>): boolean {
  return passed.length === 0 && why.length === 0;
}

export function referenceLine({ how, passed, undecided, scenarios, why, durationMs }: ReferenceRecord): string {
  const what = passed ? 'passed' : undecided ? 'UNDECIDED' : 'FAILED';
  return lines(
    `unchanged, ${how}: ${what}, ${scenarios} ${how === 'unit tests' ? 'tests' : 'scenarios'}`,
    durationMs,
    why,
  );
}

export function mutantLine({ id, outcome, durationMs }: MutantRecord): string {
  switch (outcome.kind) {
    case 'killed':
      return lines(
        `killed  ${id}`,
        durationMs,
        outcome.by.map((by) => `by ${by}`),
      );
    case 'alive':
      return lines(`ALIVE   ${id}`, durationMs, outcome.why);
  }
}

export function nullOmLine(record: NullOmRecord): string {
  const { id, ran, passed, passedScenarios, why, durationMs } = record;
  const scenarios = `${passedScenarios.length} of ${ran} scenarios`;
  const found = passed.map((rule) => `it passes ${rule}`);
  return lines(
    `${provesNothing(record) ? 'null OM' : 'NULL OM'} ${id}: passes ${passed.length} rules, ${scenarios}`,
    durationMs,
    [...found, ...why],
  );
}

/** The last line. */
export function summary({ references, mutants, nullOms, durationMs }: ProveResult): string {
  const killed = mutants.filter(({ outcome }) => outcome.kind === 'killed').length;
  const failed = references.some(({ passed, undecided }) => !passed && !undecided);
  const unclear = references.some(({ undecided }) => undecided);
  const wrong = nullOms.filter((record) => !provesNothing(record));
  const words =
    nullOms.length === 0
      ? 'not run'
      : wrong.length === 0
        ? `${nullOms.length} pass nothing`
        : `${wrong.map(({ id }) => id).join(', ')} WRONGLY TRUSTED`;
  const reference = failed ? 'the unchanged code FAILED; ' : unclear ? 'the unchanged code is UNDECIDED; ' : '';
  return `${reference}${killed} killed, ${mutants.length - killed} alive; null OMs: ${words}; ${seconds(durationMs)}`;
}

function lines(first: string, durationMs: number, details: readonly string[]): string {
  return [`${first} (${seconds(durationMs)})`, ...details.map((detail) => `          ${detail}`)].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
