import { describe, expect, it } from 'vitest';
import { answered, notLeader, refused } from '../assert/test/outcomes.js';
import { LeaderLine } from './leader-line.js';
import { ok, scriptedRun } from './test/scripted.js';

const read = { kind: 'read-volume', volume: 'alpha' } as const;
const write = { kind: 'delete-volume', volume: 'alpha' } as const;

describe('LeaderLine', () => {
  it('looks for the leader once for all scenarios of a run, and at the known one once for each', async () => {
    const { run, calls } = scriptedRun(({ node }) => (node === 'om2' ? ok : notLeader({ node }, 'om2')));
    await new LeaderLine(run).send(write);
    const next = new LeaderLine(run);
    await next.send(write);
    await next.send(write);
    expect(calls.map(({ node, command }) => `${command} ${node}`)).toEqual([
      'EchoRPC om1',
      'EchoRPC om2',
      'EchoRPC om3',
      'DeleteVolume om2',
      'EchoRPC om2',
      'DeleteVolume om2',
      'DeleteVolume om2',
    ]);
  });
  it('takes a first write that was accepted for the look, and one that was refused for a reason to look', async () => {
    let leader = 'om2';
    const { run, calls } = scriptedRun(({ node }) => (node === leader ? ok : notLeader({ node }, leader)));
    await new LeaderLine(run).lookAgain();
    const next = new LeaderLine(run);
    await next.sendFirst(write);
    await next.send(write);
    expect(calls.slice(3).map(({ node, command }) => `${command} ${node}`)).toEqual([
      'DeleteVolume om2',
      'DeleteVolume om2',
    ]);
    leader = 'om3';
    const last = new LeaderLine(run);
    expect((await last.sendFirst(write)).kind).toBe('refused');
    expect((await last.sendFirst(write)).node).toBe('om3');
  });
  it('finds the node that leads by now where leadership moved between two scenarios', async () => {
    let leader = 'om1';
    const { run } = scriptedRun(({ node }) => (node === leader ? ok : notLeader({ node }, leader)));
    await new LeaderLine(run).send(write);
    leader = 'om3';
    expect(await new LeaderLine(run).send(write)).toMatchObject({ kind: 'answered', node: 'om3' });
  });
  it('never repeats a write, and looks for the leader again after a refusal', async () => {
    let leader = 'om1';
    const { run, calls } = scriptedRun(({ node }) => (node === leader ? ok : notLeader({ node }, leader)));
    const line = new LeaderLine(run);
    await line.send(write);
    leader = 'om3';
    expect((await line.send(write)).kind).toBe('refused');
    expect((await line.send(write)).node).toBe('om3');
    expect(calls.filter(({ command }) => command === 'DeleteVolume')).toHaveLength(3);
  });
  it('asks a read again at the new leader', async () => {
    let leader = 'om1';
    const { run } = scriptedRun(({ node }) => (node === leader ? ok : notLeader({ node }, leader)));
    const line = new LeaderLine(run);
    await line.read(read);
    leader = 'om3';
    expect(await line.read(read)).toMatchObject({ kind: 'answered', node: 'om3' });
  });
  it('follows refusals at a follower until their budget, counted from the first one', async () => {
    let asked = 0;
    const { run } = scriptedRun(async ({ node }) => {
      asked += 1;
      if (asked > 1) return answered('OK', { node });
      await new Promise((resolve) => setTimeout(resolve, 250));
      return refused('a.ReadException: late', 'ReadException', { node });
    });
    const hint = { hint: 'LINEARIZABLE_ALLOW_FOLLOWER' } as const;
    expect(await new LeaderLine(run).readAt('om2', read, hint)).toMatchObject({ kind: 'answered' });
  });
  it('gives the last refusal where nothing else comes within the budget', async () => {
    const { run, calls } = scriptedRun(({ node }) => refused('a.ReadException: late', 'ReadException', { node }));
    expect(await new LeaderLine(run).readAt('om2', read, {})).toMatchObject({ kind: 'refused' });
    expect(calls.length).toBeGreaterThan(2);
  });
  it('takes another refusal for an answer', async () => {
    const { run, calls } = scriptedRun(({ node }) => refused('a.IOException: no', 'IOException', { node }));
    await new LeaderLine(run).readAt('om2', read, {});
    expect(calls).toHaveLength(1);
  });
});
