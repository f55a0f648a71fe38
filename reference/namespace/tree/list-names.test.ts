import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileWorld } from '../test/file-world.js';
import { Status } from '../test/world.js';

/** Bytes on both sides of the slash, and characters that UTF-16 orders otherwise than UTF-8. */
const component = fc.constantFrom('a', 'a!', 'a!-', 'a-', 'a.b', 'aa', '\uFFFD', '\u{10000}');
const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((components) => components.join('/'));
const bytes = (name: string) => Buffer.from(name);
const order = (a: string, b: string) => Buffer.compare(bytes(a), bytes(b));

/** All that the paths lead through, and what they lead to, as far as a path does not lead through a file. */
function expected(paths: readonly string[]): readonly string[] {
  const names = new Map<string, boolean>();
  for (const whole of paths) {
    const parts = whole.split('/');
    const parents = parts.slice(1).map((_part, n) => parts.slice(0, n + 1).join('/'));
    if (names.has(whole) || parents.some((parent) => names.get(parent) === false)) continue;
    for (const parent of parents) names.set(parent, true);
    names.set(whole, false);
  }
  return [...names].map(([name, directory]) => (directory ? `${name}/` : name)).sort(order);
}

describe('ListKeys of a tree', () => {
  it('has all names below every prefix and behind every start, in byte order (NS-KEY-8)', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), fc.array(path, { maxLength: 4 }), (paths, others) => {
        const world = new FileWorld();
        for (const name of paths) {
          const { status, body } = world.createKey(name);
          if (status === Status.OK) world.commitKey(name, body.createKeyResponse?.ID ?? 0n);
        }
        const all = expected(paths);
        expect(world.names()).toEqual(all);
        for (const prefix of ['', 'a', 'a/', ...all, ...others]) {
          for (const start of ['', 'a/', ...all, ...others]) {
            const wanted = all.filter((name) => name.startsWith(prefix) && order(name, start) > 0);
            expect(world.names(prefix, start)).toEqual(wanted);
            expect(world.names(prefix, start, 2)).toEqual(wanted.slice(0, 2));
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
