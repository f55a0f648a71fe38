/**
 * Histories of a cluster that is broken in several ways at once, one after the other until the time is over, each judged. Which
 * faults there are is `fault-plan.ts`'s, how calls are made and judged is `kit/history`'s.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from '../../../kit/history/call.js';
import { checkPromised, promiseWords } from '../../../kit/history/checker/promised.js';
import { historyText } from '../../../kit/history/file.js';
import { recordHistory } from '../../../kit/history/record-history.js';
import type { RunContext } from '../../../kit/run/context.js';
import { LiveCluster } from '../../../kit/run/live-cluster.js';
import { namesOf } from '../../../kit/run/names.js';
import { Draws } from '../../../kit/scenario/draws.js';
import { transferTo } from '../../../kit/scenario/handover.js';
import { bringBack, hinder } from '../../../kit/scenario/hindrance.js';
import { ScenarioNames } from '../../../kit/scenario/names.js';
import { NodeFaults } from '../../../kit/scenario/node-faults.js';
import { settle } from '../../../kit/scenario/settled.js';
import type { Target } from '../../../kit/targets/target.js';
import { drawFaults, type Fault, faultText, possible } from './fault-plan.js';
import { drawManner, type Manner, mannerText, PROFILE_STAGES, type TorturedProfile } from './manner.js';

export interface ProfileProgress {
  readonly seed: string;
  readonly target: string;
  readonly rounds: number;
  readonly elapsedMs: number;
  readonly calls: number;
  /** Calls of which nobody knows what became of them. */
  readonly unknownCalls: number;
  readonly verdicts: { readonly asPromised: number; readonly unknown: number };
  readonly violations: readonly { readonly seed: string; readonly faults: readonly string[]; readonly file: string }[];
  /** What the host cannot do. */
  readonly skipped: readonly string[];
}

export interface ProfileOptions {
  readonly minutes: number;
  /** Folder for histories that are not as promised, or undecided. */
  readonly out: string;
  readonly signal: AbortSignal;
}

const CLIENTS = 6;
const CALLS = 400;

export function freshProfile(seed: string, target: string): ProfileProgress {
  const verdicts = { asPromised: 0, unknown: 0 };
  return { seed, target, rounds: 0, elapsedMs: 0, calls: 0, unknownCalls: 0, verdicts, violations: [], skipped: [] };
}

/** @throws EnvironmentError when the cluster does not come back after a round */
export async function profileRounds(
  profile: TorturedProfile,
  target: Target,
  from: ProfileProgress,
  options: ProfileOptions,
  report: (progress: ProfileProgress, line: string) => void,
): Promise<ProfileProgress> {
  const runId = Math.random().toString(36).slice(2, 8).padEnd(6, '0');
  const cluster = new LiveCluster(target, { runId }, 'stays');
  let progress = from;
  try {
    await target.enterStage(PROFILE_STAGES[profile]);
    const link = await cluster.examine();
    const { skipped } = possible(link.capabilities);
    progress = { ...progress, skipped };
    for (const hindrance of skipped)
      report(progress, `skipped: no node ${hindrance}, the target cannot bring it about`);
    const names = namesOf(runId);
    const run: RunContext = { runId, seed: from.seed, target, ...link, names, stage: PROFILE_STAGES[profile] };
    while (progress.elapsedMs < options.minutes * 60_000 && !options.signal.aborted) {
      const beganMs = performance.now();
      const seed = `${from.seed}-${progress.rounds + 1}`;
      const faults = drawFaults(
        new Draws(seed, 'faults'),
        target.nodes.map(({ id }) => id),
        link.capabilities,
      );
      const manner = drawManner(new Draws(seed, 'reads'), profile);
      const history = await record({ ...run, seed }, manner, faults);
      const judged = judge(history, manner, options.out, seed);
      progress = {
        ...progress,
        rounds: progress.rounds + 1,
        elapsedMs: progress.elapsedMs + (performance.now() - beganMs),
        calls: progress.calls + history.calls.length,
        unknownCalls: progress.unknownCalls + history.calls.filter(({ outcome }) => outcome.kind === 'unknown').length,
        verdicts: counted(progress.verdicts, judged.verdict),
        violations:
          judged.verdict === 'broken'
            ? [...progress.violations, { seed, faults: faults.map(faultText), file: judged.file }]
            : progress.violations,
      };
      report(progress, `${seed}: ${judged.text}; ${mannerText(manner)}; ${faults.map(faultText).join('; ')}`);
    }
  } finally {
    await cluster.close();
  }
  return progress;
}

async function record(run: RunContext, { reads }: Manner, plan: readonly Fault[]): Promise<History> {
  const faults = new NodeFaults(run);
  try {
    return await recordHistory(
      run,
      new ScenarioNames(run.names),
      { clients: CLIENTS, operations: CALLS, reads },
      async () => {
        await Promise.all(plan.map((fault) => bringAbout(run, faults, fault)));
        await faults.putBack();
        await settle(run);
      },
    );
  } finally {
    await faults.putBack();
  }
}

async function bringAbout(run: RunContext, faults: NodeFaults, fault: Fault): Promise<void> {
  await pause(fault.atMs);
  switch (fault.kind) {
    case 'hinder': {
      const hindered = { nodes: [fault.node], hindrance: fault.hindrance };
      await hinder(faults, hindered);
      await pause(fault.forMs);
      return await bringBack(faults, hindered);
    }
    case 'transfer':
      // Whether it comes about while nodes are lost is nobody's promise.
      await run.client.call(fault.asked, transferTo(fault.to));
      return;
    case 'snapshot':
      // A node that is down or frozen takes none.
      if (faults.down.has(fault.node) || faults.frozen.has(fault.node)) return;
      await run.control?.snapshot(fault.node);
  }
}

interface Judged {
  readonly verdict: 'kept' | 'broken' | 'unknown';
  readonly text: string;
  readonly file: string;
}

/** By all that was promised: the first that is broken, else the first that is undecided. */
function judge(history: History, { promises }: Manner, out: string, seed: string): Judged {
  const beganMs = performance.now();
  const judged = promises.map((guarantee) => {
    const promised = { ...history, header: { ...history.header, guarantee } };
    return { promised, verdict: checkPromised(promised).kind };
  });
  const worst =
    judged.find(({ verdict }) => verdict === 'broken') ?? judged.find(({ verdict }) => verdict === 'unknown');
  const unknown = history.calls.filter(({ outcome }) => outcome.kind === 'unknown').length;
  const took = `${history.calls.length} calls, ${unknown} of unknown outcome, judged in ${Math.round(performance.now() - beganMs)} ms`;
  if (worst === undefined) return { verdict: 'kept', text: `as promised, ${took}`, file: '' };
  const { promised, verdict } = worst;
  mkdirSync(out, { recursive: true });
  const file = join(out, `history-${seed}.jsonl`);
  writeFileSync(file, historyText(promised));
  const said = verdict === 'broken' ? 'NOT' : 'UNDECIDED WHETHER';
  const text = `${said} ${promiseWords(promised.header)}, ${took}, om-conformance judge ${file}`;
  return { verdict, text, file };
}

function counted(verdicts: ProfileProgress['verdicts'], verdict: Judged['verdict']): ProfileProgress['verdicts'] {
  switch (verdict) {
    case 'kept':
      return { ...verdicts, asPromised: verdicts.asPromised + 1 };
    case 'unknown':
      return { ...verdicts, unknown: verdicts.unknown + 1 };
    case 'broken':
      return verdicts;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
