import { describe, expect, it } from 'vitest';
import { namesIn } from '../assert/page-read.js';
import { answered, page } from '../assert/test/outcomes.js';
import { LeaderLine } from './leader-line.js';
import { pageRequest } from './operation.js';
import { listPages } from './paging.js';
import { type Answers, ok, scriptedRun } from './test/scripted.js';

async function list(answers: Answers, afterFirstPage?: () => Promise<void>) {
  const { run, calls } = scriptedRun((call, number) => (call.command === 'EchoRPC' ? ok : answers(call, number)));
  const page = (after: string | undefined, size: number) => pageRequest('p-', after, size);
  const paging = { page, size: 2, maxPages: 5, afterFirstPage };
  const pages = await listPages(new LeaderLine(run), paging, namesIn);
  const asked = calls.flatMap(({ request }) => request.listVolumeRequest ?? []);
  return { pages: pages.map(namesIn), asked: asked.map(({ prevKey }) => prevKey) };
}

describe('listPages', () => {
  it('goes on after the last name of each page, to an empty one', async () => {
    const all: Record<string, string[]> = { '': ['p-a', 'p-b'], 'p-b': ['p-c'], 'p-c': [] };
    let between = 0;
    const { pages, asked } = await list(
      ({ request }) => page(all[request.listVolumeRequest?.prevKey ?? ''] ?? []),
      async () => {
        between += 1;
      },
    );
    expect(pages).toEqual([['p-a', 'p-b'], ['p-c'], []]);
    expect(asked).toEqual([undefined, 'p-b', 'p-c']);
    expect(between).toBe(1);
  });
  it('stops at what is no page, and keeps it for judging', async () => {
    const { pages } = await list((_, number) => (number < 5 ? page(['p-a']) : answered('INTERNAL_ERROR')));
    expect(pages).toEqual([['p-a'], undefined]);
  });
  it('gives up on a listing without end', async () => {
    const { pages } = await list(() => page(['p-a']));
    expect(pages).toHaveLength(5);
  });
});
