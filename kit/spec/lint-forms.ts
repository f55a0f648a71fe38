/**
 * Checks the vocabulary of steps: every step of the features has exactly one form, every form is used, none by a single
 * scenario without saying why, and no two say the same in other words. Pure; `om-conformance steps` prints the counts.
 */
import type { Finding } from './finding.js';
import type { Reading } from './reading.js';

/** A step definition with the scenarios that use it. */
export interface StepForm {
  /** Its expression, e.g. `the read of volume {string} returns it`. */
  readonly text: string;
  /** Where it is defined, `dist/steps/volumes.js:12`. */
  readonly where: string;
  readonly uri: string;
  readonly line: number;
  /** Scenarios, not rows of examples. */
  readonly scenarios: number;
}

/** Forms by use, the most used first. */
export function stepForms(reading: Pick<Reading, 'pickles' | 'stepDefinitions' | 'testCases'>): StepForm[] {
  const scenarioOf = new Map(reading.pickles.map(({ id, astNodeIds }) => [id, astNodeIds[0] ?? id]));
  const users = new Map<string, Set<string>>();
  for (const { pickleId, testSteps } of reading.testCases) {
    for (const id of testSteps.flatMap(({ stepDefinitionIds }) => stepDefinitionIds ?? [])) {
      users.set(id, (users.get(id) ?? new Set()).add(scenarioOf.get(pickleId) ?? pickleId));
    }
  }
  return reading.stepDefinitions
    .map(({ id, pattern, sourceReference: { uri = '', location } }) => ({
      text: pattern.source,
      where: `${uri}:${location?.line ?? 1}`,
      uri,
      line: location?.line ?? 1,
      scenarios: users.get(id)?.size ?? 0,
    }))
    .sort((a, b) => b.scenarios - a.scenarios || (a.text < b.text ? -1 : 1));
}

/** @param commented whether the definition has a comment right above it */
export function lintForms(reading: Reading, commented: (form: StepForm) => boolean): Finding[] {
  const forms = stepForms(reading);
  return [
    ...lintSteps(reading),
    ...forms.flatMap((form) => lintUse(form, commented)),
    ...synonyms(forms).map(([a, b]) => ({
      check: 'form-synonym',
      where: b.where,
      message: `"${b.text}" says the same as "${a.text}" (${a.where})`,
    })),
  ];
}

function lintUse(form: StepForm, commented: (form: StepForm) => boolean): Finding[] {
  const { text, where, scenarios } = form;
  if (scenarios === 0) return [{ check: 'form-unused', where, message: `no scenario uses "${text}"` }];
  if (scenarios > 1 || commented(form)) return [];
  return [
    { check: 'form-single', where, message: `one scenario alone uses "${text}", and no comment above it says why` },
  ];
}

/** Steps without a form, or with more than one. */
function lintSteps({ pickles, stepDefinitions, testCases }: Reading): Finding[] {
  const byId = new Map(pickles.map((pickle) => [pickle.id, pickle]));
  const forms = new Map(stepDefinitions.map(({ id, pattern }) => [id, pattern.source]));
  const findings = new Map<string, Finding>();
  for (const { pickleId, testSteps } of testCases) {
    const pickle = byId.get(pickleId);
    for (const { pickleStepId, stepDefinitionIds } of testSteps) {
      if (pickle === undefined || pickleStepId === undefined || stepDefinitionIds?.length === 1) continue;
      const text = pickle.steps.find(({ id }) => id === pickleStepId)?.text ?? '';
      const many = (stepDefinitionIds ?? []).map((id) => `"${forms.get(id)}"`).join(' and ');
      findings.set(`${pickle.uri} ${text}`, {
        check: many === '' ? 'step-undefined' : 'step-ambiguous',
        where: `${pickle.uri}:${pickle.location?.line ?? 1}`,
        message: many === '' ? `no step definition for "${text}"` : `"${text}" is both ${many}`,
      });
    }
  }
  return [...findings.values()];
}

/** Words that carry no meaning of their own in a step. */
const EMPTY_WORDS = new Set([
  'a',
  'an',
  'the',
  'is',
  'are',
  'was',
  'has',
  'have',
  'been',
  'be',
  'it',
  'its',
  'that',
  'which',
  'then',
  'now',
  'of',
  'to',
]);
/** Words that mean the same here; the first one stands for all. */
const SAME_WORDS = [
  ['creates', 'created', 'create', 'makes', 'made', 'adds', 'added'],
  ['deletes', 'deleted', 'delete', 'removes', 'removed', 'drops', 'dropped'],
  ['reads', 'read', 'gets', 'fetches', 'queries', 'looks'],
  ['answers', 'answer', 'replies', 'reply', 'responds', 'response', 'returns', 'returned'],
  ['refused', 'refuses', 'rejected', 'rejects', 'denied', 'declined'],
  ['node', 'server', 'om', 'member', 'replica'],
  ['killed', 'kills', 'kill', 'crashes', 'crashed'],
  ['restarts', 'restarted', 'started', 'starts', 'back'],
  ['error', 'status', 'code', 'result'],
];
const CANONICAL = new Map(SAME_WORDS.flatMap((words) => words.map((word) => [word, words[0] ?? word])));

/** Pairs of forms that are one sentence once empty words are gone and equal words are equal. */
function synonyms(forms: readonly StepForm[]): [StepForm, StepForm][] {
  const seen = new Map<string, StepForm>();
  return forms.flatMap((form): [StepForm, StepForm][] => {
    const meaning = meaningOf(form.text);
    const before = seen.get(meaning);
    if (before !== undefined) return [[before, form]];
    seen.set(meaning, form);
    return [];
  });
}

function meaningOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[{(][^})]*[})]/g, ' ◇ ')
    .split(/[^\p{L}\p{N}◇]+/u)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word))
    .map((word) => CANONICAL.get(word) ?? word.replace(/(?<=\w{3})s$/, ''))
    .sort()
    .join(' ');
}
