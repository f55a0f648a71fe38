/**
 * The vocabulary of tags in `features/` and how to read them. It decides what a tag means, not whether a feature used it
 * well (that is `lint-*.ts`) nor whether a scenario runs (that is `kit/run/plan.ts`).
 */
import { CAPABILITIES, type Capability, PROFILES, type Profile, STAGES, type Stage } from '../run/capability.js';

/** RFC 2119 keywords as tags: `@must`, `@should`, `@may`. */
export const KEYWORDS = ['must', 'should', 'may'] as const;
export type Keyword = (typeof KEYWORDS)[number];

/** The shape of a rule's id, e.g. `W-1`, `NS-VOL-7`. */
export const RULE_ID = /^[A-Z]+(?:-[A-Z]+)*-\d+$/;

/** What a scenario's (or rule's, or feature's) tags say. Lists keep the order of the tags and drop repetitions. */
export interface Tags {
  readonly rules: readonly string[];
  readonly keywords: readonly Keyword[];
  readonly profiles: readonly Profile[];
  readonly stages: readonly Stage[];
  readonly needs: readonly Capability[];
  readonly disruptive: boolean;
  /** Tags outside the vocabulary, with their `@`. */
  readonly unknown: readonly string[];
}

/** Reads tag names as Gherkin gives them (`@core`, `@stage:plain`, `@NS-VOL-1`, `@needs:kill-node`, `@disruptive`). */
export function readTags(names: readonly string[]): Tags {
  const rules = new Set<string>();
  const keywords = new Set<Keyword>();
  const profiles = new Set<Profile>();
  const stages = new Set<Stage>();
  const needs = new Set<Capability>();
  const unknown = new Set<string>();
  let disruptive = false;
  for (const tag of names) {
    const name = tag.replace(/^@/, '');
    const [family, value] = splitTag(name);
    if (family === 'stage' && isOneOf(STAGES, value)) stages.add(value);
    else if (family === 'needs' && isOneOf(CAPABILITIES, value)) needs.add(value);
    else if (family !== undefined) unknown.add(tag);
    else if (name === 'disruptive') disruptive = true;
    else if (isOneOf(KEYWORDS, name)) keywords.add(name);
    else if (isOneOf(PROFILES, name)) profiles.add(name);
    else if (RULE_ID.test(name)) rules.add(name);
    else unknown.add(tag);
  }
  return {
    rules: [...rules],
    keywords: [...keywords],
    profiles: [...profiles],
    stages: [...stages],
    needs: [...needs],
    disruptive,
    unknown: [...unknown],
  };
}

function splitTag(name: string): [string | undefined, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? [undefined, name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}
