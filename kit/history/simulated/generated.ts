/**
 * Histories to try judges with: clients on one namespace, every call taking effect at one moment while it is open. Right as they
 * are made; `changed` makes one answer another.
 */
import { Draws } from '../../scenario/draws.js';
import type { History, HistoryCall, HistoryOperation, HistoryOutcome, Initial, Listed, Shown } from '../call.js';
import { isRead } from '../call.js';
import { EVERYTHING, type Mix, MixedWorkload, type Space } from '../mixed-workload.js';
import { Namespace } from './namespace.js';

export interface Generated {
  readonly clients: number;
  readonly operations: number;
  readonly mix?: Mix;
  /** Of a thousand writes, so many end without a word. */
  readonly unknownPerMille?: number;
}

const SPACE: Space = {
  keys: { volume: 'home', bucket: 'keys' },
  listings: { volume: 'home', bucket: 'listings' },
  buckets: ['one', 'two'].map((bucket) => ({ volume: 'coming', bucket })),
  volumes: ['p', 'q', 'r'],
  owners: ['ann', 'bob', 'cid'],
};
export const INITIAL: Initial = {
  volumes: [
    { name: 'home', owner: 'ann', buckets: ['keys', 'listings'] },
    { name: 'coming', owner: 'ann', buckets: [] },
  ],
};
const GAP_US = 100;
const HALF_US = 500;

export interface Planned {
  readonly client: number;
  readonly process: number;
  readonly beganUs: number;
  /** When it takes effect; undefined: never. */
  readonly happensUs: number | undefined;
  readonly endedUs: number;
  readonly operation: HistoryOperation;
  readonly isUnknown: boolean;
}

export function generated(seed: string, plan: Generated): History {
  const draws = new Draws(seed, 'generated history');
  const planned = planAll(draws, plan);
  const namespace = new Namespace(INITIAL);
  const unopened = new Set<string>();
  const outcomes = new Map<Planned, HistoryOutcome>();
  const inOrder = planned
    .filter(({ happensUs }) => happensUs !== undefined)
    .sort((a, b) => (a.happensUs ?? 0) - (b.happensUs ?? 0));
  for (const call of inOrder) {
    const { operation } = call;
    if (operation.kind === 'commit-key' && unopened.has(operation.content)) continue;
    const answer = namespace.answer(operation);
    if (operation.kind === 'open-key' && answer.status !== 'OK') unopened.add(operation.content);
    outcomes.set(call, answer);
  }
  const calls = planned.flatMap((call): HistoryCall[] => {
    const { operation, isUnknown, client, process, beganUs, endedUs } = call;
    // Nobody commits a session that was not opened.
    if (operation.kind === 'commit-key' && unopened.has(operation.content)) return [];
    const outcome = isUnknown ? ({ kind: 'unknown', why: 'deadline' } as const) : outcomes.get(call);
    if (outcome === undefined) return [];
    return [{ process, client, node: 'om1', operation, beganUs, endedUs, outcome }];
  });
  const header = { seed, target: 'generated', kit: '0', clients: plan.clients, initial: INITIAL };
  return { header, calls: calls.sort((a, b) => a.beganUs - b.beganUs) };
}

export function planAll(
  draws: Draws,
  { clients, operations, mix = EVERYTHING, unknownPerMille = 0 }: Generated,
): Planned[] {
  const workload = new MixedWorkload(SPACE, mix);
  const planned: Planned[] = [];
  let processes = clients;
  for (let client = 1; client <= clients; client += 1) {
    let process = client;
    let at = 0;
    const plan = (operation: HistoryOperation): boolean => {
      const beganUs = at + 1 + draws.below(GAP_US);
      const isUnknown = !isRead(operation) && draws.below(1_000) < unknownPerMille;
      const middleUs = beganUs + draws.below(HALF_US);
      const endedUs = middleUs + draws.below(HALF_US);
      // What nobody heard of happens late as well, or never.
      const late = [undefined, middleUs, middleUs + 20 * HALF_US][draws.below(3)];
      const happensUs = isUnknown ? late : middleUs;
      planned.push({ client, process, beganUs, happensUs, endedUs, operation, isUnknown });
      at = endedUs;
      if (isUnknown) {
        processes += 1;
        process = processes;
      }
      return !isUnknown;
    };
    for (let made = 0; made < operations / clients; made += 1) {
      const drawn = workload.next(draws);
      if (drawn.kind !== 'write-key') plan(drawn);
      else {
        const content = `${client}-${made}`;
        if (plan({ kind: 'open-key', ...drawn.place, content })) plan({ kind: 'commit-key', ...drawn.place, content });
        made += 1;
      }
    }
  }
  return planned;
}

