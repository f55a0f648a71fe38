/**
 * Decides which scenarios a run is asked to judge, beyond what cucumber's own paths and tag expressions select. Pure.
 */
import type { CatalogueRule } from '../spec/catalogue.js';
import { readTags } from '../spec/tags.js';
import type { Profile } from './capability.js';
import type { SelectedScenario } from './plan.js';

/** What the user asked for; an empty list, or nothing, means all. */
export interface Selection {
  /** Feature files or folders, `file:line` for one scenario; relative to the root of the features. */
  readonly paths: readonly string[];
  /** Ids of rules. */
  readonly rules: readonly string[];
  /** Profiles to judge; these replace the ones that the target claims. */
  readonly profiles: readonly Profile[];
  /** A cucumber tag expression. */
  readonly tags: string;
  /** Scenarios (`uri: title`) that did not pass in the last run. */
  readonly lastFailed: ReadonlySet<string> | undefined;
}

export const EVERYTHING: Selection = { paths: [], rules: [], profiles: [], tags: '', lastFailed: undefined };

/** Whether a scenario that paths and tags let through is selected. */
export function isSelected(
  scenario: SelectedScenario,
  selection: Selection,
  rules: ReadonlyMap<string, CatalogueRule>,
): boolean {
  const ids = readTags(scenario.tags).rules;
  if (selection.rules.length > 0 && !ids.some((id) => selection.rules.includes(id))) return false;
  if (selection.profiles.length > 0) {
    const profiles = ids.flatMap((id) => rules.get(id)?.profile ?? []);
    if (!profiles.some((profile) => selection.profiles.includes(profile))) return false;
  }
  return selection.lastFailed === undefined || selection.lastFailed.has(scenarioKey(scenario));
}

/** Names a scenario across runs and edits of its file: a line number would not survive them. */
export function scenarioKey({ uri, name }: { readonly uri: string; readonly name: string }): string {
  return `${uri}: ${name}`;
}
