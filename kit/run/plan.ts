/**
 * Decides, before a run, what becomes of each selected scenario: in which stages it runs, or why it is not verified
 * (harness-contracts.md §1 and §4). Pure; the order is `order.ts`'s, the judgement `kit/verdict`'s.
 */
import type { CatalogueRule } from '../spec/catalogue.js';
import { readTags } from '../spec/tags.js';
import { type Capability, type Profile, STAGES, type Stage } from './capability.js';

/** A scenario that the user's selection matched. */
export interface SelectedScenario {
  readonly uri: string;
  /** Line of the scenario, or of its row of examples: `uri:line` selects it again. */
  readonly line: number;
  readonly name: string;
  /** All tags that apply, inherited ones included. */
  readonly tags: readonly string[];
}

/** What the cluster under test and the user allow. */
export interface Offer {
  readonly rules: ReadonlyMap<string, CatalogueRule>;
  /** Profiles that get a verdict: those that the target claims, or those that the user asked for. */
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly capabilities: ReadonlySet<Capability>;
  /** False on a cluster that is somebody else's, unless `--disruptive` was given. */
  readonly disruptive: boolean;
}

export type Decision =
  | { readonly kind: 'run'; readonly stage: Stage }
  | { readonly kind: 'not-verified'; readonly stage: Stage | undefined; readonly missing: readonly string[] }
  /** The scenario contradicts the conventions, so that no verdict can count it. */
  | { readonly kind: 'broken'; readonly why: string };

export interface PlannedScenario {
  readonly scenario: SelectedScenario;
  /** Id of the rule that the scenario verifies; undefined only when the decision is `broken`. */
  readonly rule: string | undefined;
  readonly disruptive: boolean;
  readonly decision: Decision;
}

/** One entry for each selected scenario and stage of it, in the order of the selection. */
export function planScenarios(scenarios: readonly SelectedScenario[], offer: Offer): PlannedScenario[] {
  return scenarios.flatMap((scenario) => planScenario(scenario, offer));
}

function planScenario(scenario: SelectedScenario, offer: Offer): PlannedScenario[] {
  const tags = readTags(scenario.tags);
  const [id, ...more] = tags.rules;
  const rule = id === undefined ? undefined : offer.rules.get(id);
  const entry = (decision: Decision): PlannedScenario => ({
    scenario,
    rule: rule?.id,
    disruptive: tags.disruptive,
    decision,
  });
  if (id === undefined) return [entry({ kind: 'broken', why: 'it carries no rule id' })];
  if (rule === undefined) return [entry({ kind: 'broken', why: `rule ${id} is not in features/catalogue.json` })];
  if (more.length > 0)
    return [entry({ kind: 'broken', why: `it carries more than one rule id: ${tags.rules.join(' ')}` })];
  if (tags.unknown.length > 0) {
    return [entry({ kind: 'broken', why: `it carries unknown tags: ${tags.unknown.join(' ')}` })];
  }
  if (tags.stages.length === 0) return [entry({ kind: 'broken', why: 'its feature names no stage' })];

  const missing = missingEverywhere(rule, tags, offer);
  if (missing.length > 0) return [entry({ kind: 'not-verified', stage: undefined, missing })];
  return STAGES.filter((stage) => tags.stages.includes(stage)).map((stage) =>
    entry(
      offer.stages.includes(stage)
        ? { kind: 'run', stage }
        : { kind: 'not-verified', stage, missing: [`stage ${stage}`] },
    ),
  );
}

function missingEverywhere(rule: CatalogueRule, tags: ReturnType<typeof readTags>, offer: Offer): string[] {
  if (!offer.profiles.includes(rule.profile)) return [`profile ${rule.profile} is not claimed`];
  const missing: string[] = [];
  for (const need of new Set<Capability>([...rule.needs, ...tags.needs])) {
    if (!offer.capabilities.has(need)) missing.push(`capability ${need}`);
  }
  if (tags.disruptive && !offer.disruptive) missing.push('permission to disturb the cluster (--disruptive)');
  return missing;
}
