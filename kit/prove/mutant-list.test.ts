import { expect, test } from 'vitest';
import { UsageError } from '../failure.js';
import type { Mutant } from './mutant.js';
import { parseMutants } from './mutant.js';
import { select } from './mutant-list.js';
import { KIT_MUTANTS } from './mutants/all.js';

const policy = (id: string, ...rules: string[]): Mutant => ({
  kind: 'policy',
  id,
  wrong: 'x',
  breaks: Object.fromEntries(rules.map((rule) => [rule, 'a'])),
});
const [kit] = KIT_MUTANTS;
const mutants = [policy('a', 'W-1'), policy('b', 'NS-VOL-2'), policy('c', 'NS-VOL-1', 'W-2'), ...(kit ? [kit] : [])];
const nullOms = [{ id: 'hang' }, { id: 'close' }];
const ids = (ids: readonly string[], chapter?: string) => {
  const found = select({ ids, chapter }, mutants, nullOms);
  return [...found.mutants, ...found.nullOms].map(({ id }) => id);
};

test.each([
  ['everything', [], undefined, ['a', 'b', 'c', 'kit-failure-outweighed', 'hang', 'close']],
  ['what is named', ['b', 'hang'], undefined, ['b', 'hang']],
  ['a chapter, without the kit and the null OMs', [], 'W', ['a', 'c']],
  ['a chapter in small letters, of which another is not the start', [], 'ns-vol', ['b', 'c']],
  ['what is named in a chapter', ['c'], 'NS-VOL', ['c']],
])('selects %s', (_, named, chapter, expected) => {
  expect(ids(named, chapter)).toEqual(expected);
});

test('few are enough to break every rule, without processes where that is possible', () => {
  const slow: Mutant = {
    kind: 'patch',
    id: 's',
    wrong: 'x',
    breaks: { 'W-1': 'a', 'HA-1': 'a' },
    processes: true,
    file: 'reference/x.ts',
    search: 'x',
    replace: 'y',
  };
  const chosen = (...given: Mutant[]) =>
    select({ ids: [], chapter: undefined, few: true }, given, []).mutants.map(({ id }) => id);
  expect(chosen({ ...slow, breaks: { 'W-1': 'a' } }, policy('a', 'W-1'), policy('b', 'W-1'))).toEqual(['a']);
  expect(chosen(slow, policy('a', 'W-1'), policy('b', 'W-2', 'W-1'))).toEqual(['s', 'a', 'b']);
  expect(chosen(...mutants)).toEqual(['a', 'b', 'c', 'kit-failure-outweighed']);
  const oms = [
    { id: 'yes', pace: 'prompt' as const },
    { id: 'hang', pace: 'mute' as const },
  ];
  expect(select({ ids: [], chapter: undefined, few: true }, mutants, oms).nullOms).toEqual([oms[0]]);
  expect(select({ ids: [], chapter: undefined }, mutants, oms).nullOms).toEqual(oms);
});

test.each([1, 2, 3, 4, 7])('%i parts are all together, and none is in two', (n) => {
  const slow = (id: string): Mutant => ({
    ...{ kind: 'patch', id, wrong: 'x', breaks: { 'W-1': 'a' }, processes: true },
    ...{ file: 'reference/x.ts', search: 'x', replace: 'y' },
  });
  const given = ['a', 'b', 'c', 'd', 'e'].flatMap((id) => [slow(`slow-${id}`), policy(id, 'W-1')]);
  const parts = Array.from({ length: n }, (_, at) =>
    select({ ids: [], chapter: undefined, part: { k: at + 1, n } }, given, []).mutants.map(({ id }) => id),
  );
  expect(parts.flat().sort()).toEqual(given.map(({ id }) => id).sort());
  const slowOnes = parts.map((part) => part.filter((id) => id.startsWith('slow')).length);
  expect(Math.max(...slowOnes) - Math.min(...slowOnes)).toBeLessThanOrEqual(1);
  const nullOms = [{ id: 'null-a' }, { id: 'null-b' }, { id: 'null-c' }];
  const inParts = parts.flatMap(
    (_, at) => select({ ids: [], chapter: undefined, part: { k: at + 1, n } }, [], nullOms).nullOms,
  );
  expect(inParts.map(({ id }) => id).sort()).toEqual(['null-a', 'null-b', 'null-c']);
});

test('refuses what there is not, and says what was probably meant', () => {
  expect(() => ids(['hing'])).toThrow(/no mutant or null OM hing; did you mean hang\?/);
  expect(() => ids([], 'XY')).toThrow(UsageError);
  expect(() => ids(['a'], 'NS-VOL')).toThrow(UsageError);
});

test('a list of mutants has every id once', () => {
  expect(() => parseMutants([policy('a', 'W-1'), policy('a', 'W-2')])).toThrow('two mutants are called a');
  expect(() => parseMutants([{ ...policy('a', 'W-1'), breaks: {} }])).toThrow(/at least one rule/);
});
