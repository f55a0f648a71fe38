/** Which mutants there are: those that the reference's door lists, and the kit's own. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError, UsageError } from '../failure.js';
import { didYouMean } from '../spec/nearest.js';
import { messageOf } from '../wire/text.js';
import { type Mutant, parseMutants } from './mutant.js';
import { KIT_MUTANTS } from './mutants/all.js';
import type { NullOm } from './null-om/null-om.js';

/**
 * @param dist compiled code
 * @throws EnvironmentError REFERENCE_NOT_BUILT
 */
export function builtInMutants(dist: string): Mutant[] {
  const door = join(dist, 'reference', 'mutants', 'main.js');
  if (!existsSync(door)) throw new EnvironmentError('REFERENCE_NOT_BUILT', `the door to the mutants is not at ${door}`);
  const listed: unknown = JSON.parse(execFileSync(process.execPath, [door, 'list'], { encoding: 'utf8' }));
  return parseMutants([...(Array.isArray(listed) ? listed : [listed]), ...KIT_MUTANTS]);
}

/** Descriptions in a file of somebody who is writing one. @throws UsageError MUTANTS_UNREADABLE */
export function mutantsIn(file: string): Mutant[] {
  try {
    return parseMutants(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UsageError('MUTANTS_UNREADABLE', `mutants of ${file}: ${messageOf(cause)}`, { cause });
  }
}

export interface Asked {
  /** Ids of mutants and null OMs; empty = all. */
  readonly ids: readonly string[];
  /** Start of rule ids, e.g. `NS-VOL`; a mutant belongs to a chapter when it breaks a rule of it. */
  readonly chapter: string | undefined;
  /** Of what is left a few: mutants as `few` says, and the null OMs that get as far as a Then. */
  readonly few?: boolean;
  /** Of these mutants and null OMs the k-th of n parts that take about as long, k from 1. */
  readonly part?: { readonly k: number; readonly n: number } | undefined;
}

/**
 * Picks out of what there is. Pure.
 *
 * @throws UsageError MUTANT_UNKNOWN
 */
export function select<T extends { readonly id: string; readonly pace?: NullOm['pace'] }>(
  asked: Asked,
  mutants: readonly Mutant[],
  nullOms: readonly T[],
): { readonly mutants: Mutant[]; readonly nullOms: T[] } {
  const known = [...mutants, ...nullOms].map(({ id }) => id);
  for (const id of asked.ids) {
    if (!known.includes(id))
      throw new UsageError('MUTANT_UNKNOWN', `no mutant or null OM ${id}${didYouMean(id, known)}`);
  }
  const chosen = chosenOf(asked, mutants, nullOms);
  const mutantsOf = (all: readonly Mutant[]) => inPart(asked.few === true ? few(all) : all, asked.part);
  if (asked.few !== true) return { mutants: mutantsOf(chosen.mutants), nullOms: everyNth(chosen.nullOms, asked.part) };
  // At the others a scenario already ends in its Given, because none of them leads.
  const answering = chosen.nullOms.filter(({ pace }) => pace !== 'mute');
  return { mutants: mutantsOf(chosen.mutants), nullOms: everyNth(answering, asked.part) };
}

/** Every n-th of those that need processes of their own, and of the others: all parts together are all of them. */
function inPart(mutants: readonly Mutant[], part: Asked['part']): Mutant[] {
  const taken = new Set(everyNth(bySpeed(mutants), part));
  return mutants.filter((mutant) => taken.has(mutant));
}

function everyNth<T>(all: readonly T[], part: Asked['part']): T[] {
  return part === undefined ? [...all] : all.filter((_, at) => at % part.n === part.k - 1);
}

/** Those first that need no processes of their own. */
function bySpeed(mutants: readonly Mutant[]): Mutant[] {
  const slow = (mutant: Mutant) => mutant.kind === 'patch' && mutant.processes;
  return [...mutants].sort((a, b) => Number(slow(a)) - Number(slow(b)));
}

/**
 * Goes through the mutants, those first that need no processes of their own, and takes what breaks a rule that none before it
 * breaks, and every one of the kit's: each rule is shown to fail, in a fraction of the time.
 */
function few(mutants: readonly Mutant[]): Mutant[] {
  const broken = new Set<string>();
  const taken = new Set<Mutant>();
  for (const mutant of bySpeed(mutants)) {
    const rules = mutant.kind === 'kit' ? [] : Object.keys(mutant.breaks);
    if (mutant.kind === 'kit' || rules.some((rule) => !broken.has(rule))) taken.add(mutant);
    for (const rule of rules) broken.add(rule);
  }
  return mutants.filter((mutant) => taken.has(mutant));
}

function chosenOf<T extends { readonly id: string; readonly pace?: NullOm['pace'] }>(
  asked: Asked,
  mutants: readonly Mutant[],
  nullOms: readonly T[],
): { readonly mutants: Mutant[]; readonly nullOms: T[] } {
  const named = ({ id }: { readonly id: string }) => asked.ids.length === 0 || asked.ids.includes(id);
  const { chapter } = asked;
  if (chapter === undefined) return { mutants: mutants.filter(named), nullOms: nullOms.filter(named) };
  const inChapter = mutants.filter(
    (mutant) =>
      named(mutant) &&
      mutant.kind !== 'kit' &&
      Object.keys(mutant.breaks).some((rule) => rule.startsWith(`${chapter.toUpperCase()}-`)),
  );
  if (inChapter.length === 0) {
    throw new UsageError('MUTANT_UNKNOWN', `none of the mutants breaks a rule of chapter ${chapter}`);
  }
  return { mutants: inChapter, nullOms: [] };
}
