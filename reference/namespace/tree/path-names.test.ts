import { describe, expect, it } from 'vitest';
import { isRefusal } from '../bucket-of.js';
import { Status } from '../test/world.js';
import { componentsOf, keyComponents, resolvedComponents } from './path-names.js';

describe('a name as a path', () => {
  it.each([
    ['a', 'a', 'a'],
    ['a/b', 'a|b', 'a|b'],
    ['/a//b/', 'a|b', 'a|b'],
    ['///', '', ''],
    ['', '', ''],
    [' ', ' ', ' '],
    ['a/./b', 'a|.|b', 'a|b'],
    ['a/../b', 'a|..|b', 'b'],
    ['a/b/../../c', 'a|b|..|..|c', 'c'],
    ['../a', '..|a', '..|a'],
    ['a/../..', 'a|..|..', '..'],
    ['.', '.', ''],
    ['𐀀/\uFFFD', '𐀀|\uFFFD', '𐀀|\uFFFD'],
  ])('%j is %j, and resolved %j', (name, components, resolved) => {
    expect(componentsOf(name).join('|')).toBe(components);
    expect(resolvedComponents(name).join('|')).toBe(resolved);
  });

  it.each(['', '/', '.', 'a/..', '..', '../a', 'a/../..', 'a:b', 'a/b:/c'])('takes %j for no key', (name) => {
    const written = keyComponents(name);
    expect(isRefusal(written) && written.status).toBe(Status.INVALID_KEY_NAME);
  });
});
