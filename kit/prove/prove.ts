/**
 * The order of a proof: the unchanged code first, run as the mutants are run, then every mutant with the scenarios of its
 * rules, then the null OMs. One cluster at a time. What a run proved is decided in `outcome.ts`, `unit-tests.ts` and
 * `result.ts`.
 */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../run/package.js';
import type { RunVerdict } from '../verdict/judge.js';
import { type ClusterRunOptions, faults, noticed, onlyUndecided, runOn, verifiedRules } from './cluster-run.js';
import type { ClusterMutant, KitMutant, Mutant } from './mutant.js';
import type { NullOm } from './null-om/null-om.js';
import { NullTarget } from './null-om/target.js';
import { killsSeen, type Outcome, outcomeOf } from './outcome.js';
import { compileOverlay, patchedSource, removeOverlay } from './overlay.js';
import { ProcessTarget } from './process-target.js';
import {
  type MutantRecord,
  mutantLine,
  type NullOmRecord,
  nullOmLine,
  type ProveResult,
  type ReferenceRecord,
  referenceLine,
} from './result.js';
import { type ProvedTarget, ServedTarget } from './served-target.js';
import { kitOutcome, runUnitTests, type UnitTests } from './unit-tests.js';
import { unproven } from './unproven.js';

const DIST = join(PACKAGE_ROOT, 'dist');
/** A mutant may make every call wait: so long may a run with the scenarios of a few rules take, and one with all. */
const RUN_WITHIN_MS = 240_000;
const FULL_RUN_WITHIN_MS = 600_000;

export interface ProveOptions {
  readonly mutants: readonly Mutant[];
  readonly nullOms: readonly NullOm[];
  readonly seed: string;
  /** Every mutant meets every scenario. */
  readonly full: boolean;
  /** Reports of the runs go to `runs/` in it. */
  readonly outDir: string;
  /** Takes a few lines of progress. */
  readonly say: (text: string) => void;
}

/** @throws HarnessError MUTANT_MISMATCH before anything is run */
export async function prove(options: ProveOptions): Promise<ProveResult> {
  const began = performance.now();
  const { mutants, nullOms, seed, full, say } = options;
  for (const mutant of mutants) if (mutant.kind !== 'policy') patchedSource(PACKAGE_ROOT, mutant);
  const said = <T>(record: T, line: (record: T) => string): T => {
    say(line(record));
    return record;
  };

  const references: ReferenceRecord[] = [];
  const ofCluster = mutants.filter((mutant) => mutant.kind !== 'kit');
  for (const processes of [false, true]) {
    const same = ofCluster.filter((mutant) => runsAsProcesses(mutant) === processes);
    if (same.length > 0) references.push(said(await unchanged(processes, same, options), referenceLine));
  }
  const ofKit = mutants.filter((mutant) => mutant.kind === 'kit');
  const before = ofKit.length === 0 ? undefined : unchangedTests(ofKit);
  if (before !== undefined) references.push(said(before.record, referenceLine));

  const records: MutantRecord[] = [];
  for (const mutant of ofCluster) records.push(said(await clusterMutant(mutant, options), mutantLine));
  for (const mutant of ofKit) {
    if (before !== undefined) records.push(said(kitMutant(mutant, before.tests), mutantLine));
  }
  const nulls: NullOmRecord[] = [];
  for (const om of nullOms) nulls.push(said(await nullOm(om, options), nullOmLine));
  return { format: 1, seed, full, references, mutants: records, nullOms: nulls, durationMs: performance.now() - began };
}

function runsAsProcesses(mutant: ClusterMutant): boolean {
  return mutant.kind === 'patch' && mutant.processes;
}

/** @param dist compiled code, as it was built or with a patch; @param policy id of a policy mutant */
function targetOf(dist: string, processes: boolean, policy: string | undefined): ProvedTarget {
  return processes ? new ProcessTarget(dist) : new ServedTarget(dist, policy);
}

async function runOnProved(target: ProvedTarget, options: ClusterRunOptions): Promise<RunVerdict> {
  return await runOn(target, { ...options, until: target.crashed });
}

function runOptions({ full, seed, outDir }: ProveOptions, name: string, rules: readonly string[]): ClusterRunOptions {
  return {
    rules: full ? [] : rules,
    seed,
    outDir: join(outDir, 'runs', name),
    withinMs: full ? FULL_RUN_WITHIN_MS : RUN_WITHIN_MS,
  };
}