/** The history with one answer changed into another one, drawn from the seed. */
export function changed(history: History, seed: string): History {
  const draws = new Draws(seed, 'changed answer');
  const texts = history.calls.flatMap(({ operation }) => (operation.kind === 'commit-key' ? [operation.content] : []));
  for (;;) {
    const at = draws.below(history.calls.length);
    const call = history.calls[at];
    if (call?.outcome.kind !== 'answered' || call.operation.kind === 'open-key') continue;
    const outcome = otherAnswer(draws, call.operation, call.outcome, texts);
    return { ...history, calls: history.calls.with(at, { ...call, outcome }) };
  }
}

type Answered = Extract<HistoryOutcome, { kind: 'answered' }>;

function otherAnswer(draws: Draws, { kind }: HistoryOperation, was: Answered, texts: readonly string[]): Answered {
  const { page, content, owner, left } = was.shown;
  const refusals = REFUSALS[kind].filter((status) => status !== was.status);
  const shown = (other: Shown): Answered => ({ ...was, shown: other });
  if (page !== undefined && page.length > 0 && draws.below(3) > 0)
    return shown({ page: otherPage(draws, page, texts) });
  if (content !== undefined && draws.below(3) > 0) return shown({ content: draws.oneOf([...texts, 'nobody']) });
  if (owner !== undefined && draws.below(2) > 0) return shown({ owner: draws.oneOf(SPACE.owners.concat('zoe')) });
  if (left !== undefined && left.length > 0) return { ...was, status: 'OK', shown: { left: [] } };
  if (was.status !== 'OK' && refusals.length === 0) return { ...was, status: 'OK' };
  const status = draws.oneOf([...refusals, ...(was.status === 'OK' ? [] : ['OK'])]);
  return { kind: 'answered', status, shown: kind === 'delete-keys' ? { left: [] } : {} };
}

function otherPage(draws: Draws, page: readonly Listed[], texts: readonly string[]): readonly Listed[] {
  const at = draws.below(page.length);
  const entry = page[at] ?? { name: '' };
  if (entry.content !== undefined && draws.below(2) > 0)
    return page.with(at, { ...entry, content: draws.oneOf(texts) });
  return page.toSpliced(at, 1);
}

const KEY = ['KEY_NOT_FOUND'];
const REFUSALS: Readonly<Record<HistoryOperation['kind'], readonly string[]>> = {
  'create-volume': ['VOLUME_ALREADY_EXISTS'],
  'set-owner': ['VOLUME_NOT_FOUND'],
  'read-volume': ['VOLUME_NOT_FOUND'],
  'delete-volume': ['VOLUME_NOT_FOUND'],
  'create-bucket': ['BUCKET_ALREADY_EXISTS'],
  'read-bucket': ['BUCKET_NOT_FOUND'],
  'delete-bucket': ['BUCKET_NOT_FOUND', 'BUCKET_NOT_EMPTY'],
  'list-buckets': ['VOLUME_NOT_FOUND'],
  'open-key': ['BUCKET_NOT_FOUND'],
  'commit-key': KEY,
  'read-key': KEY,
  'look-up-key': KEY,
  'delete-key': KEY,
  'rename-key': ['KEY_NOT_FOUND', 'KEY_ALREADY_EXISTS'],
  'delete-keys': ['PARTIAL_DELETE'],
  'list-keys': ['BUCKET_NOT_FOUND'],
  'list-keys-light': ['BUCKET_NOT_FOUND'],
};
