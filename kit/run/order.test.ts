import { expect, test } from 'vitest';
import { type Orderable, orderRun } from './order.js';

const items: Orderable[] = Array.from({ length: 60 }, (_, index) => ({
  uri: `features/${index % 3}.feature`,
  line: index,
  stage: index % 2 === 0 ? 'plain' : 'all',
  disruptive: index % 5 === 0,
}));
const order = (seed: string, of = items) => orderRun(of, seed, (item) => item);

test('the same seed gives the same order, whatever order the files were read in', () => {
  expect(order('one', [...items].reverse())).toEqual(order('one'));
});

test('another seed gives another order', () => {
  expect(order('two')).not.toEqual(order('one'));
});

test('stages come one after the other, and what disturbs comes last in each', () => {
  const groups = order('one').map(({ stage, disruptive }) => `${stage}${disruptive ? ' disruptive' : ''}`);
  const changes = groups.filter((group, index) => group !== groups[index - 1]);
  expect(changes).toEqual(['plain', 'plain disruptive', 'all', 'all disruptive']);
});

test('leaving scenarios out does not change the order of the others', () => {
  const kept = ({ line }: Orderable) => line % 4 !== 0;
  expect(order('one', items.filter(kept))).toEqual(order('one').filter(kept));
});

test('every scenario keeps its place in the run exactly once', () => {
  expect(new Set(order('one'))).toEqual(new Set(items));
});

test('50 seeds put the first scenario in many places', () => {
  const places = Array.from({ length: 50 }, (_, seed) => order(`seed ${seed}`).findIndex(({ line }) => line === 2));
  expect(new Set(places).size).toBeGreaterThan(10);
});
