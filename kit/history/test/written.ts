/** Short histories for tests, written call by call. */
import type { History, HistoryCall, HistoryOperation, HistoryOutcome, Shown } from '../call.js';

export const BOX = { volume: 'home', bucket: 'box' };
const INITIAL = {
  volumes: [
    { name: 'home', owner: 'ann', buckets: ['box'] },
    { name: 'coming', owner: 'ann', buckets: [] },
  ],
};

/** [begin, end, what, how it ended]; each of a process of its own, unless a client is given. */
export type Written = readonly [
  begin: number,
  end: number,
  operation: HistoryOperation,
  outcome: HistoryOutcome,
  client?: number,
];

export const ok = (shown: Shown = {}): HistoryOutcome => ({ kind: 'answered', status: 'OK', shown });
export const says = (status: string, shown: Shown = {}): HistoryOutcome => ({ kind: 'answered', status, shown });
export const unknown: HistoryOutcome = { kind: 'unknown', why: 'deadline' };
export const failed: HistoryOutcome = { kind: 'failed', why: 'OMNotLeaderException' };

export const write = (key: string, content: string): HistoryOperation => ({ kind: 'commit-key', ...BOX, key, content });
export const read = (key: string): HistoryOperation => ({ kind: 'read-key', ...BOX, key });
export const drop = (key: string): HistoryOperation => ({ kind: 'delete-key', ...BOX, key });
export const rename = (key: string, to: string): HistoryOperation => ({ kind: 'rename-key', ...BOX, key, to });
export const list = (count: number, after?: string): HistoryOperation => ({
  kind: 'list-keys',
  ...BOX,
  count,
  ...(after === undefined ? {} : { after }),
});
export const shows = (content: string): HistoryOutcome => ok({ content });
/** `a=1` is key a with content 1. */
export const page = (...entries: string[]): HistoryOutcome =>
  ok({
    page: entries.map((entry) => {
      const [name = '', content] = entry.split('=');
      return { name, content };
    }),
  });

export function written(...calls: readonly Written[]): History {
  const rows = calls.map(
    ([beganUs, endedUs, operation, outcome, client], at): HistoryCall => ({
      process: at + 1,
      client: client ?? at + 1,
      node: 'om1',
      operation,
      beganUs,
      endedUs,
      outcome,
    }),
  );
  const header = { seed: 'written', target: 'none', kit: '0', clients: calls.length, initial: INITIAL };
  return { header, calls: rows.sort((a, b) => a.beganUs - b.beganUs) };
}
