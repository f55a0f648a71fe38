/** Whether an answer is one that the model allows, and where it is not. */
import type { Between, Chosen, Exactly, Expected, Outcome } from './outcome.js';
import type { Shown, ShownAnswer } from './shown.js';
import type { Sightings } from './sightings.js';

/** @returns the outcome that happened, or what each of the allowed ones differs in */
export function compare(
  allowed: readonly Outcome[],
  answer: ShownAnswer,
  sightings: Sightings,
): Outcome | readonly string[] {
  const differences: string[] = [];
  for (const outcome of allowed) {
    const numbers: [Chosen, bigint][] = [];
    const found = differenceOf(outcome, answer, (chosen, number) => {
      numbers.push([chosen, number]);
      return sightings.objection(chosen, number);
    });
    if (found === undefined) {
      const twice = remembered(numbers, sightings);
      return twice === undefined ? outcome : [twice];
    }
    differences.push(found);
  }
  return differences;
}

/** Two numbers of one answer may contradict each other. */
function remembered(numbers: readonly [Chosen, bigint][], sightings: Sightings): string | undefined {
  for (const [chosen, number] of numbers) {
    const objection = sightings.objection(chosen, number);
    if (objection !== undefined) return `${chosen.chosen} in one answer: expected ${objection}, got ${number}`;
    sightings.remember(chosen, number);
  }
  return undefined;
}

type Judge = (chosen: Chosen, number: bigint) => string | undefined;

function differenceOf(outcome: Outcome, answer: ShownAnswer, judge: Judge): string | undefined {
  if (answer.status !== outcome.status) return `status: expected ${outcome.status}, got ${answer.status}`;
  if (outcome.success !== undefined && answer.success !== outcome.success)
    return `success: expected ${outcome.success}, got ${answer.success}`;
  return difference('', outcome.body, answer.body, judge);
}

function difference(at: string, expected: Expected, shown: Shown, judge: Judge): string | undefined {
  if (expected === undefined) return undefined;
  const differs = (wanted: string) => `${at}: expected ${wanted}, got ${said(shown)}`;
  if (typeof expected !== 'object') return expected === shown ? undefined : differs(said(expected));
  if (Array.isArray(expected)) {
    if (!Array.isArray(shown)) return differs('a list');
    if (shown.length !== expected.length) return differs(said(expected));
    return first(expected.map((item, place) => difference(`${at}[${place}]`, item, shown[place], judge)));
  }
  if (isChosen(expected)) {
    const objection = typeof shown === 'bigint' ? judge(expected, shown) : 'a number';
    return objection === undefined ? undefined : differs(objection);
  }
  if (isBetween(expected)) {
    const within = typeof shown === 'bigint' && shown >= expected.atLeast && shown <= expected.atMost;
    const { atLeast, atMost } = expected;
    return within ? undefined : differs(atLeast === atMost ? `${atLeast}` : `${atLeast} to ${atMost}`);
  }
  if (typeof shown !== 'object' || Array.isArray(shown)) return differs('a record');
  if (isExactly(expected)) return isSame(expected.exactly, shown) ? undefined : differs(said(expected.exactly));
  const fields = shown as { readonly [field: string]: Shown };
  const wanted = expected as { readonly [field: string]: Expected };
  return first(Object.entries(wanted).map(([name, value]) => difference(`${at}.${name}`, value, fields[name], judge)));
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}

function isChosen(expected: object): expected is Chosen {
  return 'chosen' in expected;
}

function isBetween(expected: object): expected is Between {
  return 'atLeast' in expected && 'atMost' in expected;
}

function isExactly(expected: object): expected is Exactly {
  return 'exactly' in expected;
}

function isSame(wanted: Readonly<Record<string, string>>, shown: object): boolean {
  const found = new Map(Object.entries(shown));
  const names = Object.keys(wanted);
  return found.size === names.length && names.every((name) => found.get(name) === wanted[name]);
}

export function said(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part)) ?? 'nothing';
}
