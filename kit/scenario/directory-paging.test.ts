import { describe, expect, it } from 'vitest';
import { pathsOn } from '../assert/children.js';
import { answered, listed } from '../assert/test/outcomes.js';
import { listDirectory } from './directory-paging.js';
import { LeaderLine } from './leader-line.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

const folder = { volume: 'v', bucket: 'b', key: '' };

async function list(answers: Answers, maxPages = 9, afterFirstPage?: () => Promise<void>) {
  const { run, calls } = scriptedRun((call, number) => (call.command === 'EchoRPC' ? ok : answers(call, number)));
  const pages = await listDirectory(new LeaderLine(run), { folder, size: 2, maxPages, afterFirstPage }, pathsOn);
  const asked = calls.flatMap(({ request }) => request.listStatusRequest?.startKey ?? []);
  return { asked, pages: pages.map(pathsOn) };
}

/** A directory as an OM lists it: from the start key on, which is in its page. */
const listing =
  (names: readonly string[]): Answers =>
  ({ request: { listStatusRequest } }) => {
    const { startKey = '', numEntries = 0n } = listStatusRequest ?? {};
    return listed(names.filter((name) => name >= startKey).slice(0, Number(numEntries)));
  };

describe('listDirectory', () => {
  it('goes on from the last path of each page, until there is nothing new', async () => {
    expect(await list(listing(['a', 'b', 'c']))).toEqual({
      asked: ['', 'b', 'c'],
      pages: [['a', 'b'], ['b', 'c'], ['c']],
    });
    expect(await list(listing([]))).toEqual({ asked: [''], pages: [[]] });
  });
  it('does what is to be done between, once', async () => {
    let between = 0;
    await list(listing(['a', 'b', 'c', 'd']), 9, async () => {
      between += 1;
    });
    expect(between).toBe(1);
  });
  it('stops at what is no page, and keeps it for judging', async () => {
    const { pages } = await list(({ request }) =>
      request.listStatusRequest?.startKey === '' ? listed(['a', 'b']) : answered('FILE_NOT_FOUND'),
    );
    expect(pages).toEqual([['a', 'b'], undefined]);
  });
  it('gives up on a listing without end', async () => {
    const { pages } = await list((_, number) => listed([`a${number}`]), 4);
    expect(pages).toHaveLength(4);
  });
});
