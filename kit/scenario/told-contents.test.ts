import { describe, expect, it } from 'vitest';
import { FlatContents, type Told, type ToldContents, TreeContents } from './told-contents.js';

function told(contents: ToldContents, ...tellings: readonly Told[]): ToldContents {
  for (const one of tellings) contents.tell(one);
  return contents;
}

describe('a flat bucket', () => {
  it('counts each key once, and no session', () => {
    const contents = told(
      new FlatContents(),
      { kind: 'opened', name: 'a/b' },
      { kind: 'committed', name: 'a/b' },
      { kind: 'committed', name: 'a/b' },
      { kind: 'opened', name: 'c' },
    );
    expect(contents.count).toBe(1);
  });
  it('has a key for each directory', () => {
    const contents = told(
      new FlatContents(),
      { kind: 'directory-made', name: 'a/b' },
      { kind: 'directory-made', name: 'a/c' },
    );
    expect(contents.count).toBe(3);
    expect(contents.has('a/')).toBe(true);
  });
  it('loses what is removed, and nothing that begins alike', () => {
    const contents = told(
      new FlatContents(),
      { kind: 'committed', name: 'a' },
      { kind: 'committed', name: 'a/b' },
      { kind: 'removed', name: 'a' },
      { kind: 'renamed', from: 'a/b', to: 'c' },
    );
    expect([contents.count, contents.has('c'), contents.settling]).toEqual([1, true, false]);
  });
});

describe('a tree', () => {
  it('has the directories of a session before it is committed', () => {
    const contents = told(new TreeContents(), { kind: 'opened', name: 'a/b/c' });
    expect(contents.count).toBe(2);
    expect(told(contents, { kind: 'committed', name: 'a/b/c' }).count).toBe(3);
  });
  it('moves a directory with what is in it, to a name or into a directory', () => {
    const contents = told(
      new TreeContents(),
      { kind: 'directory-made', name: 'a/b' },
      { kind: 'opened', name: 'a/b/f' },
      { kind: 'committed', name: 'a/b/f' },
      { kind: 'renamed', from: 'a/b', to: 'c' },
    );
    expect([contents.has('c/f'), contents.has('a/b'), contents.count]).toEqual([true, false, 3]);
    told(contents, { kind: 'renamed', from: 'c', to: 'a' });
    expect([contents.has('a/c/f'), contents.has('c'), contents.count]).toEqual([true, false, 3]);
  });
  it('removes a directory with what is in it, which may count for a while', () => {
    const contents = told(
      new TreeContents(),
      { kind: 'directory-made', name: 'ab' },
      { kind: 'directory-made', name: 'a/b' },
      { kind: 'removed', name: 'ab' },
    );
    expect([contents.count, contents.settling]).toEqual([2, false]);
    told(contents, { kind: 'removed', name: 'a' });
    expect([contents.count, contents.settling]).toEqual([0, true]);
  });
});
