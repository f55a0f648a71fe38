/**
 * One conformance run from the selection to its report, whoever drives cucumber (design §6: one engine, two doors). It
 * decides when things happen; which scenarios run and in which order is decided by `plan.ts` and `order.ts`, what came of
 * it by `kit/verdict`.
 */
import { relative } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { EnvironmentError, HarnessError, UsageError } from '../failure.js';
import { MessagesFile } from '../report/messages-file.js';
import type { RunEnvelope } from '../verdict/envelope.js';
import type { FailureRecord, RecordedCall } from '../verdict/failure-record.js';
import { messageOf } from '../wire/text.js';
import type { Profile } from './capability.js';
import type { OpenCluster } from './cluster.js';
import { Executions } from './executions.js';
import type { RunObserver } from './observer.js';
import { orderRun } from './order.js';
import { type PlannedScenario, planScenarios, type SelectedScenario } from './plan.js';
import { publishReport, type RunFacts, type RunResult } from './publish.js';
import type { RunRequest } from './request.js';
import { isSelected } from './selection.js';
import { ClusterVisit } from './visit.js';

export class Session {
  readonly request: RunRequest;
  readonly #open: OpenCluster;
  readonly #observers = new Set<RunObserver>();
  readonly #executions = new Executions(this.#observers);
  readonly #file: MessagesFile;
  readonly #startedAt: Date;
  readonly #startedMs: number;
  #scenariosMs: number | undefined;
  readonly #problems: RunEnvelope['problems'] = [];
  #plan: PlannedScenario[] = [];
  #selected = 0;
  #paths: readonly string[] = [];
  #visit: ClusterVisit | undefined;
  #judged: readonly Profile[] = [];
  /** Wrong usage, or a disk that takes no messages: without them there is nothing to compute a verdict from. */
  #noReport: Error | undefined;
  #end: Promise<RunResult> | undefined;

  constructor(request: RunRequest, open: OpenCluster) {
    this.request = request;
    this.#open = open;
    this.#startedAt = request.clock.now();
    this.#startedMs = request.clock.monotonicMs();
    this.#file = new MessagesFile(request.folder.file('messages'));
  }

  observe(observer: RunObserver): void {
    this.#observers.add(observer);
  }

  /** Whether somebody shows the run to the user. */
  get observed(): boolean {
    return this.#observers.size > 0;
  }

