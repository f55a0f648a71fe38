/**
 * Turns what a session knows into the report: writes the envelope beside the messages, computes the verdict from the two
 * files, writes what is derived from it, and puts the folder in its place.
 */
import { writeFileSync } from 'node:fs';
import { renderHtml } from '../report/html.js';
import { renderJunit } from '../report/junit.js';
import { specificationDigest } from '../spec/digest.js';
import type { Target } from '../targets/target.js';
import { ENVELOPE_FORMAT, type PlannedEntry, type RunEnvelope } from '../verdict/envelope.js';
import { type RunVerdict, verdictText } from '../verdict/verdict.js';
import { verdictOf } from '../verdict/verify.js';
import type { PlannedScenario } from './plan.js';
import type { RunRequest } from './request.js';
import { scenarioKey } from './selection.js';

/** What a run leaves. */
export interface RunResult {
  readonly verdict: RunVerdict;
  readonly envelope: RunEnvelope;
  /** Absolute path of the report. */
  readonly outDir: string;
}

/** What only the session knows when a run ends. */
export interface RunFacts
  extends Pick<RunEnvelope, 'capabilities' | 'judged' | 'selected' | 'stopped' | 'problems' | 'timings'> {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly target: Target | undefined;
  readonly paths: readonly string[];
  readonly plan: readonly PlannedScenario[];
}

export async function publishReport(request: RunRequest, facts: RunFacts): Promise<RunResult> {
  const { folder } = request;
  const envelope = envelopeOf(request, facts);
  write(folder.file('envelope'), envelope);
  const { verdict } = await verdictOf(folder.draft);
  write(folder.file('envelope'), { ...envelope, summary: summaryOf(verdict) });
  writeFileSync(folder.file('junit'), renderJunit(envelope, verdict));
  writeFileSync(folder.file('html'), renderHtml(envelope, verdict));
  folder.publish();
  return { verdict, envelope, outDir: folder.path };
}

function write(path: string, envelope: RunEnvelope): void {
  writeFileSync(path, `${JSON.stringify(envelope, undefined, 2)}\n`);
}

function envelopeOf(request: RunRequest, facts: RunFacts): RunEnvelope {
  const { selection } = request;
  return {
    format: ENVELOPE_FORMAT,
    kit: { version: request.kitVersion, node: process.version, platform: `${process.platform}-${process.arch}` },
    run: {
      id: request.runId,
      seed: request.seed,
      startedAt: facts.startedAt.toISOString(),
      endedAt: facts.endedAt.toISOString(),
      command: request.command,
      allowPartial: request.allowPartial,
      timeoutFactor: request.timeoutFactor,
    },
    ...(facts.target === undefined ? {} : { target: describeTarget(facts.target) }),
    capabilities: facts.capabilities,
    specification: {
      version: request.catalogue.specification,
      digest: specificationDigest(request.root),
      rules: request.catalogue.rules,
    },
    judged: facts.judged,
    selection: {
      paths: [...facts.paths],
      rules: [...selection.rules],
      profiles: [...selection.profiles],
      tags: selection.tags,
      lastFailed: selection.lastFailed !== undefined,
    },
    selected: facts.selected,
    plan: facts.plan.map(planEntry),
    ...(facts.stopped === undefined ? {} : { stopped: facts.stopped }),
    problems: facts.problems,
    ...(request.deviations === undefined ? {} : { deviations: [...request.deviations] }),
    timings: facts.timings,
  };
}

function describeTarget(target: Target): NonNullable<RunEnvelope['target']> {
  const { kind, identity, nodes, profiles, stages } = target;
  return {
    kind,
    identity: { ...identity },
    nodes: nodes.map(({ id, address }) => ({ id, address })),
    claims: [...profiles],
    stages: [...stages],
  };
}

function planEntry({ scenario, rule, disruptive, decision }: PlannedScenario): PlannedEntry {
  const { uri, line, name } = scenario;
  return {
    uri,
    line,
    name,
    ...(rule === undefined ? {} : { rule }),
    disruptive,
    decision:
      decision.kind === 'not-verified'
        ? {
            kind: decision.kind,
            missing: [...decision.missing],
            ...(decision.stage === undefined ? {} : { stage: decision.stage }),
          }
        : decision,
  };
}

function summaryOf(verdict: RunVerdict): NonNullable<RunEnvelope['summary']> {
  return {
    exit: verdict.exit,
    profiles: verdict.profiles.map((of) => ({
      profile: of.profile,
      verdict: verdictText(of),
      verified: of.verified,
      total: of.total,
    })),
    counts: { ...verdict.counts },
    failed: [
      ...new Set(
        verdict.results
          .filter(({ status }) => status !== 'passed' && status !== 'not-verified')
          .map((result) => scenarioKey(result)),
      ),
    ],
  };
}
