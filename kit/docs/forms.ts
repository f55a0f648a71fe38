/**
 * The vocabulary as one list: each step form as its source describes it, with the rules and the words that the features use it
 * with, and the assertions it comes to. Pure.
 */
import type { Reading } from '../spec/reading.js';
import type { Documented, Sources, StepKind, StepSource } from './sources.js';
import type { ChapterText, ExamplesText } from './specification.js';

export interface AssertionText {
  /** As a failure and a mutant name it. */
  readonly id: string;
  /** What it demands. */
  readonly demand: string;
  readonly name: string;
  readonly file: string;
}

export interface FormText {
  readonly pattern: string;
  readonly kind: StepKind;
  readonly file: string;
  readonly line: number;
  readonly note: string | undefined;
  /** What it does, by the functions that do it; without what nearly all forms do. */
  readonly calls: readonly Documented[];
  readonly assertions: readonly AssertionText[];
  /** Names of its parameter types. */
  readonly parameters: readonly string[];
  /** Rules with a scenario that uses it. */
  readonly rules: readonly string[];
  readonly scenarios: number;
  /** A step of the features, in its own words. */
  readonly example: string | undefined;
}

export interface Vocabulary {
  readonly forms: readonly FormText[];
  /** What so many forms do that it is said once. */
  readonly usual: readonly Documented[];
  readonly assertions: readonly AssertionText[];
  /** Parameter type → the phrases that the features use, words in quotes and numbers left open. */
  readonly words: ReadonlyMap<string, readonly string[]>;
}

/** A function that so many forms reach is no news about one of them. */
const USUAL = 5;
/** `{int}` and the like are cucumber's own and need no words. */
const BUILT_IN = ['int', 'float', 'word', 'string', ''];

/** Throws an Error that names the step forms that the sources do not have, and the assertions that no TSDoc describes. */
export function readVocabulary(
  sources: Sources,
  reading: Pick<Reading, 'stepDefinitions' | 'testCases'>,
  chapters: readonly ChapterText[],
): Vocabulary {
  const assertions = sources.assertions.flatMap(assertionsOf);
  const usual = usualCalls(sources.steps);
  const uses = usesOf(chapters);
  const unknown = reading.stepDefinitions
    .map(({ pattern }) => pattern.source)
    .filter((pattern) => !sources.steps.some((step) => step.pattern === pattern));
  if (unknown.length > 0) throw new Error(`not found in the sources of the steps: ${unknown.join('; ')}`);
  const mute = [...sources.raised].filter((id) => !assertions.some((assertion) => assertion.id === id));
  if (mute.length > 0) throw new Error(`no TSDoc in kit/assert reads "Assertion \`…\`: …" for ${mute.join(', ')}`);
  return {
    usual,
    assertions,
    words: wordsOf(reading),
    forms: sources.steps.map((step) => {
      const own = assertions.filter(({ name, file }) =>
        step.calls.some((call) => call.name === name && call.file === file),
      );
      const used = uses.get(step.pattern);
      return {
        ...step,
        calls: step.calls.filter((call) => tells(call) && !usual.some((one) => same(one, call))),
        assertions: own,
        parameters: [...step.pattern.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name),
        rules: [...(used?.rules ?? [])],
        scenarios: used?.scenarios.size ?? 0,
        example: used?.example,
      };
    }),
  };
}

/** Ids of the assertions that the steps of each rule come to. */
export function assertionsByRule({ forms }: Vocabulary): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { rules, assertions } of forms) {
    for (const rule of rules) {
      const ids = found.get(rule) ?? [];
      found.set(rule, [...ids, ...assertions.map(({ id }) => id).filter((id) => !ids.includes(id))]);
    }
  }
  return found;
}

/** Its TSDoc names each assertion that a function makes: "Assertion `id`: what it demands.", several by "Assertions `a` and `b`: …". */
function assertionsOf({ name, file, text }: Documented): AssertionText[] {
  const said = text.matchAll(/Assertions? ((?:`[a-z-]+`(?:, | and )?)+): (.+?)(?= Assertions? `|$)/g);
  return [...said].flatMap(([, ids = '', demand = '']) =>
    [...ids.matchAll(/`([a-z-]+)`/g)].map(([, id = '']) => ({ id, demand, name, file })),
  );
}

function usualCalls(steps: readonly StepSource[]): Documented[] {
  const counts = new Map<string, { call: Documented; forms: number }>();
  for (const call of steps.flatMap(({ calls }) => calls)) {
    const key = `${call.file} ${call.name}`;
    counts.set(key, { call, forms: (counts.get(key)?.forms ?? 0) + 1 });
  }
  return [...counts.values()]
    .filter(({ call, forms }) => forms >= USUAL && !isAssertion(call))
    .sort((a, b) => b.forms - a.forms)
    .map(({ call }) => call);
}

/** Whether a call says what a step does: assertions are named apart, and a question changes nothing. */
function tells(call: Documented): boolean {
  return !isAssertion(call) && !call.text.startsWith('Whether ');
}

function isAssertion({ file }: Documented): boolean {
  return file.startsWith('kit/assert/');
}

function same(a: Documented, b: Documented): boolean {
  return a.name === b.name && a.file === b.file;
}

interface Use {
  readonly rules: Set<string>;
  readonly scenarios: Set<string>;
  readonly example: string;
}

function usesOf(chapters: readonly ChapterText[]): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const { entry, scenarios } of chapters.flatMap(({ features }) => features.flatMap(({ rules }) => rules))) {
    for (const { uri, line, steps, examples } of scenarios) {
      for (const { form, text } of steps) {
        if (form === undefined) continue;
        const use = uses.get(form) ?? { rules: new Set(), scenarios: new Set(), example: filled(text, examples[0]) };
        use.rules.add(entry.id);
        use.scenarios.add(`${uri}:${line}`);
        uses.set(form, use);
      }
    }
  }
  return uses;
}

/** A step of an outline with the words of its first example. */
function filled(text: string, examples: ExamplesText | undefined): string {
  const [row = []] = examples?.rows ?? [];
  return (examples?.head ?? []).reduce((step, name, at) => step.replaceAll(`<${name}>`, row[at] ?? ''), text);
}

function wordsOf({ testCases }: Pick<Reading, 'testCases'>): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  const matches = testCases.flatMap(({ testSteps }) =>
    testSteps.flatMap(({ stepMatchArgumentsLists = [] }) =>
      stepMatchArgumentsLists.flatMap(({ stepMatchArguments }) => stepMatchArguments),
    ),
  );
  for (const { parameterTypeName: name = '', group } of matches) {
    if (BUILT_IN.includes(name)) continue;
    const phrase = openPhrase(group.value ?? '');
    found.set(name, (found.get(name) ?? new Set()).add(phrase));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, phrases]) => [name, [...phrases].sort()]));
}

/** `creates volume "alpha" of "ann"` → `creates volume "…" of "…"`; the same for numbers, lists and statuses. */
export function openPhrase(phrase: string): string {
  return phrase
    .replace(/"[^"]*"/g, '"…"')
    .replace(/(?:"…", )+/g, '"…", ')
    .replace(/\b\d+ (byte|bucket|character)s?\b/g, 'N $1s')
    .replace(/\b\d+\b/g, 'N');
}