async function unchanged(
  processes: boolean,
  mutants: readonly ClusterMutant[],
  options: ProveOptions,
): Promise<ReferenceRecord> {
  const began = performance.now();
  const rules = [...new Set(mutants.flatMap(({ breaks }) => Object.keys(breaks)))];
  const name = processes ? 'unchanged-processes' : 'unchanged';
  const target = targetOf(DIST, processes, undefined);
  const verdict = await runOnProved(target, runOptions(options, name, rules));
  const crash = crashOf(target);
  const why = [...faults(verdict, rules), ...crash];
  return {
    how: processes ? 'three processes' : 'three nodes in one process',
    passed: why.length === 0,
    undecided: crash.length === 0 && onlyUndecided(verdict, rules),
    scenarios: verdict.counts.ran,
    why,
    durationMs: performance.now() - began,
  };
}

async function clusterMutant(mutant: ClusterMutant, options: ProveOptions): Promise<MutantRecord> {
  const began = performance.now();
  const dist = mutant.kind === 'patch' ? compileOverlay(PACKAGE_ROOT, mutant.id, mutant) : DIST;
  try {
    const target = targetOf(dist, runsAsProcesses(mutant), mutant.kind === 'policy' ? mutant.id : undefined);
    const verdict = await runOnProved(target, {
      ...runOptions(options, mutant.id, Object.keys(mutant.breaks)),
      enough: options.full ? undefined : killsSeen(mutant),
    });
    const { id, kind, wrong } = mutant;
    const outcome = outcomeWith(outcomeOf(mutant, verdict), crashOf(target));
    return { id, kind, wrong, outcome, noticed: noticed(verdict), durationMs: performance.now() - began };
  } finally {
    if (mutant.kind === 'patch') removeOverlay(PACKAGE_ROOT, mutant.id);
  }
}

/** Whoever crashed was not killed by an assertion, whatever one said before or after. */
function outcomeWith(outcome: Outcome, crash: readonly string[]): Outcome {
  if (crash.length === 0) return outcome;
  return { kind: 'alive', why: [...crash, ...(outcome.kind === 'alive' ? outcome.why : [])] };
}

function crashOf({ crash }: ProvedTarget): string[] {
  return crash === undefined ? [] : [crash];
}

function unchangedTests(mutants: readonly KitMutant[]): {
  readonly record: ReferenceRecord;
  readonly tests: UnitTests;
} {
  const began = performance.now();
  const tests = runUnitTests(DIST, [...new Set(mutants.map(({ test }) => test))]);
  const why = [...tests.faults, ...tests.tests.flatMap(({ name, passed }) => (passed ? [] : [`"${name}" failed`]))];
  const passed = why.length === 0 && tests.tests.length > 0;
  const durationMs = performance.now() - began;
  return {
    record: { how: 'unit tests', passed, undecided: false, scenarios: tests.tests.length, why, durationMs },
    tests,
  };
}

function kitMutant(mutant: KitMutant, before: UnitTests): MutantRecord {
  const began = performance.now();
  const dist = compileOverlay(PACKAGE_ROOT, mutant.id, mutant);
  try {
    const outcome = kitOutcome(mutant, before, runUnitTests(dist, [mutant.test]));
    const { id, kind, wrong } = mutant;
    return { id, kind, wrong, outcome, noticed: [], durationMs: performance.now() - began };
  } finally {
    removeOverlay(PACKAGE_ROOT, mutant.id);
  }
}

async function nullOm(om: NullOm, { seed, outDir }: ProveOptions): Promise<NullOmRecord> {
  const began = performance.now();
  const outOf = join(outDir, 'runs', `null-om-${om.id}`);
  const verdict = await runOn(new NullTarget(om), {
    rules: [],
    seed,
    outDir: outOf,
    withinMs: FULL_RUN_WITHIN_MS,
  });
  const passedScenarios = verdict.results
    .filter(({ status }) => status === 'passed')
    .map(({ rule, name }) => `${rule ?? 'no rule'} "${name}"`);
  return {
    id: om.id,
    wrong: om.wrong,
    passed: verifiedRules(verdict),
    passedScenarios,
    ran: verdict.counts.ran,
    why: unproven(verdict),
    durationMs: performance.now() - began,
  };
}
