import { describe, expect, it } from 'vitest';
import { failureOf, notLeader } from '../assert/test/outcomes.js';
import type { ControlClient, GroupStatus } from '../control/control.js';
import type { Outcome } from '../wire/outcome.js';
import { MAX_INDEX, readVector } from '../wire/state-vector.js';
import { type AskedId, idFor } from './asked-id.js';
import { hasHeard } from './heard.js';
import { KnowingClients } from './knowing-clients.js';
import { OpenCalls } from './open-calls.js';
import { requestOf } from './operation.js';
import { ok, scriptedRun } from './test/scripted.js';

const READ = requestOf({ kind: 'read-volume', volume: 'v' });
const saying = (outcome: Outcome, id: string): Outcome => ({ ...outcome, trailers: new Map([['om-state-id', id]]) });
const main = (index: bigint) => new Map([['main', index]]);

describe('idFor', () => {
  const ids: Readonly<Record<string, string>> = { om1: 'main:9', om2: 'main:5' };
  const { run } = scriptedRun(({ node }) => saying(ok, ids[node] ?? ''));
  const idOf = (asked: AskedId, last: readonly Outcome[] = []) =>
    idFor(run, asked, { node: 'om2', leader: 'om1', last });

  it.each<[AskedId, unknown]>([
    [{ of: 'nothing' }, undefined],
    [{ of: 'text', text: 'x' }, 'x'],
    [{ of: 'the greatest' }, main(MAX_INDEX)],
    [{ of: 'a node', whose: 'it', ahead: 0n }, main(5n)],
    [{ of: 'a node', whose: 'it', ahead: 3n }, main(8n)],
    [{ of: 'a node', whose: 'the leader', ahead: 1n }, main(10n)],
  ])('%o', async (asked, id) => {
    expect(await idOf(asked)).toEqual(id);
  });
  it('is the greatest that the last calls have taught', async () => {
    expect(await idOf({ of: 'that answer' }, [saying(ok, 'main:3'), saying(notLeader(), 'main:2')])).toEqual(main(3n));
    await expect(idOf({ of: 'that answer' }, [ok])).rejects.toMatchObject({ assertion: 'state-id-carried' });
    await expect(idOf({ of: 'that answer' }, [saying(ok, '3')])).rejects.toMatchObject({ assertion: 'state-id-form' });
  });
  it('has as many groups as are asked for, main among them', async () => {
    const text = async (count: number) => readVector(String(await idOf({ of: 'groups', count })));
    const most = await text(128);
    expect(most.kind === 'vector' && most.vector.size === 128 && most.vector.has('main')).toBe(true);
    expect(await text(129)).toMatchObject({ kind: 'malformed', why: '129 entries, at most 128' });
  });
});

describe('KnowingClients', () => {
  it('share nothing, learn from refusals, and not from silence', () => {
    const clients = new KnowingClients();
    clients.learn('foo', [saying(ok, 'main:3'), saying(notLeader(), 'main:5')]);
    expect(clients.vector('foo')).toEqual(main(5n));
    expect(clients.vector('bar')).toEqual(new Map());
    expect(clients.taught('foo').calls).toHaveLength(2);
  });
  it('fail for an answer that says no id', () => {
    const clients = new KnowingClients();
    expect(failureOf(() => clients.learn('foo', [ok])).assertion).toBe('state-id-carried');
  });
});

describe('OpenCalls', () => {
  function rig() {
    let release = (_: Outcome) => {};
    const reading = new Promise<Outcome>((resolve) => {
      release = resolve;
    });
    const { run, calls } = scriptedRun(({ command }) => (command === 'InfoVolume' ? reading : ok));
    return { open: new OpenCalls(run), calls, release };
  }
  it('see by witnesses of their own that a call is open, and then that it has ended', async () => {
    const { open, calls, release } = rig();
    open.send('om2', READ, { stateId: main(7n) });
    expect(calls[0]).toMatchObject({ node: 'om2', options: { stateId: main(7n) } });
    expect(await open.witnessed()).toMatchObject([{ ended: undefined, witness: { kind: 'answered', node: 'om2' } }]);
    const witnesses = calls.slice(1);
    expect(witnesses).toHaveLength(3);
    expect(witnesses.every(({ options }) => options?.connection === 'witness')).toBe(true);
    release(ok);
    expect(await open.ends()).toMatchObject([{ kind: 'answered', node: 'om2' }]);
    expect(open.count).toBe(0);
  });
  it('teach once they have ended', async () => {
    const { open, release } = rig();
    const learnt: Outcome[] = [];
    open.send('om2', READ, {}, (outcome) => learnt.push(outcome));
    release(notLeader());
    expect(learnt).toEqual([]);
    await open.ends();
    expect(learnt).toMatchObject([{ kind: 'refused' }]);
  });
  it('take back what is open', () => {
    const { open, calls } = rig();
    open.send('om2', READ);
    expect(calls[0]?.options?.signal?.aborted).toBe(false);
    open.leave();
    expect(calls[0]?.options?.signal?.aborted).toBe(true);
    expect(open.count).toBe(0);
  });
});

describe('hasHeard', () => {
  const group = (commitIndex: bigint, lastLogIndex = commitIndex) =>
    [{ group: 'main', commitIndex, lastLogIndex }] as unknown as readonly GroupStatus[];
  const runWith = (status: (node: string) => readonly GroupStatus[]) => ({
    ...scriptedRun(() => ok).run,
    control: { status: async (node: string) => status(node) } as unknown as ControlClient,
  });
  it('waits until nobody knows of more, and the node has nothing that may still be committed', async () => {
    let looks = 0;
    const run = runWith((node) => {
      if (node !== 'om2') return group(7n);
      looks += 1;
      return looks < 3 ? group(5n, 7n) : group(7n);
    });
    expect(await hasHeard(run, 'om2')).toMatchObject({ commitIndex: 7n });
    expect(looks).toBe(3);
  });
  it.each([
    ['others know of more', (node: string) => group(node === 'om2' ? 5n : 7n)],
    ['it has what is not committed', () => group(5n, 6n)],
  ])('blames the environment where %s for long', async (_, status) => {
    await expect(hasHeard(runWith(status), 'om2')).rejects.toMatchObject({ code: 'GIVEN_NOT_MET' });
  });
});