  /** Takes every message of the run, at once and in order. */
  message(message: Envelope): void {
    if (this.#end !== undefined) return;
    this.#tryFile(() => this.#file.write(message));
    this.#executions.message(message);
    if (message.parseError) {
      this.#problem('FEATURE_UNREADABLE', `${message.parseError.source.uri}: ${message.parseError.message}`, 'harness');
    }
  }

  /** Told what cucumber was asked to read, before it reads it. */
  reads(paths: readonly string[]): void {
    this.#paths = paths.every((path) => path.startsWith('features/**/')) ? [] : paths;
  }

  /**
   * Narrows what cucumber selected, opens the cluster, and decides what runs. Answers positions in `scenarios`, in the order
   * of the run; one may appear once for each stage. Never throws: what goes wrong ends up in the verdict.
   */
  async plan(scenarios: readonly SelectedScenario[]): Promise<number[]> {
    if (this.#end !== undefined || this.#problems.length > 0) return [];
    try {
      return await this.#planAndArrive(scenarios);
    } catch (error) {
      this.fault(error);
      return [];
    }
  }

  /** Notes what ended the run outside of a scenario. */
  fault(error: unknown): void {
    if (error instanceof UsageError) this.#noReport = error;
    else if (error instanceof EnvironmentError) this.#problem(error.code, error.message, 'environment');
    else if (error instanceof HarnessError) this.#problem(error.code, error.message, 'harness');
    else this.#problem('KIT_FAULT', this.#faultText(error), 'harness');
  }

  async #planAndArrive(scenarios: readonly SelectedScenario[]): Promise<number[]> {
    const { request } = this;
    const rules = new Map(request.catalogue.rules.map((rule) => [rule.id, rule]));
    const selected = scenarios.filter((scenario) => isSelected(scenario, request.selection, rules));
    this.#selected = selected.length;
    const cluster = await this.#open(request.target, request);
    if (this.#end !== undefined) return [];
    this.#visit = new ClusterVisit(cluster, request);
    const claimed = request.selection.profiles.length > 0 ? request.selection.profiles : cluster.target.profiles;
    this.#judged = claimed.filter((profile) => request.catalogue.rules.some((rule) => rule.profile === profile));
    if (selected.length === 0) return [];
    const { capabilities } = await this.#visit.arrive((text) => {
      for (const observer of this.#observers) observer.phase?.(text);
    });
    const plan = planScenarios(selected, {
      rules,
      profiles: this.#judged,
      stages: cluster.target.stages,
      capabilities,
      disruptive: request.disruptive || !cluster.foreign,
    });
    const staged = plan.flatMap((entry) =>
      entry.decision.kind === 'run' ? [{ entry, stage: entry.decision.stage }] : [],
    );
    const runs = orderRun(staged, request.seed, ({ entry, stage }) => ({
      uri: entry.scenario.uri,
      line: entry.scenario.line,
      disruptive: entry.disruptive,
      stage,
    })).map(({ entry }) => entry);
    this.#plan = [...runs, ...plan.filter((entry) => entry.decision.kind !== 'run')];
    this.#executions.expect(runs);
    this.#scenariosMs = request.clock.monotonicMs();
    for (const observer of this.#observers) observer.planned?.(this.#plan, request.seed);
    const positions = new Map(scenarios.map((scenario, index) => [scenario, index]));
    return runs.flatMap(({ scenario }) => positions.get(scenario) ?? []);
  }

  /**
   * Prepares a scenario: its place in the transcript, and its stage. Answers false when the run has been stopped. Throws
   * EnvironmentError when the cluster cannot be put in the stage.
   */
  async enter(executionId: string): Promise<boolean> {
    const planned = this.#executions.enter(executionId);
    if (planned === undefined || this.#end !== undefined) return false;
    const { scenario, rule, decision } = planned;
    this.#visit?.link?.transcript.begin(`${rule} ${scenario.uri}:${scenario.line}`);
    if (decision.kind === 'run') await this.#visit?.enterStage(decision.stage);
    return true;
  }

  /** Notes why a scenario failed. Answers its calls so far, or undefined when its first failure is noted already. */
  fail(executionId: string, failure: FailureRecord): readonly RecordedCall[] | undefined {
    const calls = (this.#visit?.link?.transcript.entries ?? []).map(({ scenario: _, endedAtMs, ...entry }) =>
      endedAtMs === undefined ? entry : { ...entry, endedAtMs },
    );
    return this.#executions.fail(executionId, failure, calls) ? calls : undefined;
  }

  /** Saves a history that a scenario failed by. Answers its path from where the run was started, or undefined where it is not saved. */
  keepHistory(executionId: string, text: string): string | undefined {
    const subject = this.#executions.planned(executionId)?.rule ?? 'history';
    try {
      const path = this.request.folder.keepHistory(subject, text);
      return path === undefined ? undefined : relative(process.cwd(), path);
    } catch (error) {
      this.fault(error);
      return undefined;
    }
  }

  /**
   * Ends the run: leaves the cluster, computes the verdict from the files, writes the reports. Later calls answer the same.
   * Throws UsageError when the run could not be what the user asked for, and EnvironmentError `FILE_SYSTEM` when the messages
   * could not be written; there is no report then.
   */
  finish(reason?: 'interrupted'): Promise<RunResult> {
    this.#end ??= this.#finish(reason ?? (this.#executions.skippedWhole ? 'fail-fast' : undefined));
    return this.#end;
  }

  async #finish(stopped: RunEnvelope['stopped']): Promise<RunResult> {
    const { clock, folder } = this.request;
    const endedMs = clock.monotonicMs();
    this.#tryFile(() => this.#file.close());
    for (const error of (await this.#visit?.leave()) ?? []) this.fault(error);
    if (this.#noReport !== undefined) {
      folder.discard();
      throw this.#noReport;
    }
    const result = await this.#publish({
      startedAt: this.#startedAt,
      endedAt: clock.now(),
      target: this.#visit?.cluster.target,
      capabilities: [...(this.#visit?.link?.capabilities ?? [])],
      judged: [...this.#judged],
      paths: this.#paths,
      selected: this.#selected,
      plan: this.#plan,
      stopped,
      problems: this.#problems,
      timings: {
        open: this.#visit?.timings.open ?? 0,
        doctor: this.#visit?.timings.doctor ?? 0,
        scenarios: this.#scenariosMs === undefined ? 0 : endedMs - this.#scenariosMs,
        total: clock.monotonicMs() - this.#startedMs,
      },
    });
    for (const observer of this.#observers) observer.finished?.(result);
    return result;
  }

  async #publish(facts: RunFacts): Promise<RunResult> {
    try {
      return await publishReport(this.request, facts);
    } catch (error) {
      this.request.folder.discard();
      throw error;
    }
  }

  /** A disk that is full must not keep the run from ending in order: nothing throws here, and nothing more is written. */
  #tryFile(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#file.abandon();
      const where = this.request.folder.file('messages');
      const why = `${where} cannot be written: ${messageOf(error)}`;
      this.#noReport ??= new EnvironmentError('FILE_SYSTEM', why, { cause: error });
    }
  }

  #problem(code: string, message: string, blame: 'harness' | 'environment'): void {
    this.#problems.push({ code, message, blame });
  }

  #faultText(error: unknown): string {
    return this.request.debug && error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
  }
}
