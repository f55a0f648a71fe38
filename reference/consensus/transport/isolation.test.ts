import { expect, test } from 'vitest';
import { type Direction, Isolation } from './isolation.js';

test.each<[string[], Direction, string]>([
  [[], 'both', 'in:a out:a in:b out:b'],
  [[], 'inbound', 'in:a in:b'],
  [['b'], 'outbound', 'out:b'],
  [['a'], 'both', 'in:a out:a'],
])('cut(%j, %s) cuts %s', (from, direction, cut) => {
  const isolation = new Isolation(['a', 'b']);
  isolation.cut(from, direction);
  const found = ['a', 'b'].flatMap((node) => [
    ...(isolation.inbound(node) ? [`in:${node}`] : []),
    ...(isolation.outbound(node) ? [`out:${node}`] : []),
  ]);
  expect(found.join(' ')).toBe(cut);
});

test('cuts add up until they are healed; an unknown node cuts nothing', () => {
  const isolation = new Isolation(['a', 'b']);
  isolation.cut(['a'], 'inbound');
  isolation.cut(['b'], 'outbound');
  expect(() => isolation.cut(['a', 'z'], 'both')).toThrow('"z" is none of the other nodes (a, b)');
  expect([isolation.inbound('a'), isolation.outbound('a'), isolation.outbound('b')]).toEqual([true, false, true]);
  isolation.heal();
  expect([isolation.inbound('a'), isolation.outbound('b')]).toEqual([false, false]);
});
